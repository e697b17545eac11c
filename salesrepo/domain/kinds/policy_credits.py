"""In which roles may a deal credit somebody, and must the shares of a role make up a whole?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from salesrepo.domain.fields import Slug
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class CreditRole:
    """A role in which credit is given.

    `shares: whole`: those of a deal sum to 100 %; `any`: each stands by itself, at most 100 % (double credit).
    `from: deal`: the deal names who has it; `account`: whoever holds the account's claim on the event's day has
    all of it.
    """

    shares: Literal["whole", "any"]
    from_: Literal["deal", "account"] = "deal"


@dataclass(frozen=True, kw_only=True)
class CreditsPolicy:
    """The roles of credit, by name. Without this file every role is one, and its shares sum to 100 %."""

    roles: Mapping[Slug, CreditRole] = field(default_factory=dict)

    @property
    def loose(self) -> frozenset[str]:
        """The roles whose shares need not sum to 100 %."""
        return frozenset(name for name, role in self.roles.items() if role.shares == "any")

    @property
    def of_account(self) -> frozenset[str]:
        """The roles that whoever holds the account has; no deal names them."""
        return frozenset(name for name, role in self.roles.items() if role.from_ == "account")


CREDITS_POLICY = Kind("policy-credits", CreditsPolicy, PathPattern("policy/credits.yml"), Owner.MAINTAINER)
