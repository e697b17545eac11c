"""Doors for bots: no business rules, only where the event comes from and which flow answers it."""
