"""The information service of a foreign ministry, an embassy or a bilateral centre."""
