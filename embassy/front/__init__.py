"""The front page, and the small answers for browsers, crawlers and health checks."""
