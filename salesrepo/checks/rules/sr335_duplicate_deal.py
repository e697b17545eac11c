"""SR335: is this the same deal as another open one?"""

from collections.abc import Iterator
from datetime import date

from salesrepo.checks.handles import called
from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.deal import DEAL, Deal


@rule("SR335", "duplicate-deal", audit=True)
def SR335(ctx: CheckContext) -> Iterator[Finding]:
    """An account has one open deal of a kind in a layer for the same products, unless a second says why (H15).

    ## Why
    Two records of one sale count twice in every forecast, and one of them stays open for ever. A change that opens the
    second is refused; those that stand already only remind.

    ## Fix
    Change the first one (`sr log deal DEAL ...`). Where it is another sale: `sr log deal DEAL --apart TEXT`.
    """
    yield from remarks(ctx, "SR335", twice)


def twice(look: Look) -> Iterator[Remark]:
    """An older open deal of the account sells the same."""
    deal, before = look.deal, look.before
    fresh = before is None or not before.is_open or before.apart != deal.apart or _what(before) != _what(deal)
    if deal.apart is not None or not (fresh or look.whole):
        return
    others = look.beside if look.whole else _of_account(look)
    same = (other for other in others if other.is_open and _what(other) == _what(deal))
    older = [other for other in same if other.deal != deal.deal and (_age(other) < _age(deal) or _stood(look, other))]
    if older:
        twin = called(look.ctx, older[0])
        hint = f"Change {twin} instead, or say why this is another: sr log deal {look.handle} --apart TEXT"
        yield Remark(f"{look.handle} sells the same as {twin}, which is open.", hint, "lines", wrong=fresh)


def _stood(look: Look, other: Deal) -> bool:
    """Whether main has the other like that: whatever day a deal that comes to it says that it was opened."""
    if look.whole:
        return False
    known = look.ctx.tip.get(DEAL, account=other.account, deal=other.deal)
    return known is not None and known.is_open and _what(known) == _what(other)


def _of_account(look: Look) -> tuple[Deal, ...]:
    folder = DEAL.path.fill(account=look.deal.account, deal="x").rpartition("/")[0]
    return tuple(other for _, other in look.ctx.result.all(DEAL, folder))


def _what(deal: Deal) -> tuple[object, ...]:
    return (deal.layer, deal.kind, frozenset(line.product for line in deal.lines))


def _age(deal: Deal) -> tuple[date, int, str]:
    """Older deals first; ids of one account are numbered, so a shorter one is the lower number."""
    return (deal.opened, len(deal.deal), deal.deal)
