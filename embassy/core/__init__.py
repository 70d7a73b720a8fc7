"""Pure rules every room builds on: languages, partial dates, calendars, access; no Flask, no database."""
