"""How what is noted leaves, what came of it, and what may still be taken back."""
