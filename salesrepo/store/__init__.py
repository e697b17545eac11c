"""How do records go in and out of Git: the YAML gate, models, emitter, editor, readers and writers."""
