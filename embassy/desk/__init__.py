"""The desk: where staff write records, have them approved, and see what waits for whom."""
