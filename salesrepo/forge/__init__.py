"""Where proposals live: one file per forge, chosen by name in the registry."""
