"""What would another plan have cost? Main's whole history is folded again, with the candidate in place of a plan.

The fold and the engine are those that pay; nothing is written anywhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from salesrepo.commission.amounts import quota_amount
from salesrepo.commission.lookups import Lookups
from salesrepo.commission.plan_check import ready
from salesrepo.commission.values import PlanVersion, TotalKey
from salesrepo.domain.change import blob_id
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.simulation import Attained, Outcome, Paid, Simulation
from salesrepo.domain.statement import LineItem, LineType, PlanRef
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.books.foreseen import Place
from salesrepo.flows.books.settle_books import Books
from salesrepo.flows.books.settle_fold import Fold
from salesrepo.flows.books.settle_lookups import lookups_of
from salesrepo.flows.books.settle_terms import Memory, Terms, terms_of
from salesrepo.flows.proposals.judge import plan_faults
from salesrepo.store.gate import read_documents
from salesrepo.store.ledger import Ledger
from salesrepo.store.model import problems, validate
from salesrepo.vcs.history import first_parents, read_commit
from salesrepo.vcs.objects import Objects

NOW = "now"
_NOT_EARNED = frozenset(
    (LineType.RESERVE, LineType.RELEASE, LineType.DRAW_ADVANCE, LineType.DRAW_RECOVERY, LineType.PAYOUT)
)


class Fault(NamedTuple):
    """What keeps a file from being a plan to pay by: where in it, why, and what to do."""

    where: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Candidate:
    """A plan in a file: ready to pay by, or its faults."""

    name: str
    version: PlanVersion | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a simulation replaces: `plan` (empty: that of the candidate's name) for deals signed `since` a day.

    With `nodes` theirs alone; and where no plan is told, whatever they are paid by.
    """

    plan: str = ""
    since: date | None = None
    nodes: tuple[str, ...] = ()


def read_candidate(path: Path) -> Candidate:
    """A plan in a file, with everything that keeps it from being paid by.

    Raises UsageError where there is no such file, RecordError where it is no YAML.
    """
    try:
        data = path.read_bytes()
    except OSError as gone:
        raise UsageError(f"{path} cannot be read: {gone.strerror}.", hint="Name a file that holds a plan.") from None
    (plain,) = read_documents(data, path=path.name, cap=PLAN.cap)
    found = tuple(Fault(_dotted(route), sentence) for route, sentence in problems(PLAN, plain))
    if found:
        return Candidate(path.name, faults=found)
    plan = validate(PLAN, plain, path=path.name)
    faults = tuple(Fault(_dotted(route), message, hint) for route, message, hint in plan_faults(plan))
    if faults:
        return Candidate(path.name, faults=faults)
    return Candidate(path.name, ready(plan, PlanRef(PLAN.path_of(plan), blob_id(data))))


def simulate(at: Place, candidates: Sequence[Candidate], asked: Asked) -> Simulation:
    """What payees earned, and what each candidate would have paid them for the same deals.

    Whose pay is compared: the nodes that are named, else all whom the replaced plan paid. Raises RefusedError where
    nobody is paid by it.
    """
    versions = [candidate.version for candidate in candidates if candidate.version is not None]
    replaced = asked.plan or ("" if asked.nodes else versions[0].plan)
    with Objects(at.git_dir) as objects:
        now = _replay(objects, at.main, Memory(), asked.since)
        others = [_replay(objects, at.main, _memory(version, replaced, asked), asked.since) for version in versions]
        whose = frozenset(asked.nodes) or frozenset(_paid_by(replaced, now.lines))
        if not whose & {line.payee for line in now.lines}:
            nobody = f"Plan {replaced} pays nobody" if replaced else f"{', '.join(asked.nodes)} earned nothing"
            since = f" since {asked.since}" if asked.since else ""
            raise RefusedError(f"{nobody}{since}.", hint="Say whose plan it replaces: --for PLAN, or --node NODE")
        names = _names(candidates)
        return Simulation(
            instead_of=replaced,
            since=asked.since,
            until=terms_of(objects, read_commit(objects, at.main), now.fold.memory).day,
            deals=len({line.deal for line in now.lines if line.payee in whose}),
            now=now.outcome(NOW, whose, at.main),
            others=tuple(replay.outcome(name, whose, at.main) for name, replay in zip(names, others, strict=True)),
        )


