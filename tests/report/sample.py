"""The report that every format is shown: each severity, places known and unknown, hostile text, a skipped rule."""

from salesrepo.domain.finding import CheckReport, Finding, Location, Severity, Skipped

CLAIM = "claims/7f/c/d-acme.com/core.yml"
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
    rules=("SR102", "SR201", "SR205", "SR212", "SR303", "SR401", "SR501", "SR502"),
)
