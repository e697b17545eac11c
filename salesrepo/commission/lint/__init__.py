"""What a plan may say and its author may not have meant: one file for each warning, one line in `registry.py`."""
