"""Does the judge accept every claim as the seller's machine writes it, however the weeks go?"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.checks.leases import lease_term, work_in
from salesrepo.checks.rules.sr203_claim_terms import SR203
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.activity import Activity, NextStep
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.policy_claims import ClaimsPolicy, Extension, Reserve
from salesrepo.flows.sending.renew import worked_on
from salesrepo.store.plain import to_plain
from tests.checks.build import propose, show

BEGAN = date(2026, 3, 2)
CLAIM = "claim d-initech.com core"
days = st.none() | st.integers(2, 60)
policies = st.builds(
    ClaimsPolicy,
    days=st.integers(5, 40),
    name_key_days=st.just(14),
    review_days=st.just(3),
    meaningful=st.just(("demo",)),
    reserve=st.none() | st.builds(Reserve, days=st.integers(1, 9), most=st.just(5)),
    first_touch_days=days,
    protection_days=days,
    extension=st.none()
    | st.builds(
        Extension,
        days=st.integers(5, 30),
        most=st.integers(0, 3),
        automatic=st.integers(0, 2),
        before=st.integers(1, 20),
        active=st.integers(1, 20),
    ),
    hard_limit_days=days,
    customer_days=days,
)
steps = st.tuples(st.integers(0, 12), st.integers(0, 3), st.booleans(), st.booleans())


def activity(day: date, number: int, *, meaningful: bool, planned: bool) -> Activity:
    return Activity(
        id=f"01kahvx{number:019}",
        at=f"{day}T09:00:00Z",
        day=day,
        type="demo" if meaningful else "note",
        account="d-initech.com",
        next=NextStep(text="Call again", due=day + timedelta(days=5)) if planned else None,
    )


def deal(stage: str) -> dict[str, Any]:
    plain = {"deal": "d-initech.com-1", "account": "d-initech.com", "node": "ana", "stage": stage}
    signed = {"signed": "2026-03-02", "order": "PO-1"} if stage == "won" else {}
    return {"deal d-initech.com d-initech.com-1": {**plain, "opened": "2026-03-02", "currency": "USD", **signed}}


@settings(max_examples=20, deadline=None)
@given(policies, st.sampled_from(["lead", "proposal", "won"]), st.lists(steps, min_size=1, max_size=4))
def test_what_is_sent_is_what_policy_gives(policy: ClaimsPolicy, stage: str, weeks: list[tuple[int, ...]]) -> None:
    company = {"policy-claims": to_plain(policy), **deal(stage)}
    claim = Claim(
        account="d-initech.com",
        layer="core",
        status="held",
        holder="ana",
        territory="world/dach",
        since=BEGAN,
        renewed=BEGAN,
        until=BEGAN,
        standing="reserved" if policy.reserve else "registered",
    )
    tip = propose({}, actor="ana", given=company, today=BEGAN).ctx.tip
    claim = replace(claim, until=lease_term(tip, claim, policy).until)
    assert refused(company, {CLAIM: to_plain(claim)}, BEGAN) == []
    today = BEGAN
    for number, (later, ago, meaningful, planned) in enumerate(weeks):
        today += timedelta(days=later)
        done = activity(
            max(BEGAN, today - timedelta(days=ago)), number, meaningful=bool(meaningful), planned=bool(planned)
        )
        work = work_in([done], policy, today=today)[done.account, done.layer]
        stream = f"activity ana {today:%Y %m %d} 01kahvx0000000000000000000"
        given = {**company, CLAIM: to_plain(claim)}
        after = propose({stream: [to_plain(done)]}, actor="ana", given=given, today=today).ctx.result
        worked = worked_on(after, claim, work, policy, today=today)
        assert worked.until >= claim.until
        change = {CLAIM: to_plain(worked), stream: [to_plain(done)]}
        assert refused(given, change, today) == []
        claim = worked


def refused(given: dict[str, Any], change: dict[str, Any], today: date) -> list[str]:
    """What the rule objects to, or asks a person about."""
    report = propose(change, actor="ana", given=given, today=today).judged_by(SR203)
    return show(report) if report.of(Severity.ERROR, Severity.REVIEW) or report.skipped else []
