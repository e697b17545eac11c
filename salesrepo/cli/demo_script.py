"""The demonstration as data: who types what, where, and how it must end."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.errors import ExitCode

CLOCK = "2018-01-02T09:00:00Z"
LATER = "2018-01-08T09:00:00Z"
MONTH_END = "2018-02-08T09:00:00Z"
HISTORY = "history"

_BENELUX = """\
territory: world/offices/benelux
name: Benelux
starts: "2018-01-02"
rules:
  - geo: [BE, NL, LU]
coverage:
  - {role: closer, node: zane-levy, starts: "2018-01-02"}
"""
_METALS = """\
territory: world/offices/metals
name: Metal makers
starts: "2018-01-02"
rules:
  - geo: [DE, NL]
    industry: ["331"]
coverage:
  - {role: closer, node: anna-snelling, starts: "2018-01-02"}
"""
_FIT = "fit: [{product: gtk-500, deny: {employees: {max: 5000}}, why: it is made for the largest plants}]"
_PAID = """\
payment: p1
deal: 513dpfx5
account: n-us-codehow
kind: paid
amount: "4438.00"
currency: USD
day: "2018-01-02"
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One command: the folder it is typed in, its words, and the exit code it must have. `says` introduces it.

    `clock` is the moment from here on.
    """

    folder: str
    words: tuple[str, ...]
    expect: ExitCode = ExitCode.DONE
    says: str = ""
    sr: bool = False
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A file that somebody edits by hand: `was` becomes `now` in it, or it is new where nothing was."""

    folder: str
    path: str
    now: str
    was: str = ""
    says: str = ""


def steps(top: Path) -> Iterator[Step | Edit]:
    """The whole demonstration below the folder `top`."""
    yield from _founding(top)
    yield from _borders()
    yield from _morning()
    yield from _deal()
    yield from _attacks()
    yield from _why()
    yield from _lapse()
    yield from _month_end()
    yield from _proof()


def _founding(top: Path) -> Iterator[Step]:
    founder = ("--as", "dana-reyes", "--person", "Dana Reyes")
    yield Step("", ("init", str(top), *founder, "--name", "Harbour Hardware"), says="A company is founded.")
    yield Step("", ("join", str(top), "--as", "fay-long", "--name", "Fay Long"), sr=True)
    yield Step("dana-reyes", ("node", "admit", "fay-long", "--role", "finance"))
    yield Step(
        "dana-reyes",
        ("import", "crm-csv", str(top / HISTORY)),
        says="A real sales history comes in: 8,800 opportunities.",
    )
    yield Step("fay-long", ("review", "approve", "4"), says="Somebody else must agree to an import.")
    yield Step("fay-long", ("review", "merge", "4"))
    yield Step("fay-long", ("commission", "settle"), says="What was won is paid, to the cent.")


def _borders() -> Iterator[Step | Edit]:
    folder = "territories/world/offices"
    yield Edit("dana-reyes", f"{folder}/benelux.yml", _BENELUX, says="Dana draws two borders, and one line too many.")
    yield Edit("dana-reyes", f"{folder}/metals.yml", _METALS)
    yield Step("dana-reyes", ("check",), ExitCode.FINDINGS)
    mended = "coverage:"
    yield Edit("dana-reyes", f"{folder}/metals.yml", "exclude: [{geo: [NL]}]\ncoverage:", mended, says="She mends it.")
    yield Edit("dana-reyes", "policy/pricing.yml", _FIT, "fit: []", says="And she says whom a product does not fit.")
    yield Step("dana-reyes", ("submit",))


def _morning() -> Iterator[Step]:
    for node, name in (("anna-snelling", "Anna Snelling"), ("zane-levy", "Zane Levy")):
        yield Step("", ("join", ".", "--as", node, "--name", name), sr=True, says=f"{name} sits down.")
        yield Step("dana-reyes", ("node", "admit", node))
        yield Step(node, ("sync",), sr=True)
    lead = ("claim", "brightwave.com", "--company", "Brightwave", "--country", "US")
    yield Step("anna-snelling", lead, sr=True, says="Anna claims a new lead.")
    yield Step("zane-levy", lead, ExitCode.CONFLICT, sr=True, says="Zane wants the same one.")
    text = 'They have $5,000 & O\'Brien decides: "yes" #1 > 2'
    call = ("log", "call", "brightwave", text, "+12", "--next", "send the quote", "--due", "2018-01-05")
    yield Step("anna-snelling", call, sr=True, says="Anna logs a call.")
    yield Step("anna-snelling", ("submit",), sr=True)


