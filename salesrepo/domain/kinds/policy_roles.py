"""Which roles stand behind each class of files, and who may approve what needs a person?"""

from dataclasses import dataclass
from typing import Annotated, Literal

from salesrepo.domain.fields import Pattern
from salesrepo.domain.record import Kind, Owner, PathPattern

RoleName = Annotated[str, Pattern(r"[a-z][a-z_]{0,29}", "a role such as sales_ops")]


ReviewClass = Literal["pay", "organisation", "imports", "facts", "claims", "deals", "prices", "transfers"]


@dataclass(frozen=True, kw_only=True)
class Writers:
    """The roles that may write each class of files. What is not listed here is refused."""

    maintainer: tuple[RoleName, ...]
    finance: tuple[RoleName, ...]
    brand: tuple[RoleName, ...]
    seller: tuple[RoleName, ...]
    certification: tuple[RoleName, ...] = ()
    disputes: tuple[RoleName, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reviewers:
    """The roles of which one must approve: what pays somebody, a change of the organisation, an import, an account's
    facts, a claim that is not plain, a deal, a price, a transfer of what somebody holds."""

    pay: tuple[RoleName, ...]
    organisation: tuple[RoleName, ...]
    imports: tuple[RoleName, ...]
    facts: tuple[RoleName, ...]
    claims: tuple[RoleName, ...] = ("manager", "sales_ops")
    deals: tuple[RoleName, ...] = ("manager", "sales_ops")
    prices: tuple[RoleName, ...] = ("manager", "sales_ops", "finance")
    transfers: tuple[RoleName, ...] = ("manager", "sales_ops")


@dataclass(frozen=True, kw_only=True)
class RolesPolicy:
    """Default deny: a role that stands nowhere here may write nothing.

    `routine` names the classes of `review` whose plain cases a reviewer may approve many at a time. Where pay is
    private, `auditors` may read finance's records besides the roles that write them (`write.finance`).
    """

    write: Writers
    review: Reviewers
    routine: tuple[ReviewClass, ...] = ("facts", "claims")
    auditors: tuple[RoleName, ...] = ()

    @property
    def readers_of_pay(self) -> frozenset[str]:
        """The roles that may read finance's records where pay is private."""
        return frozenset((*self.write.finance, *self.auditors))


ROLES_POLICY = Kind("policy-roles", RolesPolicy, PathPattern("policy/roles.yml"), Owner.MAINTAINER)
