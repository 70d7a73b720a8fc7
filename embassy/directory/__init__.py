"""Places, organisations and people: what records of every room refer to, for readers who ask who is who."""
