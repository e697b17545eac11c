"""Is an identity written in the one form that `sr claim` gives it? Two spellings of one company would be two leads."""

import re

from salesrepo.domain.identity import identify
from salesrepo.errors import RefusedError

_NAME = re.compile(r"n-[a-z]{2}-[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)


def flaw_of(identity: str) -> tuple[str, str] | None:
    """What is wrong with an account's key or alias: a sentence and a hint; None for one in its only form.

    Of a name key only the shape is judged: which name it stands for, the account says.
    """
    kind, _, rest = identity.partition("-")
    if kind == "n":
        if _NAME.fullmatch(identity):
            return None
        return f"{identity} is no name key.", "Write n-, the country and the name, such as n-us-acme."
    typed = _as_typed(kind, rest)
    if typed is None:
        return f"{identity} is no account key.", "Claim the company by its domain, number or name: sr claim LEAD"
    try:
        found = identify(typed).key
    except RefusedError as bad:
        return f"{identity} stands for no company: {bad.message}", bad.hint
    if found != identity:
        return f"{identity} is {found} in another spelling.", f"Use {found}."
    return None


def _as_typed(kind: str, rest: str) -> str | None:
    """What somebody would type to mean this key."""
    country, _, number = rest.partition("-")
    match kind:
        case "d":
            return f"https://{rest}"
        case "lei":
            return f"lei:{rest}"
        case "vat":
            return f"vat:{'che' if country == 'ch' else country}{number}"
        case "reg":
            return f"reg:{country}:{number.replace('-', ' ')}"
    return None
