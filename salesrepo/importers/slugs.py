"""Which short name does something get whose name a person wrote?"""

import hashlib
import re
from collections.abc import Collection, Iterable

from salesrepo.domain.identity.company_name import normalised
from salesrepo.domain.record import is_device_name

_MOST = 44  # a node's 50, less a number at the end
_HASH = 10


def slug_of(name: str) -> str:
    """`anna-snelling` of "Anna Snelling": a-z, 0-9 and hyphens; letters beyond a-z leave a hash in their place."""
    plain = normalised(name)
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if plain.isascii() and slug and len(slug) <= _MOST:
        return slug
    digest = "x" + hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()[:_HASH]
    return "-".join(filter(None, (slug[: _MOST - _HASH - 2].strip("-"), digest)))


def distinct(names: Iterable[str], *, taken: Collection[str] = ()) -> dict[str, str]:
    """A slug for each name, in their order; of two that would share one, the later gets `-2`."""
    given: dict[str, str] = {}
    used = set(taken)
    for name in dict.fromkeys(names):
        slug = slug_of(name)
        number = 1
        while slug in used or is_device_name(slug):
            number += 1
            slug = f"{slug_of(name)}-{number}"
        used.add(slug)
        given[name] = slug
    return given
