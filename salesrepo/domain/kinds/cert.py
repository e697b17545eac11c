"""What has a node shown that it can do, at which level, until when?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.fields import NodeId, Slug
from salesrepo.domain.kinds.policy_roles import RoleName
from salesrepo.domain.record import Kind, Owner, PathPattern


@dataclass(frozen=True, kw_only=True)
class Cert:
    """One module passed. policy/claims.yml gives limits for each `level`; `until` is the last day on which it holds."""

    node: NodeId
    module: Slug
    level: RoleName = "certified"
    passed: date
    until: date | None = None
    by: NodeId

    def holds(self, day: date) -> bool:
        """Whether it is passed and not over on a day."""
        return self.passed <= day and (self.until is None or day <= self.until)


CERT = Kind("cert", Cert, PathPattern("nodes/<s:node>/<node>/certs/<module>.yml"), Owner.CERTIFICATION)
