"""`sr pay if DEAL`: which deal is meant, how does it stand if it is won, and what does it pay then?"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from salesrepo.checks.handles import handle_in
from salesrepo.domain.holding import deal_names
from salesrepo.domain.kinds.deal import CLOSER, DEAL, Deal
from salesrepo.domain.kinds.policy_roles import ROLES_POLICY
from salesrepo.domain.money import group_amount, parse_amount
from salesrepo.domain.pay_change import WouldPay
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.books.estimate import Estimate, estimate, place_of_copy, would_change
from salesrepo.flows.books.pay import check_knows_pay
from salesrepo.flows.claims.lead import find_account
from salesrepo.flows.deals.crediting import with_owed
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.store.gate import read_documents
from salesrepo.store.ledger import Ledger
from salesrepo.store.model import validate
from salesrepo.store.records import file_of

_ORDER = "estimate"  # stands where the customer's reference will
_ACCOUNT = "d-example.com"


def find_any_deal(ws: Workspace, text: str) -> Deal:
    """The deal that an id, a handle or an account means, as it is noted here; of an account the one that is open.

    Raises RefusedError for none or several.
    """
    wanted = text.strip()
    exact = _by_id(ws, wanted)
    if exact is not None:
        return exact
    lead, slash, _ = wanted.partition("/")
    account = find_account(ws, lead if slash and "://" not in wanted else wanted).account
    folder = DEAL.path.fill(account=account, deal="x").rsplit("/", 1)[0]
    deals = [deal for _, deal in ws.view.all(DEAL, folder)]
    if slash and "://" not in wanted:
        found = [deal for deal in deals if wanted.casefold().partition("/")[2] in _numbers(deal)]
    else:
        found = [deal for deal in deals if deal.is_open] or deals[-1:]
    if len(found) == 1:
        return found[0]
    if found:
        several = " or ".join(handle_in(ws.view, deal) for deal in found)
        raise RefusedError(f"{wanted} could be {several}.", hint="Name one of them.")
    raise RefusedError(f"There is no deal {wanted}.", hint=f"See what there is: sr show {lead}")


def estimate_deal(ws: Workspace, text: str, *, signed: str = "") -> Estimate:
    """What a deal pays if it is won today, or on the ISO day `signed`: its own outbox included, with what it owes.

    Raises RefusedError for a deal that is unknown, ended, without a price, or that nobody in it has a plan for.
    """
    check_knows_pay(ws)
    deal = find_any_deal(ws, text)
    handle = handle_in(ws.view, deal)
    accepted = ws.tip.get(DEAL, account=deal.account, deal=deal.deal)
    if accepted is not None and accepted.stage == "won":
        raise RefusedError(f"{handle} is won already; {_paid(ws, deal)}", hint=f"See why: sr pay why {handle}")
    if deal.stage == "lost":
        raise RefusedError(f"{handle} is noted as lost.", hint="A deal that is lost pays nothing.")
    if not any(parse_amount(line.price, deal.currency) for line in deal.lines):
        raise RefusedError(f"{handle} has no price yet.", hint=f"Say it: sr log deal {handle} --price PRICE")
    day = date.fromisoformat(signed) if signed else deal.signed or ws.today
    return _planned(ws, with_owed(ws, replace(deal, stage="won", signed=day, order=deal.order or _ORDER)))


def estimate_file(ws: Workspace, path: Path, *, signed: str = "") -> Estimate:
    """What a deal in a file (YAML or JSON) would pay, which is recorded nowhere; only its `lines` must be there.

    Who is credited, the currency, the day and the rest stand as they would in a new deal of whoever asks. Raises
    RecordError for what is no deal.
    """
    try:
        data = path.read_bytes()
    except OSError as gone:
        raise UsageError(f"{path} cannot be read: {gone.strerror}.", hint="Name a file that holds a deal.") from None
    (plain,) = read_documents(data, path=path.name, cap=DEAL.cap)
    deal = validate(DEAL, _filled(ws, plain, signed), path=path.name)
    if not any(parse_amount(line.price, deal.currency) for line in deal.lines):
        raise RefusedError("The deal has no price.", hint="Write lines: with product, quantity and price.")
    return _planned(ws, deal)


def pays(ws: Workspace, deal: Deal) -> WouldPay:
    """Whose pay a deal changes, as it is noted here, once it is accepted."""
    path, data = file_of(DEAL, deal)
    return would_change(ws, {path: data})


def sees_all(ws: Workspace) -> bool:
    """Whether whoever asks looks at other people's pay: finance, and those whose word it needs."""
    policy, me = ws.needed(ROLES_POLICY), ws.node(ws.me)
    roles = set(me.roles_on(ws.today)) if me else set()
    return bool(roles & {*policy.write.finance, *policy.review.pay})


def _planned(ws: Workspace, deal: Deal) -> Estimate:
    found = estimate(place_of_copy(ws), deal, now=ws.desk.now)
    if found.planless and not found.passed and not any(line.plan for line in found.lines):
        names = " and ".join(ws.who(payee) for payee in found.planless)
        message = f"No plan pays {names} for a deal signed on {deal.signed}."
        raise RefusedError(message, hint="Ask finance from which day a plan holds.")
    return found


def _by_id(ws: Workspace, text: str) -> Deal | None:
    account = text.rpartition("-")[0]
    place = DEAL.path.match(DEAL.path.fill(account=account, deal=text)) if account else None
    return ws.view.get(DEAL, account=account, deal=text) if place else None


def _numbers(deal: Deal) -> set[str]:
    return {name.partition("/")[2] for name in deal_names(deal.account, deal.deal) if "/" in name} | {deal.deal}


def _paid(ws: Workspace, deal: Deal) -> str:
    """What a won deal has paid, as the end of a sentence."""
    tip = ws.objects.tip(SEEN_LEDGER)
    lines = Ledger(ws.objects, tip).of_deal(deal.deal).lines if tip else ()
    mine = [line for line in lines if sees_all(ws) or line.payee == ws.me]
    if not mine:
        return "nothing of it is booked for you yet."
    sums: dict[tuple[str, str], int] = {}
    for line in mine:
        sums[line.payee, line.currency] = sums.get((line.payee, line.currency), 0) + line.amount
    told = (f"{group_amount(total, money)} {money} to {ws.who(payee)}" for (payee, money), total in sums.items())
    return f"it paid {', '.join(told)}."


def _filled(ws: Workspace, plain: dict[str, Any], signed: str) -> dict[str, Any]:
    day = signed or str(plain.get("signed") or ws.today)
    account = plain.get("account") or _ACCOUNT
    node = plain.get("node") or ws.me
    return {
        "deal": f"{account}-{_ORDER}",
        "account": account,
        "node": node,
        "opened": day,
        "currency": ws.settings.currency,
        "credits": [{"node": node, "role": CLOSER, "share": "100%"}],
        "order": _ORDER,
        **plain,
        "stage": "won",
        "signed": day,
    }
