"""What would another plan have cost? Main's whole history is folded again, with the candidate in place of a plan.

The fold and the engine are those that pay; nothing is written anywhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from salesrepo.commission.ready.plan import ready
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.change import blob_id
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.simulation import Simulation
from salesrepo.domain.statement import LineItem, PlanRef
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.books.foreseen import Place
from salesrepo.flows.books.replayed import close_open_months, replay
from salesrepo.flows.books.settle_terms import Memory, terms_of
from salesrepo.flows.proposals.judge import plan_faults
from salesrepo.store.gate import read_documents
from salesrepo.store.model import problems, validate
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.scratch import scratch

NOW = "now"


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
    with scratch(at.git_dir) as place, Objects(place) as objects:
        memories = (Memory(), *(_memory(version, replaced, asked) for version in versions))
        now, *others = replays = [replay(objects, at.main, memory, asked.since) for memory in memories]
        close_open_months(replays, objects, at.main)
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
            deals=len({line.deal for line in now.lines if line.payee in whose and line.deal}),
            now=now.outcome(NOW, whose, at.main),
            others=tuple(other.outcome(name, whose, at.main) for name, other in zip(names, others, strict=True)),
        )


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
