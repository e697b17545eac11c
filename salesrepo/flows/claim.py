"""`sr claim`: is this lead free, and may I have it?"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

from salesrepo.checks.handles import accounts_of
from salesrepo.domain.finding import Severity
from salesrepo.domain.holding import Lease, lead_among, short_key
from salesrepo.domain.identity import Identity as Known
from salesrepo.domain.identity import aliases_of, identify, name_key
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.alias import ALIAS, Alias
from salesrepo.domain.kinds.claim import CLAIM, DEFAULT_LAYER, Claim
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY
from salesrepo.domain.lease_words import kept_words
from salesrepo.errors import RefusedError, UnavailableError, UsageError
from salesrepo.flows.admission import refuse_outsider
from salesrepo.flows.alike import refuse_twins, told_apart
from salesrepo.flows.deliver import Sent, judged
from salesrepo.flows.headings import headings
from salesrepo.flows.holdings import lease_of, refresh_index
from salesrepo.flows.parcels import parcels_of
from salesrepo.flows.queue import leaving
from salesrepo.flows.spoken import LINE, spoken
from salesrepo.flows.submit import submit
from salesrepo.flows.sync import look_around, sync
from salesrepo.flows.taking import Wish, over_noted, standing_up, wanted_claim
from salesrepo.flows.workspace import Workspace, open_workspace
from salesrepo.store.model import problems
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of
from salesrepo.territory.area import areas
from salesrepo.territory.codes import Codes, codes_of
from salesrepo.territory.facts import Reason, locate
from salesrepo.territory.place import find

_TOLD = ("country", "region", "postal", "industry", "employees")
_OWN_FOLDER = ACCOUNT.path.text.count("/") + 1  # a shard is two folders
Answer = Literal["yours", "taken", "under_review", "noted", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What the seller told of a lead: the text that names it, and facts of the company where they know them.

    `not_same` are companies, as one types them, that it looks like and is not.
    """

    text: str
    company: str = ""
    country: str = ""
    region: str = ""
    postal: str = ""
    industry: str = ""
    employees: int | None = None
    layer: str = DEFAULT_LAYER
    note: str = ""
    not_same: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def wish(self) -> Wish:
        """What is wanted of it. Raises UsageError for evidence that is none."""
        return Wish(self.layer, self.evidence, self.note)

    def differs(self, account: Account | None) -> tuple[str, ...]:
        """The options that told of the company what the account does not say; none for no account."""
        if account is None:
            return ()
        told = (("company", "name"), *((name, name) for name in _TOLD))
        given = [(option, getattr(self, option), getattr(account, field)) for option, field in told]
        return tuple(f"--{option}" for option, now, was in given if now not in ("", None, was))


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer to a claim. `holder` and `since` are set where somebody has it; `sent` where it went out.

    `unused` are options that told what is known otherwise already, and changed nothing.
    `kept` says how long it is the seller's, and why, where it is or would be; `lease` the same as data. `proves`: the
    seller had it reserved, and now there is evidence. `like` names a
    known company that a new one is somewhat like; where it is very like, there is no answer but a question
    (RefusedError).
    """

    answer: Answer
    account: str
    name: str
    until: date | None = None
    since: date | None = None
    holder: str = ""
    provisional: bool = False
    sent: Sent | None = None
    reason: str = ""
    like: str = ""
    kept: str = ""
    proves: bool = False
    lease: Lease | None = None
    changed: bool = False
    unused: tuple[str, ...] = ()


def claim(ws: Workspace, lead: Lead, *, later: bool = False, dry_run: bool = False) -> Answered:
    """Answer at once, and send the claim where the lead is free (with `later`: only note it).

    Raises RefusedError where the text could be several accounts, lacks what names a company, or names a new one that
    looks like a known one and it is not said (`Lead.not_same`) that they are two.
    """
    wish = lead.wish
    offline = "" if later else _freshen(ws)
    here = open_workspace(ws.desk)
    try:
        refuse_outsider(here)
        account = account_meant(here, lead)
        before = _noted(here, account)
        standing = _standing(here, before or account, lead.layer)
        own = _reserved(here, account, wish) if standing and standing.answer == "yours" else None
        if standing is not None and own is None:
            words = ("--evidence",) if wish.evidence else ("-m",) if wish.note else ()
            return replace(standing, unused=(*lead.differs(before or account), *words))
        like = ""
        if own is not None:
            wanted = standing_up(here, own, wish)
            files: dict[str, bytes | None] = dict((file_of(CLAIM, wanted),))
        else:
            account = told_apart(here, account, [find_account(here, text) for text in lead.not_same])
            like = refuse_twins(here, account)
            files, wanted = _files(here, account, over_noted(here, account.account, wish))
        known = here.tip.get(ACCOUNT, account=account.account)
        told = partial(replace, like=like, proves=own is not None, unused=lead.differs(known))
        if dry_run:
            return told(_would(here, account, wanted, files))
        with here.desk.busy():
            for path in account_files(here, before).keys() - files.keys() if before else ():
                here.outbox.drop(path)
            for path, data in files.items():
                here.outbox.rebase(path, here.base_of(path))  # what is asked for today rests on main as it is today
                here.note(path, data)
            refresh_index(here)
        if later or offline:
            return told(_answer("noted", account, wanted, here, reason=offline, changed=True))
        return told(_sent(here, account, wanted))
    finally:
        here.close()


def find_account(ws: Workspace, text: str) -> Account:
    """A known account by key, domain, e-mail, register number, alias or name. Raises RefusedError for none."""
    found = _known(ws, Lead(text=text))
    if found is None:
        found = _by_beginning(ws, text.strip().lower())
    if found is None and any(mark in text for mark in ".@:"):
        found = _by_key(ws, identify(text).key)
    if found is None:
        raise RefusedError(
            f"{text} is not known here.", hint="If it is a new lead: sr claim LEAD. What is new: sr sync"
        )
    return found


def known_exactly(ws: Workspace, text: str) -> Account | None:
    """The account whose key, alias or name a text is, or None. Raises RefusedError where several are called so."""
    return _known(ws, Lead(text=text)) or (
        _by_key(ws, identify(text).key) if any(mark in text for mark in ".@:") else None
    )


def _by_beginning(ws: Workspace, text: str) -> Account | None:
    begun = [
        path.rsplit("/", 1)[1].removesuffix(".yml")
        for path in ws.tip.paths("accounts")
        if path.count("/") == _OWN_FOLDER
    ]
    found = [key for key in begun if key.partition("-")[2].startswith(text) or short_key(key).startswith(text)]
    if len(found) > 1:
        raise RefusedError(f"{text} could be several accounts: {', '.join(found[:8])}.", hint="Type a little more.")
    return _by_key(ws, found[0]) if found else None


def _freshen(ws: Workspace) -> str:
    try:
        sync(ws)
    except UnavailableError as away:
        return away.message.removesuffix(".")
    return ""


def account_meant(ws: Workspace, lead: Lead) -> Account:
    """The account that the text means: one that is known by key, alias or name, or a new one.

    Of one that main does not know yet, what is told now counts over what was noted before.
    """
    if not lead.text.strip():
        raise UsageError("Which lead?", hint="Type its domain, or its name with --country.")
    known = _known(ws, lead)
    if known is None:
        named: Known = identify(lead.text, country=lead.country or None)
        known = _by_key(ws, named.key)
        if known is None:
            return _told(
                ws,
                lead,
                Account(account=named.key, name=spoken(named.shown, most=LINE), added_by=ws.me, added=ws.today),
            )
    accepted = ws.tip.get(ACCOUNT, account=known.account) is not None
    return known if accepted or not lead.differs(known) else _told(ws, lead, known)


def _told(ws: Workspace, lead: Lead, account: Account) -> Account:
    name = spoken(lead.company, most=LINE) if lead.company else account.name
    country = lead.country or account.country
    aliases = aliases_of(account.account, name=name, country=country)
    new = replace(
        account,
        name=name,
        country=country,
        region=lead.region or account.region,
        postal=lead.postal or account.postal,
        industry=lead.industry or account.industry,
        employees=account.employees if lead.employees is None else lead.employees,
        aliases=tuple(alias for alias in aliases if ws.tip.get(ALIAS, alias=alias) is None),
    )
    _refuse_nonsense(new, codes_of(ws.needed(TERRITORY_POLICY)))
    return new


def _noted(ws: Workspace, account: Account) -> Account | None:
    """The account as it was noted, where main does not know it yet."""
    return None if ws.tip.get(ACCOUNT, account=account.account) else ws.view.get(ACCOUNT, account=account.account)


def _refuse_nonsense(account: Account, codes: Codes) -> None:
    wrong = problems(ACCOUNT, to_plain(account))
    if wrong:
        raise UsageError(wrong[0][1], hint="Correct it, or leave it out.")
    where = locate(account, codes)
    if isinstance(where, Reason):
        raise UsageError(where.message, hint=where.hint)


def _known(ws: Workspace, lead: Lead) -> Account | None:
    """An account known by exactly this key, or by this name in any country (several: the seller must say which)."""
    text = lead.text.strip().lower()
    exact = _by_key(ws, text) if text and "/" not in text and " " not in text and not text.startswith(".") else None
    if exact is not None or "." in text or "@" in text or ":" in text:
        return exact
    if lead.country:
        return _by_key(ws, name_key(lead.text, lead.country))
    slug = name_key(lead.text, "US").split("-", 2)[2]
    keys = {path.rsplit("/", 1)[1].removesuffix(".yml") for path in ws.tip.paths("accounts") if path.endswith(".yml")}
    named = [key for key in keys if key.startswith("n-") and key.split("-", 2)[2] == slug]
    found = {a.account: a for key in named if (a := _by_key(ws, key))}
    if len(found) > 1:
        several = ", ".join(f"{a.account} ({a.country or 'country unknown'})" for a in found.values())
        raise RefusedError(f"{lead.text} could be several accounts: {several}.", hint="Type the one you mean.")
    return next(iter(found.values()), None)


def _by_key(ws: Workspace, key: str) -> Account | None:
    try:
        found = ws.view.get(ACCOUNT, account=key)
        lock = None if found else ws.view.get(ALIAS, alias=key)
    except KeyError:
        return None
    return found or (ws.view.get(ACCOUNT, account=lock.account) if lock else None)


def _standing(ws: Workspace, account: Account, layer: str) -> Answered | None:
    """The answer where somebody, or the seller, has it already or asked first; None where it is free."""
    held = ws.tip.get(CLAIM, account=account.account, layer=layer)
    if held and held.status == "held" and held.until >= ws.today:
        answer: Answer = "yours" if held.holder == ws.me else "taken"
        return _answer(answer, account, held, ws)
    path = CLAIM.path.fill(account=account.account, layer=layer)
    item = ws.outbox.item(path)
    on_its_way = item and item.state == "sent" and item.proposal
    noted = ws.view.get(CLAIM, account=account.account, layer=layer) if on_its_way else None
    if noted and noted.holder == ws.me:
        return _answer("under_review", account, noted, ws, reason="Your own claim is being looked at.")
    return None


def _reserved(ws: Workspace, account: Account, wish: Wish) -> Claim | None:
    """The seller's own reserved claim, where there is evidence for it now."""
    held = ws.tip.get(CLAIM, account=account.account, layer=wish.layer)
    return held if held and held.standing == "reserved" and wish.evidence else None


