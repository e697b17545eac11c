"""Are a deal's moves only ever added to, whatever a proposal writes there?"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.checks.rules.sr311_stage_evidence import SR311
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.deal import Deal, Move
from salesrepo.domain.kinds.policy_pipeline import STAGES
from salesrepo.domain.pipeline import passed, place, required_at
from salesrepo.store.plain import to_plain
from tests.checks.build import propose

FIRST = date(2026, 11, 1)
NAMES = tuple(terms.stage for terms in STAGES)
stages = st.sampled_from(NAMES)
walks = st.lists(stages, max_size=4).map(lambda names: tuple(_move(i, s) for i, s in enumerate(("lead", *names))))


def _move(index: int, stage: str) -> Move:
    return replace(Move(stage="lead", day=FIRST + timedelta(days=index)), stage=stage)  # type: ignore[arg-type]


def deal(moves: tuple[Move, ...]) -> dict[str, object]:
    made = Deal(
        deal="d-acme.com-3",
        account="d-acme.com",
        node="ana",
        stage=moves[-1].stage,
        opened=FIRST,
        currency="USD",
        moves=moves,
    )
    return to_plain(made)


@settings(max_examples=60, deadline=None)
@given(old=walks, new=walks)
def test_what_was_accepted_stays_at_the_beginning(old: tuple[Move, ...], new: tuple[Move, ...]) -> None:
    where = "deal d-acme.com d-acme.com-3"
    report = propose({where: deal(new)}, actor="ana", given={where: deal(old)}).judged_by(SR311)
    rewritten = [f for f in report.of(Severity.ERROR) if "never changed or taken back" in f.message]
    assert bool(rewritten) == (new[: len(old)] != old)


@given(old=stages, new=stages)
def test_a_move_leaves_behind_just_what_lies_between(old: str, new: str) -> None:
    left = [terms.stage for terms in passed(STAGES, old, new)]
    assert left == list(NAMES[place(STAGES, old) : place(STAGES, new)])
    if place(STAGES, old) <= place(STAGES, new):
        assert set(required_at(STAGES, old)) <= set(required_at(STAGES, new))  # what is asked for only grows
