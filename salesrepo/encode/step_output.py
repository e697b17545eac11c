"""How does a bot hand a value to the next step of a workflow, so that the value cannot set another?"""

import re
from collections.abc import Mapping
from secrets import token_hex

from salesrepo.domain.finding import Verdict

_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}", re.ASCII)
_WORDS = (*(verdict.value for verdict in Verdict), "true", "false")
_PLAIN = re.compile(rf"{'|'.join(_WORDS)}|-?[0-9]{{1,18}}|[0-9a-f]{{40}}|[0-9a-f]{{64}}", re.ASCII)


def step_output(values: Mapping[str, str | int]) -> str:
    """Lines for the file that GITHUB_OUTPUT names. Names match `[a-z][a-z0-9_]*`; raises ValueError for another one.

    Verdicts, flags, numbers and object ids stand plain; every other text between delimiters of 128 random bits that it
    does not hold.
    """
    return "".join(_pair(name, str(value)) for name, value in values.items())


def _pair(name: str, value: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name[:50]!r} is no name of an output")
    if _PLAIN.fullmatch(value):
        return f"{name}={value}\n"
    delimiter = f"end-{token_hex(16)}"
    while delimiter in value:
        delimiter = f"end-{token_hex(16)}"
    return f"{name}<<{delimiter}\n{value}\n{delimiter}\n"
