"""How long something took, in the largest units that still tell something."""

from embassy.core.messages import Message, say, say_many

DAYS_A_MONTH = 365.25 / 12
FEW_DAYS = 60


def lasting(days: int) -> Message:
    """Return a number of days in words: days up to sixty, then months, from two years on years as well."""
    if days <= FEW_DAYS:
        return say_many("%(num)d day", "%(num)d days", days)
    years, months = divmod(round(days / DAYS_A_MONTH), 12)
    if years < 2:
        return say_many("%(num)d month", "%(num)d months", years * 12 + months)
    whole = say_many("%(num)d year", "%(num)d years", years)
    if not months:
        return whole
    rest = say_many("%(num)d month", "%(num)d months", months)
    return say("%(years)s and %(months)s", years=whole, months=rest)
