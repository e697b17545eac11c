"""`salesrepo node offboard`: a node leaves on a day, and what it held passes on, is given back or is left vacant."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from salesrepo.domain.handover import moved
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import DEAL, Deal, DealCredit
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD, DealHold
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.kinds.territory import TERRITORY, Coverage, Territory
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.money import add, parse_percent, show_percent
from salesrepo.domain.paths import place_of
from salesrepo.domain.record import shard
from salesrepo.errors import RefusedError
from salesrepo.flows.claims.dispute import Disputed, disputes
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.people.node_change import Arranged, arrange
from salesrepo.flows.people.node_terms import check_terms, ended, node_file
from salesrepo.flows.people.pay_terms import word_of
from salesrepo.store.edit import edit
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of

_AT_ONCE = 180  # files of one proposal, if whoever sends may not send more


@dataclass
class _Leaving:
    """What is arranged for one node that leaves: files so far, and what somebody still has to care for."""

    ws: Workspace
    node: Node
    day: date
    heir: str
    chosen: bool  # whether the heir was named, else it is the manager
    disputes: tuple[Disputed, ...]  # the open ones in which the node is a party
    reason: str  # why it leaves; empty where nobody says
    files: dict[str, bytes | None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def offboard(ws: Workspace, node: str, *, day: date, to: str = "", reason: str = "", dry_run: bool = False) -> Arranged:
    """Let a node go from `day` on: its roles, plan, teams and grade end, its territories pass to `to` or its manager.

    `reason` is why, as plans may ask: resigned, dismissed, retired or a word of the company's own.
    Claims and open deals have no day of their own: they pass on with the first run on that day or later. A claim
    without an open deal is given back unless `to` is named; a disputed one stays until that is decided. Raises
    RefusedError for an unknown node, or one that holds nothing any more.
    """
    known = ws.node(node)
    if known is None:
        raise RefusedError(f"There is no node {node}.", hint="See who there is: salesrepo node list")
    check_terms(ws, people=(to,))
    about = tuple(one for one in disputes(ws) if node in one.case.parties)
    why = word_of(reason, "reason") if reason else ""
    leaving = _Leaving(ws, known, day, to or _manager(known, day), bool(to), about, why)
    _check_heir(leaving)
    _end_terms(leaving)
    _pass_territories(leaving)
    if day <= ws.today:
        _pass_holdings(leaving)
    elif ws.tip.paths(_holdings(node)) or ws.tip.paths(f"waits/{shard(node)}/{node}"):
        leaving.warnings.append(f"Run this again on {day}: claims and open deals pass on then.")
    leaving.warnings.extend((*_disputes(leaving), *_orphans(leaving)))
    if not leaving.files:
        raise RefusedError(f"{known.name} has left and holds nothing any more.", hint="Nothing is to be done.")
    return arrange(ws, f"{known.name} leaves on {day}", leaving.files, warnings=leaving.warnings, dry_run=dry_run)


def _manager(node: Node, day: date) -> str:
    before = [term.node for term in node.managers if term.starts <= day]
    return node.manager_on(day) or (before[-1] if before else "")


def _check_heir(leaving: _Leaving) -> None:
    """Who gets what is left must be at work; a manager who is not, or who does not sell, gets nothing."""
    found = leaving.ws.node(leaving.heir) if leaving.heir else None
    name, day = leaving.node.node, max(leaving.day, leaving.ws.today)
    sells = found is not None and set(found.roles_on(day)) & set(leaving.ws.needed(ROLES_POLICY).write.seller)
    if leaving.chosen and (not sells or leaving.heir == name):
        raise RefusedError(f"{leaving.ws.who(leaving.heir)} cannot take this over.", hint="Name somebody who sells.")
    if not sells:
        leaving.heir = ""


def _end_terms(leaving: _Leaving) -> None:
    node, day = leaving.node, leaving.day
    reason = leaving.reason or node.leaves
    if node.left is not None and node.left <= day:
        if reason != node.leaves:
            leaving.files.update([node_file(leaving.ws, node, replace(node, leaves=reason))])
        return
    if not reason:
        leaving.warnings.append("Nobody says why: plans that ask for the reason take it as otherwise (--reason WORD).")
    new = replace(
        node,
        left=day,
        leaves=reason,
        roles=ended(node.roles, day),
        plans=ended(node.plans, day),
        managers=ended(node.managers, day),
        teams=ended(node.teams, day),
        grades=ended(node.grades, day),
    )
    leaving.files.update([node_file(leaving.ws, node, new)])


def _pass_territories(leaving: _Leaving) -> None:
    for path, territory in leaving.ws.tip.all(TERRITORY, "territories"):
        rows = _covered(leaving, territory)
        if rows == territory.coverage:
            continue
        blob = leaving.ws.tip.blob(path)
        data = leaving.ws.tip.tree.read(blob.oid, TERRITORY.cap) if blob else b""
        plain = to_plain(replace(territory, coverage=rows)).get("coverage", [])
        leaving.files[path] = edit(data, {("coverage",): plain}, path=path)
        if not any(row.ends is None or row.ends > leaving.day for row in rows):
            leaving.warnings.append(f"Nobody covers {territory.name} from {leaving.day} on.")


def _covered(leaving: _Leaving, territory: Territory) -> tuple[Coverage, ...]:
    """The coverage of a territory once the node has left it."""
    rows: list[Coverage] = []
    after: list[Coverage] = []
    for row in territory.coverage:
        if row.node != leaving.node.node or (row.ends is not None and row.ends <= leaving.day):
            rows.append(row)
            continue
        if row.starts < leaving.day:
            rows.append(replace(row, ends=leaving.day))
        if leaving.heir:
            after.append(replace(row, node=leaving.heir, starts=max(row.starts, leaving.day)))
    held = {(row.node, row.role) for row in rows if row.ends is None}
    return (*rows, *(row for row in after if (row.node, row.role) not in held))


def _holdings(node: str) -> str:
    return f"holds/{shard(node)}/{node}"


def _pass_holdings(leaving: _Leaving) -> None:
    tip = leaving.ws.tip
    places = [place for path in tip.paths(_holdings(leaving.node.node)) if (place := place_of(path))]
    deals = [tip.get(DEAL, account=p.ids["account"], deal=p.ids["deal"]) for p in places if p.kind is DEAL_HOLD]
    open_ = [deal for deal in deals if deal is not None and deal.is_open and deal.node == leaving.node.node]
    claims = [tip.get(CLAIM, account=p.ids["account"], layer=p.ids["layer"]) for p in places if p.kind is HOLD]
    held = [claim for claim in claims if claim is not None and claim.status == "held"]
    for path in tip.paths(f"waits/{shard(leaving.node.node)}/{leaving.node.node}"):
        if place := place_of(path):
            _leave_queue(leaving, place.ids["account"], place.ids["layer"], leaving.node.node)
    sender = leaving.ws.node(leaving.ws.me)
    most = None if sender and "import" in sender.roles_on(leaving.ws.today) else _AT_ONCE
    for done, claim in enumerate(held):
        if most is not None and len(leaving.files) > most:
            leaving.warnings.append(f"{len(held) - done} claims are left: run this again once this is accepted.")
            return
        if not _settled(leaving, claim):
            continue
        own = [deal for deal in open_ if (deal.account, deal.layer) == (claim.account, claim.layer)]
        _pass_claim(leaving, claim, own)


def _settled(leaving: _Leaving, claim: Claim) -> bool:
    """Whether nobody disputes a claim any more: it goes to who is right, not past them; to them it may go at once."""
    about = [one for one in leaving.disputes if (one.account, one.layer) == (claim.account, claim.layer)]
    if leaving.chosen:
        about = [one for one in about if one.case.opened.node != leaving.heir]
    for one in about:
        by = one.names[one.case.opened.node]
        leaving.warnings.append(
            f"{claim.account} stays as it is until it is decided whether it is {by}'s: "
            f"salesrepo dispute decide {one.id}. Then run this again."
        )
    return not about


def _disputes(leaving: _Leaving) -> Iterator[str]:
    """What the node disputes, and on a later day what is disputed of it."""
    name, later = leaving.node.node, leaving.day > leaving.ws.today
    for one in leaving.disputes:
        if one.case.opened.node == name:
            yield f"{leaving.node.name} disputes {one.account}, to be decided: salesrepo dispute decide {one.id}"
        elif later:
            by = one.names[one.case.opened.node]
            yield f"{by} disputes {one.account}, to be decided first: salesrepo dispute decide {one.id}"


def _pass_claim(leaving: _Leaving, claim: Claim, deals: list[Deal]) -> None:
    """A claim with its open deals: to the heir; without any, back to everybody unless an heir was named."""
    heir = leaving.heir if deals or leaving.chosen else ""
    if deals and not heir:
        ids = ", ".join(deal.deal for deal in deals)
        leaving.warnings.append(f"{claim.account} stays as it is, because of {ids}: name an heir with --to.")
        return
    old = Hold(node=leaving.node.node, account=claim.account, layer=claim.layer)
    leaving.files[HOLD.path_of(old)] = None
    if heir:
        leaving.files.update([file_of(CLAIM, replace(claim, holder=heir)), file_of(HOLD, replace(old, node=heir))])
        _leave_queue(leaving, claim.account, claim.layer, heir)
    else:
        given_back = replace(claim, status="released", ended=leaving.ws.today, ending="left")
        leaving.files.update([file_of(CLAIM, given_back)])
    for deal in deals:
        pointer = DealHold(node=deal.node, account=deal.account, deal=deal.deal)
        leaving.files[DEAL_HOLD.path_of(pointer)] = None
        passed = replace(moved(deal, heir), credits=_inherited(deal.credits, deal.node, heir))
        leaving.files.update([file_of(DEAL, passed), file_of(DEAL_HOLD, replace(pointer, node=heir))])


def _leave_queue(leaving: _Leaving, account: str, layer: str, node: str) -> None:
    """Who holds a lead, or has left, does not wait for it."""
    ids = {"account": account, "layer": layer, "node": node}
    for path in (PLACE_IN_QUEUE.path.fill(**ids), WAIT.path.fill(**ids)):
        if leaving.ws.tip.blob(path) is not None:
            leaving.files[path] = None


def _inherited(credits: tuple[DealCredit, ...], old: str, new: str) -> tuple[DealCredit, ...]:
    """The credits with one node in the place of another; two shares in one role become one."""
    shares: dict[tuple[str, str], str] = {}
    for credit in credits:
        key = (new if credit.node == old else credit.node, credit.role)
        both = add(parse_percent(shares[key]), parse_percent(credit.share)) if key in shares else None
        shares[key] = show_percent(both) if both else credit.share
    return tuple(DealCredit(node=node, role=role, share=share) for (node, role), share in shares.items())


def _orphans(leaving: _Leaving) -> Iterator[str]:
    """Who reports to the node, and for whom it stands in, after it has left."""
    name, day = leaving.node.node, leaving.day
    others = [other for _, other in leaving.ws.tip.all(NODE, "nodes") if other.node != name]
    running = leaving.ws.needed(ROLES_POLICY).write.maintainer
    if running and all(set(running).isdisjoint(other.roles_on(day)) for other in others):
        yield f"Nobody runs the company from {day} on: salesrepo node change NODE --role +{running[0]}"
    for other in others:
        if not other.works_on(day):
            continue
        if other.manager_on(day) == name:
            yield f"{other.name} needs another manager: salesrepo node change {other.node} --manager NODE"
        if any(term.node == name for term in other.deputies_on(day)):
            yield f"{other.name} needs another deputy: salesrepo node deputy {other.node} --deputy NODE"
