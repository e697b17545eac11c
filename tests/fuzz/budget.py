"""How is a fuzz test ended after its time, however many examples are left?"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

SECONDS = 60.0


def timed(test: Callable[..., None]) -> Callable[..., None]:
    """The same test, whose examples do nothing once it has run for a minute."""
    begun: list[float] = []

    @wraps(test)
    def within(*args: Any, **kwargs: Any) -> None:
        now = time.monotonic()
        begun[:] = begun or [now]
        if now - begun[0] < SECONDS:
            test(*args, **kwargs)

    return within
