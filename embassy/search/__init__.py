"""Search: one field over the titles and summaries of every kind."""
