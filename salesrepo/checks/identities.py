"""Is an identity written in the one form that `sr claim` gives it? Two spellings of one company would be two leads."""

import re

from salesrepo.domain.identity import identify, name_key
from salesrepo.domain.identity.canonical import as_typed
from salesrepo.domain.kinds.account import Account
from salesrepo.errors import RefusedError

_NAME = re.compile(r"n-[a-z]{2}-[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)


def flaw_of(identity: str) -> tuple[str, str] | None:
    """What is wrong with an account's key or alias: a sentence and a hint; None for one in its only form.

    Of a name key only the shape is judged: which name it stands for, the account says.
    """
    if identity.startswith("n-"):
        if _NAME.fullmatch(identity):
            return None
        return f"{identity} is no name key.", "Write n-, the country and the name, such as n-us-acme."
    typed = as_typed(identity)
    if typed is None:
        return f"{identity} is no account key.", "Claim the company by its domain, number or name: sr claim LEAD"
    try:
        found = identify(typed).key
    except RefusedError as bad:
        return f"{identity} stands for no company: {bad.message}", bad.hint
    if found != identity:
        return f"{identity} is {found} in another spelling.", f"Use {found}."
    return None


def own_alias(account: Account) -> str:
    """The alias of an account's own name in its country; empty where no key can be made of it."""
    try:
        return name_key(account.name, account.country) if account.country else ""
    except RefusedError:
        return ""
