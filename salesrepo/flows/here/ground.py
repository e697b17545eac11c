"""Does somebody lose a claim because its account lies in other hands now, or soon will; when, and to whom?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.checks.holdover import Loss, coming_loss, loss_of
from salesrepo.checks.leases import deals_on
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.holding import handle_of
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY, territory_file
from salesrepo.domain.lease import has_bought
from salesrepo.errors import RecordError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.territory.coverage import holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """An account whose territory passes to others, and until when its holder keeps it.

    `since`: the first day of theirs, None where it is not on record. `last`: the holder's last day, None for as long as
    the lease runs. `place`: the territory, as people call it; `by`: who sells there; `deal`: the handle of what keeps
    it. All empty for nothing. `began`: it is so already; `over`: it ends with the next nightly run.
    """

    account: str
    layer: str
    since: date | None
    last: date | None
    place: str
    by: tuple[str, ...]
    deal: str
    began: bool
    over: bool

    @property
    def reason(self) -> str:
        """A clause such as `DACH is Ben's since 2026-04-02; kept until then because of acme/2`."""
        where = f"{self.place} is {' and '.join(self.by) or 'nobody'}'s" if self.place else "no territory has it"
        told = f"{where} {'since' if self.began else 'from'} {self.since}" if self.since else f"{where} now"
        kept = self.deal and self.last is not None and not self.over
        return f"{told}; kept until then because of {self.deal}" if kept else told


def looked_at(ws: Workspace) -> CheckContext:
    """What `leaving` reads main through; whoever asks of many claims shares one, so that territories are read once."""
    return CheckContext.looking(ws.tip, ws.today)


def leaving(ws: Workspace, account: str, layer: str, *, ctx: CheckContext | None = None) -> Leaving | None:
    """What becomes of a held claim of main by a change of territories; None for nothing, or what cannot be told."""
    ctx = ctx or looked_at(ws)
    try:
        claim = ws.tip.get(CLAIM, account=account, layer=layer)
        if claim is None or claim.until < ws.today:
            return None
        loss = loss_of(ctx, claim) or coming_loss(ctx, claim)
        if loss is None or has_bought(claim, deals_on(ws.tip, account), ctx.claims_policy, ws.today):
            return None
        return _told(ws, claim, loss)
    except RecordError:
        return None  # the sweep, too, leaves it where it is


def last_day(ws: Workspace, claim: Claim, *, ctx: CheckContext | None = None) -> date:
    """The day on which a held claim of main really ends for its holder: of its lease and its holdover the earlier."""
    parting = leaving(ws, claim.account, claim.layer, ctx=ctx)
    return min(claim.until, parting.last) if parting and parting.last else claim.until


def _told(ws: Workspace, claim: Claim, loss: Loss) -> Leaving:
    found = ws.tip.read(TERRITORY, territory_file(loss.territory)) if loss.territory else None
    day = max(loss.since or ws.today, ws.today)
    sellers = holders(found, day, policy=ws.tip.get(TERRITORY_POLICY)) if found else ()
    return Leaving(
        account=claim.account,
        layer=claim.layer,
        since=loss.since,
        last=loss.last,
        place=found.name if found else "",
        by=tuple(dict.fromkeys(ws.who(cover.node) for cover in sellers)),
        deal=handle_of(claim.account, loss.deal) if loss.deal else "",
        began=loss.since is None or loss.since <= ws.today,
        over=loss.last is not None and loss.last < ws.today,
    )
