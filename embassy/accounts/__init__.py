"""Accounts of staff: who may sign in, how, from where, and what they may do."""
