"""The brand's rules on words, and what may be promised."""
