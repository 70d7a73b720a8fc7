"""Events: what is on, for the diaspora and the calendars that subscribe to it."""
