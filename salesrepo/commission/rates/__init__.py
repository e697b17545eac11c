"""The ways to rate what counts: one file each, one line each in `commission/registry.py`."""
