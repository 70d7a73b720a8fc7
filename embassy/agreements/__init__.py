"""Treaties and lesser agreements: what was done, what holds and from when, for citizens and diplomats."""