def _files(ws: Workspace, account: Account, wish: Wish) -> tuple[dict[str, bytes | None], Claim]:
    before = ws.tip.get(CLAIM, account=account.account, layer=wish.layer)
    wanted = wanted_claim(ws, account, wish, territory_of(ws, account, wish.layer))
    files = {**account_files(ws, account), **leaving(ws, account.account, wish.layer)}
    files.update([file_of(CLAIM, wanted)])
    files.update([file_of(HOLD, Hold(node=ws.me, account=account.account, layer=wish.layer))])
    if before and before.status == "held" and before.holder != ws.me:
        files[HOLD.path.fill(node=before.holder, account=account.account, layer=wish.layer)] = None
    return files, wanted


def account_files(ws: Workspace, account: Account) -> dict[str, bytes | None]:
    """An account that main does not know yet, with its locks and pointers; nothing for one that it knows."""
    if ws.tip.get(ACCOUNT, account=account.account) is not None:
        return {}
    files: dict[str, bytes | None] = dict([file_of(ACCOUNT, account)])
    files.update(file_of(ALIAS, Alias(alias=alias, account=account.account)) for alias in account.aliases)
    return files | headings(None, account)


def territory_of(ws: Workspace, account: Account, layer: str) -> str:
    """The territory in which an account lies today. Raises UsageError for an unknown layer, RefusedError for none."""
    policy = ws.needed(TERRITORY_POLICY)
    if layer not in policy.layers:
        raise UsageError(f"There is no layer {layer}.", hint=f"Choose one of: {', '.join(policy.layers)}.")
    locks = [lock for lock in (ws.tip.get(NAMED_ACCOUNT, account=account.account, layer=layer),) if lock]
    known = areas((value for _, value in ws.tip.all(TERRITORY, "territories")), codes_of(policy))
    found = find(known, account, key=account.account, layer=layer, day=ws.today, named=locks)
    if found is None:
        raise RefusedError(
            f"{account.name} lies in no territory of the layer {layer}.",
            hint="Tell more of it (--country, --region, --postal, --industry, --employees), or ask sales operations.",
        )
    return found


