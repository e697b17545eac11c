"""What does a line wait for?"""


class LackError(Exception):
    """Something that pay needs is not recorded; says what, as a pending line tells it."""
