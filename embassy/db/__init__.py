"""Storage every room builds on: the record spine, its history, and the two databases it runs on."""
