"""How long is a fuzz test run? Once with every test run, again and again for half a minute with `make fuzz`."""

import time
from collections.abc import Callable

from hypothesis import settings

SECONDS = 30.0


def timed(test: Callable[[], None]) -> Callable[[], None]:
    """The same test; under the profile `fuzz`, whose examples differ from run to run, until its time is over."""

    def within() -> None:
        begun = time.monotonic()
        test()
        while not settings().derandomize and time.monotonic() - begun < SECONDS:
            test()

    within.__name__, within.__doc__ = test.__name__, test.__doc__
    return within
