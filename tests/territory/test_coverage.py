"""From which day on does somebody sell in a territory no longer?"""

from datetime import date

import pytest

from salesrepo.domain.kinds.territory import Coverage, Territory
from salesrepo.territory.coverage import left_on

TODAY = date(2026, 6, 1)


def year(number: int | None) -> date | None:
    return date(number, 1, 1) if number else None


@pytest.mark.parametrize(
    ("terms", "ends", "left"),
    [
        ([(2020, None)], None, None),
        ([(2020, None)], 2028, 2028),
        ([(2020, 2025)], None, 2025),
        ([(2020, 2027)], None, 2027),
        ([(2020, 2027)], 2026, 2026),
        ([(2020, 2024), (2025, 2026)], None, 2026),
        ([(2020, 2027), (2027, 2028)], None, 2028),
        ([(2020, 2027), (2027, None)], None, None),
        ([(2020, 2027), (2028, None)], None, 2027),
        ([(2020, 2025), (2028, None)], None, 2025),
        ([(2027, None)], None, None),
        ([], 2025, None),
    ],
)
def test_the_day_is_that_of_the_records(
    terms: list[tuple[int, int | None]], ends: int | None, left: int | None
) -> None:
    coverage = tuple(
        Coverage(role="closer", node="ana", starts=date(begun, 1, 1), ends=year(over)) for begun, over in terms
    )
    others = (
        Coverage(role="closer", node="ben", starts=date(2020, 1, 1)),
        Coverage(role="closer", node="ana", starts=date(2020, 1, 1), overlay=True),
    )
    found = Territory(
        territory="world/dach", name="DACH", starts=date(2020, 1, 1), ends=year(ends), coverage=(*others, *coverage)
    )
    assert left_on(found, "ana", day=TODAY) == year(left)