@dataclass
class _Replay:
    """One fold of all history, and the lines of events since a day that stand at its end."""

    fold: Fold
    lines: list[LineItem] = field(default_factory=list)
    types: dict[str, LineType] = field(default_factory=dict)

    def outcome(self, name: str, whose: frozenset[str], main: str) -> Outcome:
        """What these payees earned."""
        terms = terms_of(self.fold.objects, read_commit(self.fold.objects, main), self.fold.memory)
        lookups = lookups_of(terms)
        sums: dict[tuple[str, str], dict[str, int]] = {}
        for line in self.lines:
            if line.payee in whose and self.types.get(line.reverses or "", line.type) not in _NOT_EARNED:
                months = sums.setdefault((line.payee, line.currency), {})
                month = f"{line.event_on:%Y-%m}"
                months[month] = months.get(month, 0) + line.amount
        undone = {line.reverses for line in self.lines}
        waits = [x for x in self.lines if x.payee in whose and x.type is LineType.PENDING and x.key not in undone]
        payees = (
            Paid(
                payee=payee,
                currency=currency,
                earned=sum(months.values()),
                months=dict(sorted(months.items())),
                attained=tuple(self._attained(payee, currency, terms, lookups)),
            )
            for (payee, currency), months in sorted(sums.items())
        )
        return Outcome(name=name, payees=tuple(payees), waits=len(waits))

    def _attained(self, payee: str, currency: str, terms: Terms, lookups: Lookups) -> Iterator[Attained]:
        totals = self.fold.books.totals([payee])
        seen: dict[tuple[PlanRef, date], None] = {}
        for line in self.lines:
            if line.payee == payee and line.currency == currency and line.plan is not None:
                seen[line.plan, line.event_on] = None
        found: dict[tuple[str, str, str], Attained] = {}
        for ref, day in seen:
            version = self.fold.memory.plans.get(ref)
            for quota in version.quotas.values() if version else ():
                window = terms.calendar.window_id(quota.over, day)
                who, calendar = terms.payee(payee), terms.calendar
                amount = quota_amount(quota, who, day=day, calendar=calendar, lookups=lookups)
                if amount and version:
                    key = TotalKey(payee, version.plan, quota.measure, window, quota.unit)
                    found[version.plan, quota.name, window] = Attained(
                        quota=quota.name, window=window, unit=quota.unit, reached=totals.get(key, 0), amount=amount
                    )
        yield from (found[key] for key in sorted(found))


def _replay(objects: Objects, main: str, memory: Memory, since: date | None) -> _Replay:
    replay = _Replay(Fold(objects, Books(Ledger(objects, None)), memory))
    for commit in first_parents(objects.repo, main):
        for line in replay.fold.book(commit).lines:
            if since is None or line.event_on >= since:
                replay.lines.append(line)
                replay.types[line.key] = line.type
    return replay


def _memory(version: PlanVersion, replaced: str, asked: Asked) -> Memory:
    """What is known before a replay: that the candidate pays whom it is to pay."""

    def pays(payee: str, day: date, found: PlanVersion | None) -> PlanVersion | None:
        if (asked.since and day < asked.since) or (asked.nodes and payee not in asked.nodes):
            return found
        if replaced and (found is None or found.plan != replaced):
            return found
        return version

    return Memory(plans={version.ref: version}, instead=pays)


def _paid_by(plan: str, lines: Iterable[LineItem]) -> Iterator[str]:
    return (line.payee for line in lines if line.plan is not None and line.plan.name == plan)


def _names(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The files' names; of several alike each with its number."""
    names = [candidate.name for candidate in candidates]
    return tuple(name if names.count(name) == 1 else f"{name} ({number})" for number, name in enumerate(names, start=1))


def _dotted(route: Iterable[str | int]) -> str:
    return ".".join(map(str, route))
