"""What is the one form of an account's key or alias? Two spellings of one company would be two leads."""

from salesrepo.domain.identity.read import identify
from salesrepo.errors import RefusedError


def canonical_key(identity: str) -> str:
    """The form that `sr claim` gives a key made of a domain or a number: `d-www.acme.com` is `d-acme.com`.

    Anything else stays as it is: a key made of a name, and what stands for no company.
    """
    typed = as_typed(identity)
    try:
        return identify(typed).key if typed else identity
    except RefusedError:
        return identity


def as_typed(identity: str) -> str | None:
    """What somebody would type to mean this key; None for a key made of a name, and for none at all."""
    kind, _, rest = identity.partition("-")
    country, _, number = rest.partition("-")
    match kind:
        case "d":
            return f"https://{rest}"
        case "lei" | "duns":
            return f"{kind}:{rest}"
        case "vat":
            return f"vat:{'che' if country == 'ch' else country}{number}"
        case "reg":
            return f"reg:{country}:{number.replace('-', ' ')}"
    return None
