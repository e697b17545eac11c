"""What do changes of people, companies, territories and of what is decided about them mean, in plain words?

Each function tells all of a record that it does not leave to `fields_said` and `fields_told`, which tell the rest.
"""

from collections.abc import Iterable, Iterator, Sequence

from salesrepo.domain.kinds import brand_index, policy_waivers
from salesrepo.domain.kinds.account import Account
from salesrepo.domain.kinds.activity import Activity
from salesrepo.domain.kinds.cert import Cert
from salesrepo.domain.kinds.dispute import Decision, Exhibit, Statement
from salesrepo.domain.kinds.exclusion import Exclusion
from salesrepo.domain.kinds.node import Node, TeamTerm
from salesrepo.domain.kinds.payment import Payment
from salesrepo.domain.kinds.referral import ReferredLead
from salesrepo.domain.kinds.request import Request
from salesrepo.domain.kinds.territory import Coverage, Territory
from salesrepo.domain.kinds.transfer import Transfer
from salesrepo.report.differences import left_over, one_line
from salesrepo.report.wording import Names, fields_said, fields_told, money, terms_told

Waiver = policy_waivers.Waiver | brand_index.Waiver
Waivers = policy_waivers.WaiversPolicy | brand_index.BrandIndex

_TERMS = frozenset(("roles", "plans", "managers", "deputies", "teams", "grades"))


def account_said(now: Account, names: Names) -> Iterator[str]:
    """A new company: who brings it, and what is stated of it."""
    facts = ", ".join(f"{name} {value}" for name, value in now.facts().items() if value is not None)
    yield f"new account, added by {names.who(now.added_by)} on {now.added}" + (f": {facts}" if facts else "")
    if now.confirmed:
        yield _vouched(now, names)
    yield from fields_said(now, names, but={"account", "name", "added_by", "added", "confirmed", *now.facts()})


def account_told(was: Account, now: Account, names: Names) -> Iterator[str]:
    """Other facts of a company, and who vouches for them."""
    yield from fields_told(was, now, names, but=("confirmed",))
    if now.confirmed and was.confirmed != now.confirmed:
        yield _vouched(now, names)
    elif was.confirmed and not now.confirmed:
        yield "facts not confirmed any more"


def _vouched(now: Account, names: Names) -> str:
    vouched = now.confirmed
    return f"facts confirmed by {names.who(vouched.by)} on {vouched.day} ({vouched.how})" if vouched else ""


def node_said(now: Node, names: Names) -> Iterator[str]:
    """Somebody who joins, with their terms."""
    yield "joins"
    yield from node_told(Node(node=now.node, name=now.name), now, names)


def node_told(was: Node, now: Node, names: Names) -> Iterator[str]:
    """Other terms of a node."""
    if was.left != now.left:
        why = f" ({now.leaves})" if now.leaves and was.leaves != now.leaves else ""
        yield f"leaves on {now.left}{why}" if now.left else f"is not gone from {was.left} on any more"
    if was.forge_id != now.forge_id:
        before = f", not user {was.forge_id}" if was.forge_id else ""
        yield f"is user {now.forge_id}{before}" if now.forge_id else f"is user {was.forge_id} no more"
    yield from terms_told("role", was.roles, now.roles, lambda term: term.role)
    yield from terms_told("plan", was.plans, now.plans, lambda term: term.plan)
    yield from terms_told("manager", was.managers, now.managers, lambda term: names.who(term.node))
    yield from terms_told("deputy", was.deputies, now.deputies, lambda term: names.who(term.node))
    yield from terms_told("team", was.teams, now.teams, lambda term: _team(term, names))
    yield from terms_told("grade", was.grades, now.grades, lambda term: term.grade)
    known = {"leaves"} if now.left and was.left != now.left and now.leaves else set()
    yield from fields_told(was, now, names, but={"left", "forge_id", *known, *_TERMS})


def _team(term: TeamTerm, names: Names) -> str:
    return f"{names.who(term.team)}{f' (weight {term.weight})' if term.weight else ''}"


def territory_said(now: Territory, names: Names) -> Iterator[str]:
    """A new territory: where it lies, and who covers it."""
    yield f"new {now.kind} from {now.starts}"
    yield from fields_said(now, names, but=("kind", "starts", "name", "coverage"))
    yield from _covers((), now.coverage, names)


def territory_told(was: Territory, now: Territory, names: Names) -> Iterator[str]:
    """Other borders, days or holders of a territory."""
    if (was.rules, was.exclude, was.missing) != (now.rules, now.exclude, now.missing):
        yield "other accounts belong to it"
    yield from fields_told(was, now, names, but=("coverage",))
    yield from _covers(was.coverage, now.coverage, names)


def _covers(was: Sequence[Coverage], now: Sequence[Coverage], names: Names) -> Iterator[str]:
    def said(row: Coverage) -> str:
        return f"{names.who(row.node)} as {row.role.replace('_', ' ')}{' (helps)' if row.overlay else ''}"

    yield from terms_told("covered by", was, now, said)


def payment_said(now: Payment, names: Names) -> Iterator[str]:
    """What billing says."""
    yield f"{now.kind} {money(now.amount, now.currency)} {now.currency} on {now.day} for {now.deal}"
    if now.months:
        yield f"for months {now.months.first} to {now.months.last} of service"
    yield from fields_said(now, names, but=("payment", "deal", "kind", "amount", "currency", "day", "months"))


