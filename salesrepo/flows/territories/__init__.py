"""Who has which ground, and what moves when that changes."""
