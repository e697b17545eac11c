"""Which account does a text mean, new or known, what is told of it, and in which territory does it lie?"""

from dataclasses import dataclass, replace

from salesrepo.checks.personal import held
from salesrepo.domain.holding import short_key
from salesrepo.domain.identity import Identity as Known
from salesrepo.domain.identity import aliases_of, identify, name_key
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.alias import ALIAS, Alias
from salesrepo.domain.kinds.claim import DEFAULT_LAYER
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY
from salesrepo.domain.kinds.territory import TERRITORY
from salesrepo.errors import RefusedError, SalesRepoError, UsageError
from salesrepo.flows.claims.taking import Wish
from salesrepo.flows.here.headings import headings
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace
from salesrepo.store.model import problems
from salesrepo.store.plain import to_plain
from salesrepo.store.records import file_of
from salesrepo.territory.area import areas
from salesrepo.territory.codes import codes_of
from salesrepo.territory.facts import Reason, locate
from salesrepo.territory.place import find

_CODE = 2  # letters of a country code
_ANYWHERE = "ZZ"  # a country that is none, to see whether a text is a name
_TOLD = ("country", "region", "postal", "industry", "employees")
_OWN_FOLDER = ACCOUNT.path.text.count("/") + 1  # a shard is two folders


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


def lacking(ws: Workspace, lead: Lead) -> tuple[str, ...]:
    """What a new lead must still say of itself: `company`, `country`; nothing for one that is known, or is no lead."""
    try:
        named: Known = identify(lead.text, country=lead.country or _ANYWHERE)
        if _known(ws, lead) is not None or _by_key(ws, named.key) is not None:
            return ()
    except SalesRepoError:
        return ()
    wanted = ("country",) if named.kind == "name" else ("company", "country")
    return tuple(name for name in wanted if not getattr(lead, name))


def country_told(ws: Workspace, text: str) -> str:
    """The code of a country. Raises UsageError for anything else."""
    code = text.strip().upper()
    refuse_nonsense(ws, Account(account="d-example.com", name="-", country=code, added_by=ws.me, added=ws.today))
    return code


def account_meant(ws: Workspace, lead: Lead) -> Account:
    """The account that the text means: one that is known by key, alias or name, or a new one.

    Of one that main does not know yet, what is told now counts over what was noted before.
    """
    if not lead.text.strip():
        raise UsageError("Which lead?", hint="Type its domain, or its name with --country.")
    if lead.country and not (len(lead.country) == _CODE and lead.country.isascii() and lead.country.isalpha()):
        raise UsageError(f"{lead.country} is no country code.", hint="Write its two letters, such as DE.")
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
        aliases=tuple(alias for alias in aliases if not _is_taken(ws, alias)),
    )
    refuse_nonsense(ws, new)
    return new


def _is_taken(ws: Workspace, key: str) -> bool:
    return ws.tip.get(ALIAS, alias=key) is not None or ws.tip.get(ACCOUNT, account=key) is not None


def find_account(ws: Workspace, text: str) -> Account:
    """A known account by key, domain, e-mail, register number, alias or name. Raises RefusedError for none."""
    found = _known(ws, Lead(text=text))
    if found is None:
        found = _by_beginning(ws, text.strip().lower())
    if found is None and any(mark in ".@:" or mark.isdigit() for mark in text):
        found = _by_identity(ws, text)
    if found is None:
        raise RefusedError(
            f"{'This address or number' if held(text) else text} is not known here.",
            hint="If it is a new lead: sr claim LEAD. What is new: sr sync",
        )
    return found


def _by_identity(ws: Workspace, text: str) -> Account | None:
    try:
        return _by_key(ws, identify(text).key)
    except RefusedError:  # what is no identity can still be looked for, and is not known
        return None


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


def refuse_nonsense(ws: Workspace, account: Account) -> None:
    """Raises UsageError for facts that no record may hold, or that name no place or industry there is."""
    codes = codes_of(ws.needed(TERRITORY_POLICY))
    wrong = problems(ACCOUNT, to_plain(account))
    if wrong:
        raise UsageError(wrong[0][1], hint="Correct it, or leave it out.")
    where = locate(account, codes)
    if isinstance(where, Reason):
        raise UsageError(where.message, hint="Correct what you told of it, or leave it out.")


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
