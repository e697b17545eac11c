"""What is one step of a line's arithmetic?"""

from typing import NamedTuple


class Working(NamedTuple):
    """One step: what it finds, how, the result worked out here, and whether the line recorded the same."""

    what: str
    how: str
    result: str
    agrees: bool
