"""`sr dispute`: say that a claim is rightly one's own, answer it, and decide between the two."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

from salesrepo.checks.disputes import Case, cases, is_open
from salesrepo.checks.territories import facts_stand
from salesrepo.domain.handover import passed
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM, DEFAULT_LAYER, Claim
from salesrepo.domain.kinds.dispute import DECISION, RANKS, STATEMENT, Decision, Exhibit, Ground, Share, Statement
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.claims.lead import find_account, territory_of
from salesrepo.flows.claims.own_claim import claims_on, refuse_unsent
from salesrepo.flows.claims.transfer import handing_over
from salesrepo.flows.here.own_log import named
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.flows.sending.sync import sync
from salesrepo.store.records import file_of

_LOOKED_BACK = timedelta(days=730)  # how far an activity is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a party shows: a ground, in words, and an activity of its log (`last`, a day, a part of its id)."""

    ground: str
    text: str
    activity: str = ""
    day: date | None = None
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """For whom a dispute is decided, on which ground, why, and how credit is shared for how many days."""

    holder: str
    ground: str
    why: str
    shares: tuple[str, ...] = ()
    days: int | None = None


@dataclass(frozen=True)
class Disputed:
    """A dispute as it stands: the company, the case, when it is to be decided, and the parties by name.

    `id` means it alone: its name, and before that the account where another dispute has the same name.
    """

    account: str
    name: str
    layer: str
    case: Case
    due: date
    names: dict[str, str] = field(default_factory=dict)
    id: str = ""


def dispute(ws: Workspace, lead: str, said: Said, *, dry_run: bool = False) -> tuple[Disputed, Sent]:
    """Open a dispute about a claim that somebody else holds, or add what the seller has to show in one.

    Raises RefusedError where nobody holds it, or the seller holds it and nobody disputes it.
    """
    ground = _ground(said.ground)
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        account = find_account(here, lead)
        claim = _disputed_claim(here, account, said.layer)
        case = _open_case(here, claim)
        activity, day = _proof(here, said, account)
        exhibit = Exhibit(ground=ground, text=spoken(said.text, most=LINE), activity=activity, day=day)
        statement = _statement(here, claim, case, exhibit)
        told = case or Case(statement.dispute, statement)
        files: dict[str, bytes | None] = dict([file_of(STATEMENT, statement)])
        sent = send_files(here, f"Dispute about {account.account}", files, dry_run=dry_run)
        return _disputed(here, account, told), sent
    finally:
        here.close()


def disputes(ws: Workspace, *, decided: bool = False) -> tuple[Disputed, ...]:
    """Every open dispute (with `decided`, those that are none any more too), by account, as main last seen has it."""
    keys = dict.fromkeys(statement.account for _, statement in ws.tip.all(STATEMENT, "disputes"))
    found = []
    for key in sorted(keys):
        account = ws.tip.get(ACCOUNT, account=key)
        if account is not None:
            found += [_disputed(ws, account, case) for case in cases(ws.tip, key)]
    names = Counter(one.case.dispute for one in found)
    told = (replace(one, id=one.case.dispute if names[one.case.dispute] == 1 else _whole(one)) for one in found)
    return tuple(one for one in told if decided or is_open(ws.tip, one.case))


def _whole(one: Disputed) -> str:
    return f"{one.account}/{one.case.dispute}"


def find_dispute(ws: Workspace, name: str) -> Disputed:
    """A dispute by its id, its name, or the account that it is about; an open one before those that are decided.

    Raises RefusedError for none, or several.
    """
    known = disputes(ws, decided=True)
    meant = [one for one in known if name in (one.case.dispute, _whole(one))]
    if not meant and "/" not in name:
        account = find_account(ws, name).account
        meant = [one for one in known if one.account == account]
    found = [one for one in meant if is_open(ws.tip, one.case)] or meant
    if not found:
        raise RefusedError(f"There is no dispute {name}.", hint="See: salesrepo dispute list")
    if len(found) > 1:
        several = ", ".join(one.id for one in found)
        raise RefusedError(f"There are several: {several}.", hint=f"Name one: salesrepo dispute show {found[0].id}")
    return found[0]


def decide(ws: Workspace, name: str, ruling: Ruling, *, dry_run: bool = False) -> tuple[Disputed, Sent]:
    """Decide a dispute; where the claim passes on, it goes in the same proposal with the open deals on it."""
    ground = _ground(ruling.ground)
    sync(ws)
    here = open_workspace(ws.desk)
    try:
        found = find_dispute(here, name)
        refuse_unsent(here, found.account)
        _check_party(found, ruling)
        claim = here.tip.get(CLAIM, account=found.account, layer=found.layer)
        account = here.needed(ACCOUNT, account=found.account)
        if claim is None or claim.status != "held":
            raise RefusedError(f"Nobody holds {found.name} any more.", hint="There is nothing left to decide.")
        decision = Decision(
            dispute=found.case.dispute,
            account=found.account,
            layer=found.layer,
            by=here.me,
            day=here.today,
            holder=ruling.holder,
            ground=ground,
            why=spoken(ruling.why),
            shares=tuple(_share(text) for text in ruling.shares),
            days=ruling.days,
        )
        files: dict[str, bytes | None] = dict([file_of(DECISION, decision)])
        if claim.holder != ruling.holder:
            files |= _passing_on(here, account, claim, ruling.holder)
        return found, send_files(here, f"Decide the dispute about {found.account}", files, dry_run=dry_run)
    finally:
        here.close()


