"""`sr amend`: what was learned of an account since it was claimed: by which names, where it is, whose it is."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import get_args

from salesrepo.domain.finding import Finding, Severity
from salesrepo.domain.identity import aliases_of, identify, name_key
from salesrepo.domain.identity.value import IdentityKind
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.alias import ALIAS, Alias
from salesrepo.domain.kinds.territory import TERRITORY, territory_file
from salesrepo.errors import RefusedError, UnavailableError, UsageError
from salesrepo.flows.claims.alike import refuse_twins
from salesrepo.flows.claims.lead import account_files, find_account, refuse_nonsense, territory_of
from salesrepo.flows.claims.own_claim import claims_on, own_account
from salesrepo.flows.here.headings import headings
from salesrepo.flows.here.holdings import refresh_index
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.sending.deliver import judged
from salesrepo.flows.sending.parcels import parcels_of
from salesrepo.flows.sending.sync import sync
from salesrepo.store.edit import Change, edit
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of

_KINDS: Mapping[str, tuple[IdentityKind, ...]] = {
    "domain": ("domain",),
    "number": ("lei", "duns", "vat", "register"),
    "alias": get_args(IdentityKind),
}
_HIGHEST = 20  # companies above one that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the seller typed: facts, further identities, the parent as one types it, and companies it is not.

    Texts and tuples are empty, the headcount None, where nothing was told.
    """

    company: str = ""
    country: str = ""
    region: str = ""
    postal: str = ""
    industry: str = ""
    employees: int | None = None
    domains: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    parent: str = ""
    not_same: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Amended:
    """The account as it is noted now; what is `new` of it, in words; what will be said of that.

    `elsewhere` are the territories in which the account would lie with these facts, where the seller claimed it in
    another (empty text: in none). `like` names a known company that a new name is somewhat like.
    """

    account: Account
    new: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    elsewhere: tuple[str, ...] = ()
    like: str = ""


def amend(ws: Workspace, lead: str, learned: Learned, *, dry_run: bool = False) -> Amended:
    """Note what was learned of an account; facts that decide its territory are unconfirmed again until somebody agrees.

    Raises RefusedError for an account that is not the seller's, for an identity of another account, for what looks
    like another company (until it is said that they are two), and for whatever the rules refuse; UsageError for what
    makes no sense. Nothing is noted then.
    """
    with suppress(UnavailableError):  # whose an identity is, the company knows better than this copy
        sync(ws)
    here = open_workspace(ws.desk)
    try:
        before = _own(here, lead)
        after = _with(here, before, learned)
        new = _new(before, after)
        if not new:
            return Amended(account=before)
        like = refuse_twins(here, after, before=before)
        files = _files(here, before, after)
        findings = _judged(here, files)
        if not dry_run:
            _note(here, files, instead=account_files(here, before))
        return Amended(account=after, new=new, findings=findings, elsewhere=_elsewhere(here, after), like=like)
    finally:
        here.close()


def _own(ws: Workspace, lead: str) -> Account:
    account = own_account(ws, lead)
    if not any(claim.holder == ws.me for claim in claims_on(ws.view, account.account)):
        raise RefusedError(f"You do not hold {account.name}.", hint=f"See whose it is: sr show {account.account}")
    return account


def _note(ws: Workspace, files: Mapping[str, bytes | None], *, instead: Mapping[str, bytes | None]) -> None:
    with ws.desk.busy():
        for path in instead.keys() - files.keys():
            ws.outbox.drop(path)
        for path, data in files.items():
            ws.note(path, data)
        refresh_index(ws)


def _with(ws: Workspace, account: Account, learned: Learned) -> Account:
    parent = _parent(ws, account, learned.parent) if learned.parent else account.parent
    others = {find_account(ws, text).account for text in learned.not_same} - {account.account}
    told = replace(
        account,
        name=spoken(learned.company, most=LINE) or account.name,
        country=learned.country or account.country,
        region=learned.region or account.region,
        postal=learned.postal or account.postal,
        industry=learned.industry or account.industry,
        employees=account.employees if learned.employees is None else learned.employees,
        parent=parent,
        not_same_as=tuple(sorted({*account.not_same_as, *others})),
    )
    told = replace(told, aliases=(*account.aliases, *_identities(ws, account, told, learned)))
    if told.facts() != account.facts():
        stated = None if told.added_by == ws.me else ws.me
        told = replace(told, stated_by=stated, confirmed=None)
    refuse_nonsense(ws, told)
    return told


def _identities(ws: Workspace, before: Account, account: Account, learned: Learned) -> list[str]:
    """The identities that are new: those told, and that of another name or country unless somebody else has it."""
    found = dict.fromkeys(
        _identity(account, text, option)
        for option, texts in (("domain", learned.domains), ("number", learned.numbers), ("alias", learned.aliases))
        for text in texts
    )
    for key in found:
        owner = _owner(ws, key)
        if owner not in ("", account.account):
            raise RefusedError(f"{key} belongs to {_told(ws, owner)}.", hint=f"See whose it is: sr show {owner}")
    if (before.name, before.country) != (account.name, account.country):
        named = aliases_of(account.account, name=account.name, country=account.country)
        found |= dict.fromkeys(key for key in named if _owner(ws, key) in ("", account.account))
    return [key for key in found if key != account.account and key not in before.aliases]


