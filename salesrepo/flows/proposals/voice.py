"""Does somebody's word count for a proposal, and if not, why?"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from salesrepo.checks.authority import review_class
from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.finding import Finding, Severity, Verdict, answers
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.node import Node
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.territory import TERRITORY, territory_file
from salesrepo.domain.standing_in import stand_ins
from salesrepo.flows.proposals.judge import Judgement, node_of, nodes_of
from salesrepo.forge.base import Proposal
from salesrepo.store.snapshot import RecordSnapshot


@dataclass(frozen=True)
class Voice:
    """Somebody (forge id) who may agree to what others send, by main's tip and on a day."""

    tip: RecordSnapshot
    forge_id: str
    day: date

    @cached_property
    def node(self) -> Node | None:
        """Their node; None for somebody whom main does not know."""
        return node_of(self.tip, self.forge_id)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that they hold on the day."""
        return self.node.roles_on(self.day) if self.node else ()

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:
        return nodes_of(self.tip)

    @cached_property
    def _vacancies(self) -> dict[tuple[tuple[str, ...], ...], frozenset[str]]:
        return {}

    def stand_ins(self, finding: Finding) -> frozenset[str]:
        """Who may answer a finding because nobody is there who holds its roles."""
        asked = (finding.roles, finding.nodes, finding.not_by)
        if asked not in self._vacancies:
            self._vacancies[asked] = stand_ins(finding, self._nodes, self.day)
        return self._vacancies[asked]

    @cached_property
    def may_write_for_all(self) -> bool:
        """Whether they run the company: a role of theirs writes what maintainers keep."""
        policy = self.tip.get(ROLES_POLICY)
        return policy is not None and not set(policy.write.maintainer).isdisjoint(self.roles)

    def sells_where_claimed(self, changes: ChangeSet) -> str:
        """The name of a territory that they cover and in which somebody else claims; empty where there is none."""
        me = self.node.node if self.node else ""
        claims = (claim for _, claim in changes.readable(CLAIM) if claim.status == "held" and claim.holder != me)
        for claim in claims:
            territory = self.tip.read(TERRITORY, territory_file(claim.territory))
            rows = territory.coverage if territory else ()
            if territory and any(row.node == me and (not row.ends or self.day < row.ends) for row in rows):
                return territory.name
        return ""

    def changes_deals_of_others(self, changes: ChangeSet) -> bool:
        """Whether a deal changes that is not theirs."""
        me = self.node.node if self.node else ""
        return any(deal.node != me for change in changes.of(DEAL) for deal in (change.before, change.after) if deal)

    def counts_for(self, finding: Finding) -> bool:
        """Whether their word answers a finding."""
        if self.node is None or not self.node.works_on(self.day):
            return False
        name = self.node.node
        return answers(finding, name, self.roles) or answers(finding, name, (), self.stand_ins(finding))

    def decides(self, finding: Finding) -> bool:
        """As `counts_for`, but not by a role that only sells: sellers decide nothing about each other's deals."""
        policy = self.tip.get(ROLES_POLICY)
        if policy is None or self.node is None or not self.counts_for(finding):
            return False
        review = policy.review
        selling = set(policy.write.seller).difference(review.deals, review.prices, review.pay)
        name, roles = self.node.node, [role for role in self.roles if role not in selling]
        return answers(finding, name, roles) or answers(finding, name, (), self.stand_ins(finding))

    def objection(self, proposal: Proposal, judgement: Judgement) -> str:
        """Why their word would change nothing, as a sentence; empty where it counts."""
        if proposal.actor == self.forge_id:
            return "Nobody approves what they sent themselves."
        if judgement.verdict is Verdict.REFUSED:
            return f"The rules refuse this, whoever agrees: {judgement.report.of(Severity.ERROR)[0].message}"
        open_ = judgement.unanswered
        if not open_:
            return "A rule could not be run." if judgement.report.skipped else "Nobody's agreement is missing."
        if any(self.counts_for(finding) for finding in open_):
            return ""
        if self.node and any(self.node.node in finding.not_by for finding in open_):
            return "You sent, stated or gain by what changes here, so somebody else must agree."
        held = " and ".join(role.replace("_", " ") for role in self.roles) or "nothing that decides"
        return f"This needs {whom(open_[0])}, and you are {held}."

    def is_routine(self, proposal: Proposal, judgement: Judgement) -> bool:
        """Whether theirs is the only word that is missing, and policy calls all that needs it routine."""
        policy = self.tip.get(ROLES_POLICY)
        open_, report = judgement.unanswered, judgement.report
        plain = judgement.verdict is Verdict.REVIEW and not report.skipped and not report.of(Severity.WARNING)
        return (
            plain
            and policy is not None
            and proposal.actor != self.forge_id
            and all(self.counts_for(finding) and review_class(finding) in policy.routine for finding in open_)
        )


def whom(finding: Finding) -> str:
    """Whose agreement a finding asks for: `finance or sales ops`."""
    return " or ".join((*(role.replace("_", " ") for role in finding.roles), *finding.nodes)) or "somebody who decides"
