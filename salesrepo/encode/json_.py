"""How does a document become JSON that is safe in a terminal, a pipe and the log of a workflow?"""

import json
from collections.abc import Mapping
from typing import Any


def document(value: Mapping[str, Any]) -> str:
    """One JSON document in pure ASCII with a line break at its end; it reads back as exactly the same values."""
    # DEL is the one character that JSON leaves alone and a terminal does not; `##[` gives a runner commands.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f").replace("##[", "\\u0023#[") + "\n"
