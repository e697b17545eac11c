"""What a plan says, told from its structure: one file for each construct, put together in `plan_page.py`."""
