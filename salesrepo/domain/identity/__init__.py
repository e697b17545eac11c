"""Which account does a seller mean? From what was typed to an account key (`read.py` has the rules of reading)."""

from salesrepo.domain.identity.company_name import aliases_of, name_key
from salesrepo.domain.identity.read import identify
from salesrepo.domain.identity.value import Identity, IdentityKind

__all__ = ["Identity", "IdentityKind", "aliases_of", "identify", "name_key"]
