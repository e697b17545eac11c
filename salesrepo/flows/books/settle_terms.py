"""By which plan is a payee paid, what is a product, which day is it? Asked of the company's records around one commit.

The commit's first parent answers (DESIGN rule 8): a proposal does not bring the rules that it is paid by. Only what
the parent does not know at all (a product, a plan that came with the same merge) is asked of the commit itself, because
otherwise it could never be rated.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, TypeVar

from salesrepo.checks.billing import in_order
from salesrepo.commission.ready.plan import ready
from salesrepo.commission.values import DatedFact, Exchange, Fact, Payee
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.deal import DEAL, Deal, DealKind
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.pay_terms import PAY_TERMS
from salesrepo.domain.kinds.payment import PAYMENT, Payment
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY, Referral
from salesrepo.domain.kinds.policy_credits import CREDITS_POLICY
from salesrepo.domain.kinds.policy_pipeline import PIPELINE_POLICY
from salesrepo.domain.kinds.product import PRODUCT, Product
from salesrepo.domain.kinds.settings import SETTINGS, Settings
from salesrepo.domain.period import Calendar, day_in, version_on
from salesrepo.domain.record import Kind
from salesrepo.domain.snapshot import V
from salesrepo.domain.statement import PlanRef
from salesrepo.errors import RecordError, RefusedError, SalesRepoError
from salesrepo.flows.books.rates import recorded_rate
from salesrepo.store.snapshot import RecordSnapshot, parse
from salesrepo.store.trees import CommitTree
from salesrepo.vcs.history import Commit
from salesrepo.vcs.objects import Objects

T = TypeVar("T")
Instead = Callable[[str, date, PlanVersion | None], PlanVersion | None]


@dataclass
class Memory:
    """What was read before, by what it was read from: records and orders by blob, plan versions by path and blob.

    `instead` says by which version a node is paid for deals signed on a day, given the one in force: a simulation's.
    """

    records: dict[tuple[str, str], Any] = field(default_factory=dict)
    plans: dict[PlanRef, PlanVersion | None] = field(default_factory=dict)
    instead: Instead | None = None
    orders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Records:
    """The company's records at one commit; one that cannot be read is as good as absent."""

    objects: Objects
    commit: str
    memory: Memory
    _known: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False)  # by question, at this commit

    @cached_property
    def snapshot(self) -> RecordSnapshot:
        """All records at the commit."""
        return RecordSnapshot(CommitTree(self.objects, self.commit), self.commit, cache=self.memory.records)

    def once(self, question: tuple[str, ...], answer: Callable[[], T]) -> T:
        """What `answer` gives, asked once at this commit."""
        if question not in self._known:
            self._known[question] = answer()
        found: T = self._known[question]
        return found

    def get(self, kind: Kind[V], **ids: str) -> V | None:
        """A record, None where it is absent or broken."""
        question = (kind.name, *ids.values())
        if question not in self._known:
            try:
                self._known[question] = self.snapshot.get(kind, **ids)
            except RecordError:
                self._known[question] = None
        found: V | None = self._known[question]
        return found

    def paid(self, name: str) -> Node | None:
        """A node with the terms that it is paid by, wherever they are written; None where it is absent or broken."""
        node = self.get(NODE, node=name)
        terms = self.get(PAY_TERMS, node=name) if node else None
        return terms.on(node) if node and terms else node

    def version(self, payee: str, day: date) -> PlanVersion | None:
        """The plan version that pays a node for deals signed on a day; None where there is none to pay by."""
        found = self._in_force(payee, day)
        return self.memory.instead(payee, day, found) if self.memory.instead else found

    def _in_force(self, payee: str, day: date) -> PlanVersion | None:
        node = self.paid(payee)
        plan = node.plan_on(day) if node else None
        if plan is None:
            return None
        dates = self._dates(plan)
        start = version_on(dates, day)
        return self._ready(dates[start]) if start else None

    def payee(self, node: str) -> Payee | None:
        """What plans ask of a node: from when to when it is here, why it left, what it is paid in."""
        found = self.paid(node)
        if found is None:
            return None
        starts = [*(role.starts for role in found.roles), *(plan.starts for plan in found.plans)]
        grades = (DatedFact("grade", term.grade, term.starts, term.ends) for term in found.grades)
        teams = (DatedFact("team", term.team, term.starts, term.ends) for term in found.teams)
        return Payee(
            node,
            min(starts, default=None),
            found.left,
            reason=found.leaves or "",
            currency=found.currency,
            dated=(*grades, *teams),
        )

    def booked_by(self, ref: PlanRef) -> PlanVersion | None:
        """The plan version that rated a booked line, as it was then, whatever stands at its path now."""
        if ref not in self.memory.plans:
            try:
                plan = parse(PLAN, self.objects.read(ref.blob, PLAN.cap), path=ref.path)[0]
                self.memory.plans[ref] = ready(plan, ref)
            except SalesRepoError:
                self.memory.plans[ref] = None
        return self.memory.plans[ref]

    def _dates(self, plan: str) -> dict[date, str]:
        """The paths of a plan's versions, by the day from which each holds."""
        question = ("versions", plan)
        if question not in self._known:
            found = ((PLAN.path.match(path), path) for path in self.snapshot.paths(f"plans/{plan}"))
            self._known[question] = {day: path for ids, path in found if ids and (day := _day(ids["effective"]))}
        dates: dict[date, str] = self._known[question]
        return dates

    def _ready(self, path: str) -> PlanVersion | None:
        question = ("ready", path)
        if question not in self._known:
            blob = self.snapshot.blob(path)
            self._known[question] = self._remembered(PlanRef(path, blob.oid)) if blob else None
        version: PlanVersion | None = self._known[question]
        return version

    def _remembered(self, ref: PlanRef) -> PlanVersion | None:
        if ref not in self.memory.plans:
            self.memory.plans[ref] = self._made_ready(ref)
        return self.memory.plans[ref]

    def _made_ready(self, ref: PlanRef) -> PlanVersion | None:
        try:
            plan = self.snapshot.read(PLAN, ref.path)
            return ready(plan, ref) if plan else None
        except (RecordError, RefusedError):
            return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Terms:
    """The records that pay what one commit changes: its first parent's, and its own for what that one lacks.

    The root, which `init` writes and everybody trusts, is its own parent.
    """

    commit: Commit
    before: Records
    after: Records

    @cached_property
    def settings(self) -> Settings:
        """The company's settings. Raises RefusedError where this version cannot read them: nothing is assumed."""
        found = self.before.get(SETTINGS)
        if found is None:
            raise RefusedError(
                f"The company's settings at {self.before.commit[:12]} cannot be read by this version.",
                hint="Use a newer salesrepo, or look at salesrepo.yml there.",
            )
        return found

    @cached_property
    def beside(self) -> str:
        """The role of who brought the lead, whose shares are no part of a whole.

        Where policy promises nothing (any more), it is the one that policy has by default: deals won before stay paid.
        """
        policy = self.before.get(CLAIMS_POLICY) or self.after.get(CLAIMS_POLICY)
        terms = policy.referral if policy else None
        return (terms or Referral()).role

    @cached_property
    def loose(self) -> frozenset[str]:
        """The roles whose shares need not make up a whole, by policy/credits.yml."""
        policy = self.before.get(CREDITS_POLICY) or self.after.get(CREDITS_POLICY)
        return policy.loose if policy else frozenset()

    @property
    def calendar(self) -> Calendar:
        """The company's year."""
        return Calendar(self.settings.fiscal_year_starts)

    @cached_property
    def day(self) -> date:
        """The company's day of the merge."""
        return day_in(self.settings.time_zone, datetime.fromtimestamp(self.commit.committed, UTC))

    def version(self, payee: str, day: date) -> PlanVersion | None:
        """The plan version that pays a node for deals signed on a day."""
        return self.before.version(payee, day) or self.after.version(payee, day)

    def payee(self, node: str) -> Payee:
        """What plans ask of a node."""
        return self.before.payee(node) or self.after.payee(node) or Payee(node)

    def product(self, sku: str) -> Product | None:
        """A product of the price list."""
        return self.before.get(PRODUCT, sku=sku) or self.after.get(PRODUCT, sku=sku)

    def node(self, node: str) -> Node | None:
        """A node of the company, with the terms that it is paid by."""
        return self.before.paid(node) or self.after.paid(node)

    def asks_for(self, payee: str, via: str, *, signed: date, day: date) -> bool:
        """Whether a payee's plan pays on credit that others have: of those who report to them, for example."""
        found = (self.version(payee, each) for each in dict.fromkeys((signed, day)))
        return any(measure.of == via for version in found if version for measure in version.measures.values())

    @cached_property
    def roles_of_account(self) -> frozenset[str]:
        """The roles that whoever holds the account has, by policy/credits.yml."""
        policy = self.before.get(CREDITS_POLICY) or self.after.get(CREDITS_POLICY)
        return policy.of_account if policy else frozenset()

    def claim(self, account: str, layer: str) -> Claim | None:
        """The claim on a layer of an account."""
        return self.before.get(CLAIM, account=account, layer=layer) or self.after.get(
            CLAIM, account=account, layer=layer
        )

    def holder(self, account: str, layer: str) -> str | None:
        """Who holds a layer of an account."""
        claim = self.claim(account, layer)
        return claim.holder if claim is not None and claim.status == "held" else None

    def qualified_from(self, kind: DealKind) -> frozenset[str]:
        """The stages at which a deal of a kind counts as pipeline that plans may pay for."""
        policy = self.before.get(PIPELINE_POLICY) or self.after.get(PIPELINE_POLICY)
        return policy.counts_from(kind) if policy else frozenset()

    def territory(self, account: str, layer: str) -> str | None:
        """The territory by which a layer of an account is, or was last, held."""
        claim = self.claim(account, layer)
        return claim.territory if claim is not None else None

    def account_facts(self, account: str) -> dict[str, Fact | None]:
        """What conditions may ask of an account; None where nobody knows."""
        found = self.before.get(ACCOUNT, account=account) or self.after.get(ACCOUNT, account=account)
        if found is None:
            return {}
        return {f"account.{name}": getattr(found, name) for name in ("country", "industry", "employees")}

    def rate(self, out_of: str, into: str, day: date) -> Exchange | None:
        """The exchange rate of a day, as main has it."""
        for records in (self.before, self.after):
            found = recorded_rate(records.snapshot, out_of, into, day)
            if found is not None:
                return Exchange(out_of, into, found.found.rate, found.found.day, found.source)
        return None

    def payments(self, deal: str) -> tuple[Payment, ...]:
        """The billing records of a deal that can be read, as this commit leaves them, oldest first."""
        return self.after.once(("payments", deal), lambda: self._payments(deal))

    def _payments(self, deal: str) -> tuple[Payment, ...]:
        folder = PAYMENT.path.fill(deal=deal, payment="x").rpartition("/")[0]
        ids = (PAYMENT.path.match(path) for path in self.after.snapshot.paths(folder))
        found = (self.after.get(PAYMENT, **each) for each in ids if each)
        return tuple(one for _, one in in_order((one.payment, one) for one in found if one is not None))

    def is_team(self, node: str) -> bool:
        """Whether a node is a team."""
        found = self.node(node)
        return found is not None and found.kind == "team"

    def deal_of(self, billed: Iterable[Payment], deal: str) -> Deal | None:
        """The deal that billing records mean, as this commit leaves it."""
        accounts = (*dict.fromkeys(one.holder for one in billed), deal.rpartition("-")[0])
        found = (self.after.get(DEAL, account=account, deal=deal) for account in accounts if account)
        return next((each for each in found if each is not None), None)

    @cached_property
    def open_from(self) -> date:
        """The first day of the first period that was open when this was merged."""
        closed = [ids["period"] for path in self.before.snapshot.paths("closes") if (ids := CLOSE.path.match(path))]
        return max((self.calendar.named(period).ends for period in closed), default=date.min)


def terms_of(objects: Objects, commit: Commit, memory: Memory) -> Terms:
    """The terms around a commit of main's first-parent line."""
    before = commit.parents[0] if commit.parents else commit.oid
    return Terms(commit, Records(objects, before, memory), Records(objects, commit.oid, memory))
