"""What the brand's rules say of a text, and whether the rules do their work."""
