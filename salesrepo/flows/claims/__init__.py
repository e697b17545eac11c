"""How leads are taken, kept, passed on and argued about."""