def transfer_said(now: Transfer, names: Names) -> Iterator[str]:
    """Who gives what to whom, on which terms."""
    share = f"; {names.who(now.giver)} keeps {now.giver_share} until {now.until}" if now.giver_share else ""
    why = f", because {one_line(now.reason)}" if now.reason else ""
    yield f"transferred from {names.who(now.giver)} to {names.who(now.receiver)}{share}{why}"
    known = {"transfer", "account", "giver", "receiver", "giver_share", "reason"}
    yield from fields_said(now, names, but=known | ({"until"} if share else set()))


def cert_said(now: Cert, names: Names) -> Iterator[str]:
    """What somebody has shown that they can do."""
    until = f" until {now.until}" if now.until else ""
    yield f"passed {now.module} on {now.passed}, {now.level}{until}, by the word of {names.who(now.by)}"


def exclusion_said(now: Exclusion, names: Names) -> Iterator[str]:
    """What keeps everybody away from a company."""
    why = f", because {one_line(now.why)}" if now.why else ""
    yield f"nobody claims it ({now.reason.replace('_', ' ')}) {f'until {now.until}' if now.until else 'for good'}{why}"
    if now.also:
        yield f"nor under {', '.join(now.also)}"


def referral_said(now: ReferredLead, names: Names) -> Iterator[str]:
    """Who brought a lead to whom."""
    note = f": {one_line(now.note)}" if now.note else ""
    yield f"referred by {names.who(now.by)} to {names.who(now.to)} on {now.day}{note}"
    yield from fields_said(now, names, but=("account", "by", "to", "day", "note"))


def statement_said(now: Statement, names: Names) -> Iterator[str]:
    """What one party of a dispute says, and shows for it."""
    shown = ", ".join(f"{one.ground.replace('_', ' ')} ({one_line(one.text)}{_noted(one)})" for one in now.exhibits)
    yield f"{names.who(now.node)} disputes it with {names.who(now.against)}: {shown or 'no evidence'}"
    yield from fields_said(now, names, but=("dispute", "account", "node", "against", "exhibits"))


def _noted(one: Exhibit) -> str:
    return (f", {one.day}" if one.day else "") + (f", noted as {one.activity}" if one.activity else "")


def decision_said(now: Decision, names: Names) -> Iterator[str]:
    """Who gets a disputed claim, why, and how credit is shared."""
    shares = ", ".join(f"{names.who(one.node)} {one.share}" for one in now.shares)
    parts = f"; credit {shares}{f' for {now.days} days' if now.days else ''}" if shares else ""
    ground = now.ground.replace("_", " ")
    yield f"{names.who(now.by)} decides for {names.who(now.holder)} by {ground}, because {one_line(now.why)}{parts}"
    known = {"dispute", "account", "by", "holder", "ground", "why", "shares"}
    yield from fields_said(now, names, but=known | ({"days"} if shares else set()))


def request_said(now: Request, names: Names) -> Iterator[str]:
    """Who asks to join."""
    yield f"{now.name} asks to join as {now.node}"
    yield from fields_said(now, names, but=("node", "name"))


def waivers_said(now: Waivers, names: Names) -> Iterator[str]:
    """Which findings a first list sets aside."""
    yield from _waived(now.waivers, names)
    yield from fields_said(now, names, but=("waivers",))


def waivers_told(was: Waivers, now: Waivers, names: Names) -> Iterator[str]:
    """Which findings are set aside from now on, and which no more."""
    yield from _waived(left_over(now.waivers, was.waivers), names)
    gone: list[Waiver] = left_over(was.waivers, now.waivers)
    for one in gone:
        yield f"waiver of {_what(one)} until {one.until} removed"
    yield from fields_told(was, now, names, but=("waivers",))


def _waived(waivers: Iterable[Waiver], names: Names) -> Iterator[str]:
    for one in waivers:
        match = f" ({one_line(one.match)})" if one.match else ""
        said = f"{names.who(one.by)} says: {one_line(one.reason)}"
        yield f"waives {_what(one)}{match} until {one.until}, {said}"


def _what(one: Waiver) -> str:
    if isinstance(one, brand_index.Waiver):
        return f"{one.rule} for {one.file}"
    return f"{one.code} for {one.path}{f', {one.route}' if one.route else ''}"


def activities_told(was: Sequence[Activity], now: Sequence[Activity], names: Names) -> Iterator[str]:
    """What somebody did, or says now that they did."""
    gone = {one.id: one for one in left_over(was, now)}
    come = left_over(now, was)
    if new := sum(one.id not in gone for one in come):
        yield f"{new} {'activity' if new == 1 else 'activities'} logged"
    for one in come:
        known = gone.pop(one.id, None)
        what = f"{one.type} with {names.account(one.account)} on {one.day}"
        if known is None:
            said = fields_said(one, names, but=("id", "at", "day", "type", "account"))
            yield f"{what}: {', '.join(said)}".removesuffix(": ")
        else:
            yield f"{what}: {', '.join(fields_told(known, one, names))}"
    for one in gone.values():
        yield f"{one.type} with {names.account(one.account)} on {one.day} removed"
    if was and now and not come and len(was) == len(now):
        yield "the same activities in another order"
