"""One record kind per file: its value with its fields, its path, its owner."""
