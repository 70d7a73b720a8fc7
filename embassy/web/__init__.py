"""What every room's pages share: language, guard, freshness, answers, errors, imports and exports."""
