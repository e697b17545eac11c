"""Any text, for tests that look for the one which breaks something.

Hypothesis' own default means the same characters, and works out which they are for seconds in each process.
"""

from hypothesis import strategies as st

ANY = st.characters(exclude_categories=["Cs"])
