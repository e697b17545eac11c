"""Does a line's arithmetic hold? Multiplies what the line recorded, step by step, and decides nothing again."""
