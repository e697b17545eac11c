"""How finance says what was billed, and at which rates."""
