"""`salesrepo confirm`: vouch for the facts of a company that somebody else wrote down."""

from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.errors import RefusedError
from salesrepo.flows.claims.lead import find_account
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.sending.deliver import Sent
from salesrepo.flows.sending.submit import send_files
from salesrepo.store.edit import edit


def unconfirmed(ws: Workspace) -> tuple[Account, ...]:
    """The accounts on whose facts somebody holds a claim and nobody else has confirmed them."""
    held = {claim.account for _, claim in ws.tip.all(CLAIM, "claims") if claim.status == "held"}
    found = (ws.tip.get(ACCOUNT, account=key) for key in sorted(held))
    return tuple(account for account in found if account is not None and account.confirmed is None)


def confirm(ws: Workspace, text: str, *, dry_run: bool = False) -> Sent:
    """Send the confirmation of an account's facts as they stand, in one's own name.

    Raises RefusedError for an account that is not known, or is confirmed already.
    """
    account = find_account(ws, text)
    path = ACCOUNT.path_of(account)
    blob = ws.tip.blob(path)
    if blob is None:
        raise RefusedError(f"{account.name} is not accepted yet.", hint="Run: salesrepo sync")
    if account.confirmed is not None:
        raise RefusedError(f"{account.name} is confirmed since {account.confirmed.day}.", hint="Nothing is to be done.")
    data = ws.tip.tree.read(blob.oid, ACCOUNT.cap)
    vouched: dict[str, object] = {"by": ws.me, "day": ws.today.isoformat(), "how": "review"}
    files = {path: edit(data, {("confirmed",): vouched}, path=path)}
    return send_files(ws, f"Confirm {account.name}", files, dry_run=dry_run)


def sell_apart(ws: Workspace, text: str, others: tuple[str, ...], *, dry_run: bool = False) -> Sent:
    """Say that an account is sold to apart from others of its family, so that nobody is asked about it again."""
    account = find_account(ws, text)
    path = ACCOUNT.path_of(account)
    blob = ws.tip.blob(path)
    if blob is None:
        raise RefusedError(f"{account.name} is not accepted yet.", hint="Run: salesrepo sync")
    new = [key for other in others if (key := find_account(ws, other).account) not in account.sold_apart_from]
    if not new:
        raise RefusedError(f"{account.name} is sold to apart from them already.", hint="Nothing is to be done.")
    data = ws.tip.tree.read(blob.oid, ACCOUNT.cap)
    keys: list[object] = [*account.sold_apart_from, *new]
    files = {path: edit(data, {("sold_apart_from",): keys}, path=path)}
    return send_files(ws, f"Sell to {account.name} apart", files, dry_run=dry_run)
