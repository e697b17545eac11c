"""Which roles stand behind each class of files, and who may approve what needs a person?"""

from dataclasses import dataclass
from typing import Annotated

from salesrepo.domain.fields import Pattern
from salesrepo.domain.record import Kind, Owner, PathPattern

RoleName = Annotated[str, Pattern(r"[a-z][a-z_]{0,29}", "a role such as sales_ops")]


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
    """The roles of which one must approve: what pays somebody, a change of the organisation, an import, facts."""

    pay: tuple[RoleName, ...]
    organisation: tuple[RoleName, ...]
    imports: tuple[RoleName, ...]
    facts: tuple[RoleName, ...]


@dataclass(frozen=True, kw_only=True)
class RolesPolicy:
    """Default deny: a role that stands nowhere here may write nothing."""

    write: Writers
    review: Reviewers


ROLES_POLICY = Kind("policy-roles", RolesPolicy, PathPattern("policy/roles.yml"), Owner.MAINTAINER)
