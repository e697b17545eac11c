"""Which other won deal has the same order? One sale is not paid twice."""

from salesrepo.checks.rule import CheckContext
from salesrepo.checks.words import plain_words
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.deal import DEAL, Deal


def twin_of(ctx: CheckContext, deal: Deal) -> str:
    """Another won deal with a won deal's order, of the account, its family or the proposal; empty where none is."""
    if deal.order is None or deal.stage != "won":
        return ""
    folders = (DEAL.path.fill(account=key, deal="x").rsplit("/", 1)[0] for key in _beside(ctx, deal))
    others = (other for folder in folders for _, other in ctx.result.all(DEAL, folder))
    won = (other for other in others if other.deal != deal.deal and other.stage == "won")
    return next((other.deal for other in won if _plain(other.order) == _plain(deal.order)), "")


def _beside(ctx: CheckContext, deal: Deal) -> tuple[str, ...]:
    """The accounts in which an order could stand a second time, as far as paths tell (docs/decisions/0027)."""
    account = ctx.result.get(ACCOUNT, account=deal.account)
    parent = (account.parent,) if account and account.parent else ()
    sent = sorted({other.account for _, other in ctx.change.readable(DEAL)})
    return tuple(dict.fromkeys((deal.account, *deal.also_for, *parent, *sent)))


def _plain(order: str | None) -> str:
    return plain_words(order or "").casefold().strip()
