"""The report that every format is shown: each severity, places known and unknown, hostile text, what did not run."""

from dataclasses import dataclass
from datetime import date

from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Skipped, Waived

CLAIM = "claims/7f/c/d-acme.com/core.yml"
AREA = "territories/world/west.yml"
DEAL = "deals/7f/c/d-acme.com/d-acme.com-2.yml"

SAMPLE = CheckReport(
    findings=(
        Finding(
            "SR501",
            Severity.WARNING,
            'Say "simple", not "easy".',
            Location(DEAL, ("note",), line=14, column=7),
        ),
        Finding(
            "SR303",
            Severity.ERROR,
            "The price 80.00 EUR of pro lies below its floor of 90.00 EUR.",
            Location(DEAL, ("lines", 1, "price"), line=9, column=12),
            hint="Raise it, or change what is sold. The floors: policy/pricing.yml.",
        ),
        Finding(
            "SR401",
            Severity.REVIEW,
            "This wins a deal of 1,200.00 EUR that pays Ana Ruiz.",
            Location(DEAL),
            hint="Nothing to do: it waits for one of them.",
            roles=("finance", "manager"),
            not_by=("ana-ruiz",),
        ),
        Finding("SR205", Severity.WAIT, "Ben Roth asked for d-acme.com before you.", Location(CLAIM)),
        Finding(
            "SR201",
            Severity.ERROR,
            "d-acme.com is taken by Zoë\u2028claims/0/0/x.yml:1:1  SR000  note\r\n\x1b[2J.",
            Location(CLAIM, ("holder",)),
            hint="Ask the holder to release it.",
        ),
        Finding("SR102", Severity.NOTE, "An odd name.", Location("brand/a\nSR000.md")),
    ),
    skipped=(Skipped("SR502", "brand/promises.yml is missing"), Skipped("SR212", "a record\nis broken")),
    checked=3,
    waived=(
        Waived(
            Finding(
                "SR218",
                Severity.WARNING,
                "Nobody covers [FR](https://a.example) @ana.",
                Location(AREA, ("rules",), 4, 1),
            ),
            "It is split ## [soon], says `Max`.",
            date(2027, 6, 30),
            Location("policy/waivers.yml", ("waivers", 0)),
        ),
        Waived(
            Finding("SR218", Severity.WARNING, "Nobody covers LU.", Location(AREA, ("rules",), 9, 3)),
            "So small.",
            date(2027, 1, 1),
            Location(AREA, line=8, column=1),
        ),
    ),
    left_out=("SR601", "SR602"),
    rules=("SR102", "SR201", "SR205", "SR212", "SR218", "SR303", "SR401", "SR501", "SR502"),
)


@dataclass(frozen=True)
class Note:
    """What formats may say of a rule."""

    code: str
    name: str
    page: str


NOTES = (
    Note(
        "SR201",
        "claim-taken",
        "A claim must not\n    replace another.\n\n    ## Why\n    Two quarrel.\n\n    ## Fix\n    Wait.\n",
    ),
    Note("SR303", "price-below-floor", "No price | lies below its floor."),
)
