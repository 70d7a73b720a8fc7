"""Twinning: charters between towns, for citizens, town halls and those who keep the anniversaries."""
