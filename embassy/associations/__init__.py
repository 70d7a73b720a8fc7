"""Associations of the diaspora: what there is in each town, what it is about and how to reach it."""
