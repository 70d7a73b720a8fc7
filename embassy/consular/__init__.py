"""Consular: where the missions are, when they are open and how to reach them, for whoever needs one."""
