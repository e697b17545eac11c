"""What changed for a seller since they last looked: which leads came to them or went, and what was agreed to?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from salesrepo.checks.handles import accounts_of
from salesrepo.domain.holding import Holding, handle_of, lead_among
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.paths import place_of
from salesrepo.flows.claims.why import steps_of
from salesrepo.flows.here.seen import name, read_seen
from salesrepo.flows.here.workspace import Workspace

_TRACED = 10  # leads of which history is asked how they came


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that changed. A lead that is `gained` or `lost`, or something of the seller's that was `accepted`.

    `how` is a Step's (flows/claims/why.py) of what is gained; of what is lost the claim's ending, else the Step by
    which somebody else has it. `by` gave it, or has it now, by name, empty for nobody. `until` is the last day of what
    is gained, `day` that of the loss. `title` says what was accepted, `lead` is what one types to mean it.
    """

    what: Literal["gained", "lost", "accepted"]
    account: str = ""
    name: str = ""
    layer: str = ""
    how: str = ""
    by: str = ""
    day: date | None = None
    until: str = ""
    title: str = ""
    lead: str = ""


def news_of(ws: Workspace, claims: Iterable[Holding]) -> tuple[News, ...]:
    """What changed since the seller last looked, by main as last seen; asks nobody."""
    before = read_seen(ws)
    held = {name(claim.account, claim.layer): claim for claim in claims if claim.state == "held"}
    fresh = [claim for key, claim in held.items() if key not in before.held]
    gained = [_gained(ws, claim, traced=at < _TRACED) for at, claim in enumerate(fresh)]
    lost = [one for key in before.held if key not in held and (one := _lost(ws, *key.split(" ", 1)))]
    mine = {CLAIM.path.fill(account=one.account, layer=one.layer) for one in (*gained, *lost)}
    return (*gained, *lost, *_accepted(ws, before.sent.items(), mine))


def _gained(ws: Workspace, claim: Holding, *, traced: bool) -> News:
    record = ws.tip.get(CLAIM, account=claim.account, layer=claim.layer) if traced else None
    steps = steps_of(ws, record) if record else ()
    return News(
        what="gained",
        account=claim.account,
        name=claim.name,
        layer=claim.layer,
        how=steps[-1].how if steps else "",
        by=steps[-1].sent_by if steps else "",
        until=claim.until,
        lead=claim.short,
    )


def _lost(ws: Workspace, key: str, layer: str) -> News | None:
    claim, account = ws.tip.get(CLAIM, account=key, layer=layer), ws.tip.get(ACCOUNT, account=key)
    if claim is None or (claim.status == "held" and claim.holder == ws.me):
        return None
    steps = steps_of(ws, claim) if claim.status == "held" and not claim.ending else ()
    return News(
        what="lost",
        account=key,
        name=account.name if account else key,
        layer=layer,
        how=claim.ending or (steps[-1].how if steps else ""),
        by=ws.who(claim.holder) if claim.status == "held" else "",
        day=claim.ended or (claim.since if claim.status == "held" else None),
        lead=key,
    )


def _accepted(ws: Workspace, sent: Iterable[tuple[str, str]], told: set[str]) -> Iterator[News]:
    groups: dict[str, list[str]] = {}
    for path, title in sent:
        groups.setdefault(title, []).append(path)
    for title, paths in groups.items():
        if told.isdisjoint(paths) and not any(ws.outbox.item(path) for path in paths):
            ids = [place.ids for path in paths if (place := place_of(path)) and "account" in place.ids]
            yield News(
                what="accepted",
                account=ids[0]["account"] if ids else "",
                title=title,
                lead=next((_called(ws, one["account"], one.get("deal", "")) for one in ids), ""),
            )


def _called(ws: Workspace, key: str, deal: str) -> str:
    """What one types to see an account, or an open deal of it."""
    found, own = ws.tip.get(DEAL, account=key, deal=deal) if deal else None, accounts_of(ws.view, ws.me)
    return handle_of(key, deal, own) if found and found.is_open else lead_among(key, own)
