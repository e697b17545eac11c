"""The demonstration as data: who types what, where, and how it must end."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from salesrepo.errors import ExitCode

CLOCK = "2018-01-02T09:00:00Z"
HISTORY = "history"


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
    yield from _morning()
    yield from _deal()
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
    fixed = ("log", "deal", "codehow/1", "--price", "4338.90", "--note", "Delivery in March, two-year guarantee")
    yield Step("anna-snelling", (*fixed, "--promise", "p-warranty-2y"), sr=True, says="Anna mends it, and wins it.")
    yield Step("anna-snelling", ("win", "codehow/1", "--order", "PO-7741"), sr=True)
    yield Step("anna-snelling", ("submit",), sr=True)
    yield Step("fay-long", ("review", "list"), says="Fay, who gains nothing by it, agrees.")
    yield Step("fay-long", ("review", "approve", "{last}"))
    yield Step("fay-long", ("review", "merge", "{last}"))
    yield Step("fay-long", ("commission", "settle"))


def _proof() -> Iterator[Step]:
    yield Step("anna-snelling", ("pay",), sr=True, says="Anna looks at her pay, and asks why.")
    yield Step("anna-snelling", ("pay", "why", "codehow/1"), sr=True)
    yield Step("anna-snelling", ("commission", "verify"), says="She need not believe it: everything is recomputed.")
    tamper = ("demo", "--tamper", "forge", "--into", "tampered", "--payee", "anna-snelling")
    yield Step("", tamper, says="Now one cent is changed, in a copy of the ledger.")
    verify = ("commission", "verify", "--forge", "tampered")
    yield Step("", verify, ExitCode.FINDINGS)
