"""How findings are told to a seller: sentences and next steps, no codes, no paths."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salesrepo.cli import console

if TYPE_CHECKING:
    from salesrepo.domain.finding import Finding


def say_findings(findings: "Iterable[Finding]", refused: str, looked_at: str) -> None:
    """Print the findings that refuse, then those that ask for a person, then advice; each sentence once."""
    from salesrepo.domain.finding import Severity

    found = tuple(findings)
    groups = (
        (refused, (Severity.ERROR,)),
        (looked_at, (Severity.REVIEW, Severity.WAIT)),
        ("Worth a thought:", (Severity.WARNING,)),
    )
    for title, severities in groups:
        told = dict.fromkeys((f.message, f.hint) for f in found if f.severity in severities)
        if told:
            console.say(title)
        for message, hint in told:
            console.say(f"  - {console.term(message)}")
            if hint:
                console.say(f"    {console.term(hint)}")