def _would(ws: Workspace, account: Account, wanted: Claim, files: dict[str, bytes | None]) -> Answered:
    """What the rules would say, without anything noted."""
    parcel = parcels_of(files, ws.tip)[0]
    errors = judged(ws, parcel).report.of(Severity.ERROR)
    if not errors:
        return _answer("noted", account, wanted, ws)
    sent = Sent(parcel.title, "refused", tuple(files), findings=errors, reason=errors[0].message)
    return _answer("refused", account, wanted, ws, sent=sent, reason=sent.reason)


def _sent(ws: Workspace, account: Account, wanted: Claim) -> Answered:
    try:
        result = next(iter(submit(ws, only=account.account).parcels), None)
    except UnavailableError as away:
        return _answer("noted", account, wanted, ws, reason=away.message.removesuffix("."), changed=True)
    fate = result.fate if result else ""
    if fate in ("refused", "conflict", "waiting"):
        look_around(ws)  # who was first is known to the company, and perhaps not here yet
    after = open_workspace(ws.desk)
    try:
        if fate == "accepted":
            return _answer("yours", account, wanted, after, sent=result, changed=True)
        taken = _standing(after, account, wanted.layer)
        if taken and taken.answer == "taken":
            _forget(after, result.paths if result else ())
            return taken
        if taken and taken.answer == "yours" and fate != "refused":
            return replace(taken, changed=True)
        if result and fate in ("refused", "conflict"):
            return _answer("refused", account, wanted, after, sent=result, reason=result.reason)
        reason = result.reason if result else ""
        return _answer("under_review", account, wanted, after, sent=result, reason=reason, changed=True)
    finally:
        after.close()


def _forget(ws: Workspace, paths: tuple[str, ...]) -> None:
    """A lead that somebody else has was answered for at once, as if it had been taken before: nothing comes back."""
    with ws.desk.busy():
        for path in paths:
            ws.outbox.drop(path)
        refresh_index(ws)


def _answer(
    answer: Answer,
    account: Account,
    claim: Claim,
    ws: Workspace,
    *,
    sent: Sent | None = None,
    reason: str = "",
    changed: bool = False,
) -> Answered:
    lease = lease_of(ws, claim) if claim.holder == ws.me else None
    name, today = lead_among(account.account, accounts_of(ws.view, ws.me)), ws.today.isoformat()
    return Answered(
        answer=answer,
        account=account.account,
        name=account.name,
        until=claim.until,
        kept=kept_words(lease, name=name, today=today) if lease else "",
        lease=lease,
        since=claim.since,
        holder=ws.who(claim.holder),
        provisional=claim.provisional and account.confirmed is None,
        sent=sent,
        reason=reason,
        changed=changed,
    )