def _deal() -> Iterator[Step]:
    bad = (
        "log",
        "deal",
        "codehow",
        "--product",
        "gtx pro",
        "--price",
        "3000",
        "--note",
        "Delivery in March guaranteed",
    )
    yield Step("anna-snelling", bad, sr=True, says="A deal with a promise nobody approved, and too cheap.")
    yield Step("anna-snelling", ("submit",), ExitCode.FINDINGS, sr=True)
    large = ("log", "deal", "codehow", "--product", "gtk 500", "--dry-run")
    yield Step("anna-snelling", large, sr=True, says="What does not fit a customer is not sold to them.")
    fixed = ("log", "deal", "codehow/1", "--price", "4338.90", "--note", "Delivery in March, two-year guarantee")
    shared = ("--credit", "anna-snelling:closer:70%", "--credit", "zane-levy:closer:30%")
    mended = "Anna mends it, shares it with Zane who helped, and wins it."
    yield Step("anna-snelling", (*fixed, "--promise", "p-warranty-2y", *shared), sr=True, says=mended)
    yield Step("anna-snelling", ("pay", "if", "codehow/1"), sr=True)
    yield Step("anna-snelling", ("win", "codehow/1", "--order", "PO-7741"), sr=True)
    yield Step("anna-snelling", ("submit",), sr=True)
    yield Step("fay-long", ("review", "list"), says="Fay, who gains nothing by it, agrees.")
    yield Step("fay-long", ("review", "approve", "{last}"))
    yield Step("fay-long", ("review", "merge", "{last}"))
    yield Step("fay-long", ("commission", "settle"))


def _attacks() -> Iterator[Step | Edit]:
    me = "gladys-colclough"
    yield Step(
        "", ("join", ".", "--as", me, "--name", "Gladys Colclough"), sr=True, says="Gladys wants more than is hers."
    )
    yield Step("dana-reyes", ("node", "admit", me))
    yield Step(me, ("sync",), sr=True)
    country = ("--company", "Polder", "--country", "US", "--evidence", "event_met", "-m", "Met at the fair")
    yield Step(me, ("claim", "polder.nl", *country), sr=True, says="A false country: Benelux is not hers.")
    yield Step(me, ("log", "deal", "polder", "--product", "gtx pro"), sr=True)
    yield Step(me, ("win", "polder/1", "--order", "PO-1"), sr=True)
    yield Step(me, ("submit",), ExitCode.FINDINGS, sr=True, says="It gets her nothing.")
    yield Step(me, ("undo", "polder/1"), sr=True)
    claim = CLAIM.path.fill(account="d-brightwave.com", layer="core")
    yield Edit(me, claim, f"holder: {me}", "holder: anna-snelling", says="She writes herself into Anna's claim.")
    yield Step(me, ("submit",), ExitCode.FINDINGS, sr=True)
    yield Step(me, ("undo", "brightwave"), sr=True)
    paid = PAYMENT.path.fill(deal="513dpfx5", payment="p1")
    yield Edit(me, paid, _PAID, says="She marks a deal of hers as paid.")
    yield Step(me, ("submit",), ExitCode.FINDINGS, sr=True)


def _lapse() -> Iterator[Step]:
    lead = ("claim", "driftwood.com", "--company", "Driftwood", "--country", "US")
    yield Step("zane-levy", lead, sr=True, says="Zane reserves a lead, and Anna waits for it.")
    yield Step("anna-snelling", (*lead[:2], "--queue"), sr=True)
    sweep = ("ci", "sweep")
    yield Step("dana-reyes", sweep, says="Nobody talked to them. Six days later the nightly sweep runs.", clock=LATER)
    yield Step("anna-snelling", ("sync",), sr=True)
    yield Step("anna-snelling", ("why", "driftwood.com"), sr=True)


def _why() -> Iterator[Step]:
    yield Step("anna-snelling", ("pay",), sr=True, says="Anna looks at her pay, and asks why.")
    yield Step("anna-snelling", ("pay", "why", "codehow/1"), sr=True)


def _month_end() -> Iterator[Step]:
    me = "noor-haddad"
    yield Step("", ("join", ".", "--as", me, "--name", "Noor Haddad"), sr=True, says="Noor is new, and guaranteed.")
    plan = ("--plan", "account-executive", "--manager", "dustin-brinkmann")
    yield Step("dana-reyes", ("node", "admit", me, *plan))
    gone = ("payment", "add", "codehow/1", "--kind", "cancelled", "--amount", "4338.90", "--day", "2018-01-25")
    says = "The month is over. The customer of the shared deal has left after three weeks."
    yield Step("fay-long", gone, says=says, clock=MONTH_END)
    yield Step("fay-long", ("commission", "settle"))
    yield Step("fay-long", ("commission", "close", "2018-01"), says="Fay closes the month; Dana agrees to the figures.")
    yield Step("dana-reyes", ("review", "approve", "{last}"))
    yield Step("dana-reyes", ("review", "merge", "{last}"))
    yield Step("fay-long", ("commission", "settle"))
    yield Step("anna-snelling", ("sync",), sr=True)
    yield Step("anna-snelling", ("pay",), sr=True)


def _proof() -> Iterator[Step]:
    yield Step("anna-snelling", ("commission", "verify"), says="She need not believe it: everything is recomputed.")
    tamper = ("demo", "--tamper", "forge", "--into", "tampered", "--payee", "anna-snelling")
    yield Step("", tamper, says="Now one cent is changed, in a copy of the ledger.")
    verify = ("commission", "verify", "--forge", "tampered")
    yield Step("", verify, ExitCode.FINDINGS)
