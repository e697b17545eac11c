"""What did verifying find: is every line of the ledger, and every merge behind it, what the records say it must be?"""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of differences."""

    AMOUNT = "amount"  # a line pays another sum than the records give
    LINE = "line"  # a line, or what a file closes with, says something else
    MISSING = "missing"  # a line, file or commit that must be there is not
    FORGED = "forged"  # one is there that the records do not give
    REWRITTEN = "rewritten"  # a commit changes or deletes what an earlier one wrote
    RECEIPT = "receipt"  # a merge on main is not the one its receipt tells of
    CLOCK = "clock"  # time runs backwards on main
    AUTHORITY = "authority"  # a merge that the rules before it did not allow
    CLOSE = "close"  # a close says other figures than the ledger had, or a line was booked into a closed period
    PLAN = "plan"  # a plan version that rated lines stands there otherwise, or not at all
    REPLAYED = "replayed"  # one order is paid under two deals
    REWOUND = "rewound"  # main or the ledger lacks what this copy has seen of it
    UNKNOWN = "unknown"  # this version cannot read or recompute it: not verified


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, as a sentence, with where it is: commit, path and line key as far as they apply.

    `booked` and `expected` are minor units of `currency`, for a line that pays another sum.
    """

    fault: Fault
    sentence: str
    commit: str = ""
    path: str = ""
    key: str = ""
    currency: str = ""
    booked: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A deal that main has and that is not paid as it stands there, since which main commit, and why."""

    deal: str
    commit: str
    because: str


@dataclass(frozen=True)
class VerifyReport:
    """What was looked at, and what was found.

    `merges` and `bookings` count the commits of main and of the ledger that were recomputed, `lines` the booked lines.
    `to_settle` counts the ledger commits that main gives and the ledger does not have yet: work, not a fault.
    `authority` says whether the rules were replayed over every merge; where they were not, nothing is said of them.
    `remarks` are what is right and yet worth knowing; `unpaid` the deals that are kept out of pay.
    `pay` says whether these records tell what is paid: where pay is private, everybody's do not, and no line was
    looked at.
    """

    main: str
    ledger: str | None
    merges: int
    bookings: int
    lines: int
    to_settle: int
    authority: bool
    pay: bool = True
    differences: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()
    unpaid: tuple[Unpaid, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether everything was verified and nothing differs."""
        return not self.differences
