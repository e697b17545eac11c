"""How long is a fuzz test run? A few examples with every test run, half a minute and more with `make fuzz`."""

import time
from collections.abc import Callable

from hypothesis import settings

SECONDS = 30.0
FEW = 15


def timed(test: Callable[[], None]) -> Callable[[], None]:
    """The same test with few examples; under the profile `fuzz`, where they differ, again until its time is over."""
    if settings().derandomize:
        return settings(max_examples=FEW)(test)

    def within() -> None:
        begun = time.monotonic()
        test()
        while time.monotonic() - begun < SECONDS:
            test()

    within.__name__, within.__doc__ = test.__name__, test.__doc__
    return within