def _identity(account: Account, text: str, option: str) -> str:
    country = account.country or (account.account[2:4].upper() if account.account.startswith("n-") else None)
    found = identify(text, country=country)
    if found.kind not in _KINDS[option]:
        number = "Write an LEI, a VAT number, duns:123456789 or reg:DE:HRB-12345-B."
        hints = {"domain": "Write it as acme.com.", "number": number}
        raise UsageError(f"{text} is no {option}.", hint=f"{hints[option]} For a name or anything else: --alias.")
    return name_key(text, country) if found.kind == "name" and country else found.key


def _owner(ws: Workspace, key: str) -> str:
    if ws.view.get(ACCOUNT, account=key) is not None:
        return key
    lock = ws.view.get(ALIAS, alias=key)
    return lock.account if lock else ""


def _told(ws: Workspace, key: str) -> str:
    known = ws.view.get(ACCOUNT, account=key)
    held = [ws.who(claim.holder) for claim in claims_on(ws.tip, key)]
    whose = f", which {' and '.join(dict.fromkeys(held))} has" if held else ""
    return f"{known.name if known else key} ({key}) already{whose}"


def _parent(ws: Workspace, account: Account, text: str) -> str:
    """The account that is meant as the parent. Raises UsageError for the account itself, or one that is below it."""
    parent = find_account(ws, text)
    at: Account | None = parent
    for _ in range(_HIGHEST):
        if at is None:
            break
        if at.account == account.account:
            same = parent.account == account.account
            what = "itself" if same else f"{parent.name}, which belongs to it"
            raise UsageError(f"{account.name} cannot belong to {what}.", hint="Name the company above it.")
        at = ws.view.get(ACCOUNT, account=at.parent) if at.parent else None
    return parent.account


def _new(before: Account, after: Account) -> tuple[str, ...]:
    """What is new, as one says it: `country DE`, `d-acme.de`, `belongs to d-acme.com`."""
    words = {"parent": "belongs to", "not_same_as": "is not"}
    found = []
    for name in ("name", *before.facts(), "parent"):
        if getattr(before, name) != getattr(after, name):
            found.append(f"{words.get(name, name)} {getattr(after, name)}")
    found += [key for key in after.aliases if key not in before.aliases]
    return (*found, *(f"is not {key}" for key in after.not_same_as if key not in before.not_same_as))


def _files(ws: Workspace, before: Account, after: Account) -> dict[str, bytes | None]:
    path = ACCOUNT.path_of(after)
    blob = ws.tip.blob(path)
    if blob is None:
        return account_files(ws, after)
    data = ws.outbox.read(path) or ws.tip.tree.read(blob.oid, ACCOUNT.cap)
    files: dict[str, bytes | None] = {path: edit(data, _changes(before, after), path=path)}
    fresh = (alias for alias in after.aliases if ws.tip.get(ALIAS, alias=alias) is None)
    files.update(file_of(ALIAS, Alias(alias=alias, account=after.account)) for alias in fresh)
    return files | headings(ws.tip.get(ACCOUNT, account=after.account), after)


def _changes(before: Account, after: Account) -> dict[tuple[str | int, ...], Change]:
    was, now = to_plain(before), to_plain(after)
    return {(name,): now.get(name) for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)}


def _judged(ws: Workspace, files: Mapping[str, bytes | None]) -> tuple[Finding, ...]:
    """What will be said of it. Raises RefusedError with the reason where it would be refused."""
    over = {**ws.outbox.contents(), **files}
    found: list[Finding] = []
    for parcel in parcels_of(over, ws.tip):
        if parcel.files.keys() & files.keys():
            found += [one for one in judged(ws, parcel).report.findings if one.at.path in files]
    errors = [one for one in found if one.severity is Severity.ERROR]
    if errors:
        raise RefusedError(errors[0].message, hint=errors[0].hint or "Leave it out.")
    return tuple(one for one in found if one.severity is not Severity.NOTE)


def _elsewhere(ws: Workspace, account: Account) -> tuple[str, ...]:
    """The territories in which the account would lie, where the seller claimed it in another; empty for nowhere."""
    found = []
    for claim in claims_on(ws.view, account.account):
        if claim.holder != ws.me:
            continue
        try:
            path = territory_of(ws, account, claim.layer)
        except RefusedError:
            path = ""
        if path != claim.territory:
            known = ws.tip.read(TERRITORY, territory_file(path)) if path else None
            found.append(known.name if known else path)
    return tuple(dict.fromkeys(found))
