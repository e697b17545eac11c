"""Does a new lead look like a company that is known already? Asked before anything is noted."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from salesrepo.checks.alike import Alike, alike_domains, alike_labels, alike_names
from salesrepo.domain.identity import name_key
from salesrepo.domain.identity.blocks import domains_of, same_headline
from salesrepo.domain.identity.likeness import ASKED, same_name
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.snapshot import Snapshot
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.here.workspace import Workspace

Look = Callable[[Snapshot, Account, str], tuple[Alike, ...]]


def told_apart(ws: Workspace, account: Account, others: Iterable[Account]) -> Account:
    """The account of a new lead with the companies that the seller says it is not.

    Raises UsageError where the account is known already: for one of those, a maintainer writes `not_same_as`.
    """
    keys = {other.account for other in others} - {account.account}
    if not keys:
        return account
    if not _is_new(ws, account):
        raise UsageError(f"{account.name} is known already.", hint="Leave --not-same out; it is for a new company.")
    return replace(account, not_same_as=tuple(sorted({*account.not_same_as, *keys})))


def refuse_twins(ws: Workspace, account: Account, *, before: Account | None = None) -> str:
    """Whose name is somewhat like that of a new lead (`Accenture (d-accenture.com)`), empty for nobody's.

    Of a company that is known (`before`) only a new domain, or another name, is asked about.
    Raises RefusedError where it is so like a known company, by name or by the look of its domain, that it may be it,
    and nobody has said that they are two. (Of the very same name a reviewer is asked without that.)
    """
    if before is None and not _is_new(ws, account):
        return ""
    again = before is not None
    known = domains_of(before) if before else ()
    for domain, found in _domains(ws, account, alike_domains, but=known):
        if called_so := _called_so(ws, account):
            raise _question(called_so, f"{account.name} may be", again=again)
        raise _question(found.account, f"{domain} looks like {found.domain} of", again=again)
    for domain, found in _domains(ws, account, alike_labels, but=known):
        if not same_name(account, found.account):
            raise _question(found.account, f"{domain} may be the same as {found.domain} of", again=again)
    if before and same_headline(before, account):
        return ""
    if (namesake := _namesake(ws, account)) is not None:
        raise _question(namesake, f"{account.name} may be", again=again)
    names = [found for found in alike_names(ws.view, account) if not _apart(account, found.account)]
    for found in names:
        if found.score >= ASKED and not same_name(account, found.account):
            raise _question(found.account, f"{account.name} may be", again=again)
    return _called(names[0].account) if names else ""


def _namesake(ws: Workspace, account: Account) -> Account | None:
    """The company of the same country that is called as the domain of one that is known by its domain alone."""
    if account.country is None or account.account != f"d-{account.name}":
        return None
    try:
        key = name_key(account.name.partition(".")[0], account.country)
    except RefusedError:
        return None
    lock = ws.tip.get(ALIAS, alias=key)
    other = ws.tip.get(ACCOUNT, account=lock.account if lock else key)
    return None if other is None or _apart(account, other) else other


def _called_so(ws: Workspace, account: Account) -> Account | None:
    """A company of the very same name: where a question is asked anyway, it is the likelier one."""
    alike = (found.account for found in alike_names(ws.view, account))
    return next((one for one in alike if same_name(account, one) and not _apart(account, one)), None)


def _is_new(ws: Workspace, account: Account) -> bool:
    return ws.tip.get(ACCOUNT, account=account.account) is None


def _domains(ws: Workspace, account: Account, look: Look, *, but: Collection[str]) -> Iterator[tuple[str, Alike]]:
    for domain in domains_of(account):
        if domain in but:
            continue
        for found in look(ws.view, account, domain):
            if not _apart(account, found.account):
                yield domain, found


def _apart(account: Account, other: Account) -> bool:
    return other.account in account.not_same_as or account.account in other.not_same_as


def _called(account: Account) -> str:
    return f"{account.name} ({account.account})"


def _question(other: Account, what: str, *, again: bool) -> RefusedError:
    same = "tell sales operations, who make two accounts one" if again else f"sr claim {other.account}"
    return RefusedError(
        f"{what} {_called(other)}, which is known here.",
        hint=f"If it is: {same}. If it is another company, add: --not-same {other.account}",
    )
