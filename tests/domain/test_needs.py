"""Is it told apart whether one of several must agree, or several must?"""

import pytest

from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.verdict import needs, needs_words


def asks(*roles: str, nodes: tuple[str, ...] = ()) -> Finding:
    return Finding("SR301", Severity.REVIEW, "Somebody must agree.", Location("x"), roles=roles, nodes=nodes)


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ([], ""),
        ([asks("finance", "sales_ops")], "finance or sales ops"),
        ([asks("finance"), asks("manager", "sales_ops")], "finance, and manager or sales ops"),
        ([asks("finance", "manager"), asks("finance")], "finance"),
        ([asks(nodes=("ben",)), asks("manager")], "ben, and manager"),
        ([asks("finance"), asks("finance")], "finance"),
    ],
)
def test_of_whom_one_must_agree(findings: list[Finding], words: str) -> None:
    assert needs_words(needs(findings)) == words
