"""Which of a seller's claims does the work they send renew?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY, ClaimsPolicy
from salesrepo.domain.paths import place_of
from salesrepo.errors import RecordError
from salesrepo.flows.workspace import Workspace
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import parse


def term(account: str, policy: ClaimsPolicy, *, imported: bool) -> timedelta:
    """How long a claim runs from its renewal: shorter on a provisional name key, unless it was imported (DESIGN 4)."""
    return timedelta(days=policy.name_key_days if account.startswith("n-") and not imported else policy.days)


def renewals(ws: Workspace, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    """The claim files that the meaningful activities among `files` renew, with their new bytes."""
    policy = ws.needed(CLAIMS_POLICY)
    newest: dict[tuple[str, str], str] = {}
    for path, data in files.items():
        place = place_of(path)
        if data is None or place is None or place.kind.name != ACTIVITY.name:
            continue
        try:
            activities = parse(ACTIVITY, data, path=path)
        except RecordError:
            continue  # the judge says what is wrong with it
        for activity in activities:
            if activity.is_one_of(policy.meaningful) and activity.day <= ws.today:
                key = (activity.account, activity.layer)
                newest[key] = max(newest.get(key, ""), activity.day.isoformat())
    found: dict[str, bytes | None] = {}
    for (account, layer), day in newest.items():
        claim = ws.tip.get(CLAIM, account=account, layer=layer)
        if claim and claim.status == "held" and claim.holder == ws.me and day > claim.renewed.isoformat():
            path, data = file_of(CLAIM, _renewed(claim, day, policy))
            found[path] = data
    return found


def _renewed(claim: Claim, day: str, policy: ClaimsPolicy) -> Claim:

    renewed = date.fromisoformat(day)
    return replace(
        claim, renewed=renewed, until=renewed + term(claim.account, policy, imported=claim.imported is not None)
    )
