"""A story as its file tells it, as the records of a company: what it leaves out is the plainest there is.

A plan or a component need only say what the story is about, and `PLAIN` has the rest; `example` names one of those in
`examples/plans`. Deals are called `acme-1` for `d-acme.com-1`, are won on the day of their merge in the company's
currency, and are sold by whom `credits` names.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.adjustment import ADJUSTMENT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.fx import FX_RATES
from salesrepo.domain.kinds.metric import METRIC
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.kinds.plan import PLAN
from salesrepo.domain.kinds.product import PRODUCT
from salesrepo.domain.kinds.quota import QUOTA
from salesrepo.domain.record import TABLE_CAP, Kind
from salesrepo.store.emit import emit
from salesrepo.store.gate import read_documents
from salesrepo.store.model import validate
from tests.helpers.history import Merged

Plain = dict[str, Any]

EXAMPLES = Path(__file__).parents[2] / "examples" / "plans"

PLAIN: Plain = {
    "effective": "2027-01-01",
    "title": "A plan",
    "summary": "What the story is about.",
    "paid": "month",
    "version_by": "signed",
    "fx": "refuse",
    "pay_in": "plan",
    "running_totals": "continue",
    "pay": {},
}
PLAIN_PAY: Plain = {
    "draws": [],
    "negative": {"carry": "next_period", "limit": "none", "written_off_by": "finance"},
    "leaving": {"unreleased": {"otherwise": "pay"}, "residuals": "stop", "owed": "written_off"},
}
PLAIN_COMPONENT: Plain = {"says": "What is paid.", "lines": "event", "release": "at_once", "reversal": "none"}
_KINDS = ("ordered", "invoiced", "paid", "refunded", "cancelled")
_NO_COMMIT, _NO_DIGEST = "0" * 40, "0" * 64


class Story:
    """One story: its text, and the records that it comes to."""

    def __init__(self, path: Path) -> None:
        (read,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
        self.said: Plain = read
        self.currency: str = self.said.get("currency", "USD")
        self.founded = date.fromisoformat(self.said.get("founded", "2026-12-01"))
        self._payments: dict[str, int] = {}
        self._rates: dict[tuple[str, str], Plain] = {}

    def plans(self) -> Iterator[Plain]:
        """Every plan version of the story, whole, those that a merge brings too."""
        yield from map(self._plan, self.said["plans"])
        for merge in self.said["merges"]:
            yield from map(self._plan, merge.get("plans", ()))

    def root(self) -> dict[str, bytes]:
        """What the company begins with."""
        files = {"salesrepo.yml": self._settings()}
        for name, policy in self.said.get("policy", {}).items():
            files[f"policy/{name}.yml"] = emit(policy)
        for number, (node, said) in enumerate(self.said["people"].items(), 1):
            files |= self._node(node, said, number)
        for sku, said in {"pro": {}, **self.said.get("products", {})}.items():
            files |= self._product(sku, said)
        for plan in map(self._plan, self.said["plans"]):
            files |= _file(PLAN, plan)
        for account, holder in self.said.get("claims", {}).items():
            files |= _claim(account, holder)
        for account, facts in self.said.get("accounts", {}).items():
            named = {"account": f"d-{account}.com", "name": account.title(), "added_by": "fin", "added": "2026-12-01"}
            files |= _file(ACCOUNT, named | facts)
        return files

    def merges(self) -> Iterator[Merged]:
        """What main takes in, merge by merge."""
        for said in self.said["merges"]:
            for period in _listed(said.get("close", ())):
                close = {"period": period, "prepared_by": "fin", "through": _NO_COMMIT, "digest": _NO_DIGEST}
                yield Merged(_day_after(period), _file(CLOSE, close))
            if "day" in said:
                yield Merged(date.fromisoformat(said["day"]), dict(self._files(said)))

    def _files(self, said: Plain) -> Iterator[tuple[str, bytes | None]]:
        day = said["day"]
        for deal in said.get("deals", ()):
            yield from self._deal(deal, day).items()
        for deal in said.get("removed", ()):
            yield DEAL.path.fill(account=_account(deal), deal=_deal(deal)), None
        for payment in said.get("billing", ()):
            yield from self._payment(payment, day).items()
        for node, terms in said.get("people", {}).items():
            yield from self._node(node, terms, 1 + [*self.said["people"], node].index(node)).items()
        for plan in map(self._plan, said.get("plans", ())):
            yield from _file(PLAN, plan).items()
        for account, holder in said.get("claims", {}).items():
            yield from _claim(account, holder).items()
        yield from self._tables(said)
        for number, given in enumerate(said.get("adjustments", ()), 1):
            plain = {"adjustment": f"{day}-{number}", "currency": self.currency, "day": day, **given}
            yield from _file(ADJUSTMENT, plain | ({"deal": _deal(given["deal"])} if "deal" in given else {})).items()

    def _tables(self, said: Plain) -> Iterator[tuple[str, bytes | None]]:
        for quota, windows in said.get("quotas", {}).items():
            for window, amounts in windows.items():
                table = {"quota": quota, "window": window, "currency": self.currency, "amounts": amounts}
                yield from _file(QUOTA, table).items()
        for metric, windows in said.get("metrics", {}).items():
            for window, figures in windows.items():
                yield from _file(METRIC, {"metric": metric, "window": window, "figures": figures}).items()
        for pair, rates in said.get("fx", {}).items():
            for month in sorted({day[:7] for day in rates}):
                known = self._rates.setdefault((pair, month), {})
                known |= {day: rate for day, rate in rates.items() if day[:7] == month}
                table = {"pair": pair, "month": month, "source": "Central bank", "rates": known}
                yield from _file(FX_RATES, table).items()

    def _settings(self) -> bytes:
        settings = {"name": "Acme", "currency": self.currency, "time_zone": "UTC", "forge": "local", "pay": "open"}
        return emit(settings | {"format": "1"} | self.said.get("settings", {}))

    def _plan(self, said: Plain) -> Plain:
        if "example" in said:
            path = EXAMPLES / said["example"]
            (example,) = read_documents(path.read_bytes(), path=path.name, cap=TABLE_CAP)
            return example
        pay = {**PLAIN_PAY, **said.get("pay", {})}
        plan = {**PLAIN, "currency": self.currency, **said, "pay": pay}
        return plan | {"components": [{**PLAIN_COMPONENT, **part} for part in said["components"]]}

    def _node(self, node: str, said: Plain, number: int) -> dict[str, bytes]:
        given = dict(said)
        starts = given.pop("starts", "2027-01-01")
        terms = {
            "plans": [{"plan": given.pop("plan"), "starts": starts}] if "plan" in given else None,
            "managers": [{"node": given.pop("manager"), "starts": starts}] if "manager" in given else None,
            "teams": [{"team": given.pop("team"), "starts": starts}] if "team" in given else None,
            "grades": [{"grade": given.pop("grade"), "starts": starts}] if "grade" in given else None,
        }
        plain = {"node": node, "name": node.title(), "forge_id": str(number)} | terms | given
        if "roles" not in plain and not plain.get("plans"):
            plain["roles"] = [{"role": "seller", "starts": starts}]
        return _file(NODE, {key: value for key, value in plain.items() if value is not None})

    def _product(self, sku: str, said: Plain) -> dict[str, bytes]:
        return _file(PRODUCT, {"sku": sku, "name": sku, "price": "1000", "currency": self.currency, **said})

    def _deal(self, said: Plain, day: str) -> dict[str, bytes | None]:
        given = dict(said)
        name, amount, credits = given.pop("deal"), given.pop("amount", None), given.pop("credits", {"ana": "100%"})
        if isinstance(credits, Mapping):
            credits = [{"node": node, "role": "closer", "share": share} for node, share in credits.items()]
        product = given.pop("product", "pro")
        plain = {
            "deal": _deal(name),
            "account": _account(name),
            "node": credits[0]["node"],
            "stage": "won",
            "opened": "2026-12-01",
            "currency": self.currency,
            "lines": [{"product": product, "quantity": given.pop("units", "1"), "price": amount}],
            "credits": credits,
            **given,
        }
        if plain["stage"] == "won":
            plain = {"signed": day, "order": f"PO-{name}"} | plain
        return {**_file(DEAL, plain)}

    def _payment(self, said: Plain, day: str) -> dict[str, bytes]:
        given = dict(said)
        deal = _deal(given.pop("deal"))
        (kind,) = [key for key in _KINDS if key in given]
        number = self._payments[deal] = self._payments.get(deal, 0) + 1
        plain = {
            "payment": f"p{number}",
            "deal": deal,
            "kind": kind,
            "amount": given.pop(kind),
            "currency": self.currency,
            "day": day,
        }
        return _file(PAYMENT, plain | given)


def _file(kind: Kind[Any], plain: Plain) -> dict[str, bytes]:
    """The record's file. Raises RecordError where the story wrote what is no record."""
    return {kind.path_of(validate(kind, plain, path=kind.name)): emit(plain)}


def _claim(account: str, holder: str) -> dict[str, bytes]:
    days = {"since": "2027-01-01", "renewed": "2027-01-01", "until": "2029-01-01"}
    terms = {"layer": "core", "status": "held", "holder": holder, "territory": "world/north", **days}
    return _file(CLAIM, {"account": f"d-{account}.com", **terms})


def _listed(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _deal(name: str) -> str:
    account, _, number = name.rpartition("-")
    return f"d-{account}.com-{number}"


def _account(name: str) -> str:
    return f"d-{name.rpartition('-')[0]}.com"


def _day_after(period: str) -> date:
    """The third of the month after a month: when it is closed."""
    year, month = int(period[:4]), int(period[5:])
    return date(year + month // 12, month % 12 + 1, 3)
