"""The nouns: values without clock, disk or network."""
