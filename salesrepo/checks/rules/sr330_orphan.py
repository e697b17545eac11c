"""SR330: is somebody there to work on this deal?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.paths import place_of


@rule("SR330", "deal-orphaned", audit=True)
def SR330(ctx: CheckContext) -> Iterator[Finding]:
    """The node of an open deal works here, and has no more open deals than policy lets it have (H10).

    ## Why
    A deal of somebody who left is nobody's, and one among two hundred is hardly anybody's. `hygiene.most_open` limits
    a node's open deals; a change that opens one more is refused.

    ## Fix
    Give the account to somebody else: `sr transfer LEAD --to NODE`. Or close what is dead: `sr lose DEAL`.
    """
    yield from remarks(ctx, "SR330", orphaned)


def orphaned(look: Look) -> Iterator[Remark]:
    """Its node has left, or has too many."""
    ctx, deal = look.ctx, look.deal
    node = ctx.result.get(NODE, node=deal.node)
    if node is None or not node.works_on(look.today):
        hint = f"Give the account to a colleague: sr transfer {deal.account} --to NODE"
        yield Remark(f"{ctx.who(deal.node)} does not work here any more, and {look.handle} is open.", hint, "node")
    most = look.limits.most_open
    if most is not None and (number := _open_deals(look)) > most:
        yield Remark(
            f"{ctx.who(deal.node)} has {number} open deals; {most} are the most.",
            "Close or hand on what you do not work on: sr lose DEAL --reason TEXT",
            "node",
            wrong=look.before is None or not look.before.is_open,
        )


def _open_deals(look: Look) -> int:
    """One listing of the node's own pointers, remembered: an audit asks for each of its deals."""
    key = f"open deals of {look.deal.node}"
    found = look.ctx.memo.get(key)
    if not isinstance(found, int):
        folder = DEAL_HOLD.path.fill(node=look.deal.node, account="x", deal="x").rsplit("/", 2)[0]
        places = (place_of(path) for path in look.ctx.result.paths(folder))
        found = sum(place is not None and place.kind.name == DEAL_HOLD.name for place in places)
        look.ctx.memo[key] = found
    return found
