"""How can an activity end? By type, the outcome taken when none is told first.

By itself, because `sr log` needs nothing else of the record.
"""

from collections.abc import Mapping
from types import MappingProxyType

OUTCOMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "call": ("connected", "voicemail", "no_answer", "busy", "wrong_number"),
        "email": ("sent", "replied", "bounced"),
        "meeting": ("held", "no_show", "cancelled"),
        "demo": ("held", "no_show", "cancelled"),
        "note": (),
    }
)