def _check_party(found: Disputed, ruling: Ruling) -> None:
    """Raises RefusedError where it is decided for, or shared with, somebody who is no party to it."""
    parties = found.case.parties
    both = " or ".join(f"{found.names[node]} ({node})" for node in parties)
    if ruling.holder not in parties:
        raise RefusedError(f"{ruling.holder} is no party to it.", hint=f"Decide for {both}: --for {parties[0]}")
    if len(ruling.shares) == 1:
        other = next((node for node in parties if not ruling.shares[0].startswith(f"{node}:")), parties[0])
        hint = f"Name the other one's too: --share {ruling.shares[0]} --share {other}:SHARE"
        raise RefusedError("Two share it, so both shares are said.", hint=hint)


def _passing_on(ws: Workspace, account: Account, claim: Claim, to: str) -> dict[str, bytes | None]:
    territory = territory_of(ws, account, claim.layer)
    provisional = not facts_stand(account, to)
    after = passed(claim, to, day=ws.today, how="decided", territory=territory, provisional=provisional)
    return handing_over(ws, claim, after)


def _proof(ws: Workspace, said: Said, account: Account) -> tuple[str | None, date | None]:
    """The id of the activity that a party means, and the day on which it was logged; the day as told without one.

    Raises RefusedError where the party's log holds none, or it is not accepted yet: the other side could not see it.
    """
    if not said.activity:
        return None, said.day
    proof = named(ws, said.activity, account.account, said.day or ws.today - _LOOKED_BACK).evidence
    if any(proof.id.encode() in (data or b"") for data in ws.outbox.contents().values()):
        raise RefusedError("The activity that you name is not accepted yet.", hint="Send it first: sr submit")
    return proof.id, proof.day


def _disputed_claim(ws: Workspace, account: Account, layer: str) -> Claim:
    held = [claim for claim in claims_on(ws.tip, account.account, layer)]
    if len(held) > 1:
        layers = ", ".join(claim.layer for claim in held)
        raise RefusedError(f"{account.name} is held in several layers: {layers}.", hint="Name one: --layer LAYER")
    if not held:
        raise RefusedError(f"Nobody holds {account.name}.", hint=f"Claim it: sr claim {account.account}")
    return held[0]


def _open_case(ws: Workspace, claim: Claim) -> Case | None:
    """The open dispute about a claim in which the seller is a party; None where they would open one."""
    known = [
        case
        for case in cases(ws.tip, claim.account)
        if is_open(ws.tip, case) and case.opened.layer == claim.layer and ws.me in case.parties
    ]
    if known:
        return known[0]
    if claim.holder == ws.me:
        raise RefusedError("This is your own claim, and nobody disputes it.", hint="See it: sr show LEAD")
    return None


def _statement(ws: Workspace, claim: Claim, case: Case | None, exhibit: Exhibit) -> Statement:
    before = case.said_by(ws.me) if case else None
    if before is not None and exhibit in before.exhibits:
        raise RefusedError("You have shown that already.", hint=f"See it: sr dispute show {claim.account}")
    if before is not None:
        return replace(before, exhibits=(*before.exhibits, exhibit))
    return Statement(
        dispute=case.dispute if case else _new_name(ws, claim.layer),
        account=claim.account,
        layer=claim.layer,
        node=ws.me,
        against=case.opened.node if case else claim.holder,
        day=ws.today,
        exhibits=(exhibit,),
    )


def _new_name(ws: Workspace, layer: str) -> str:
    """A name that no dispute has, with a number where the seller has opened one on this day."""
    taken = {one.case.dispute for one in disputes(ws, decided=True)}
    plain = f"{ws.me}-{ws.today}" + ("" if layer == DEFAULT_LAYER else f"-{layer}")
    return next(name for number in count(1) if (name := plain if number == 1 else f"{plain}-{number}") not in taken)


def _disputed(ws: Workspace, account: Account, case: Case) -> Disputed:
    due = ws.needed(CLAIMS_POLICY).dispute.decided_by(case.opened.day)
    names = {node: ws.who(node) for node in case.parties}
    return Disputed(account.account, account.name, case.opened.layer, case, due, names, case.dispute)


def _ground(text: str) -> Ground:
    found = next((ground for ground in RANKS if ground == text), None)
    if found is None:
        raise UsageError(f"{text or 'That'} is no ground.", hint=f"Choose one of: {', '.join(RANKS)}.")
    return found


def _share(text: str) -> Share:
    node, _, share = text.partition(":")
    if not node or not share:
        raise UsageError(f"{text!r} is no share.", hint="Write it as NODE:SHARE, such as ana-lima:60%.")
    return Share(node=node, share=share if share.endswith("%") else f"{share}%")
