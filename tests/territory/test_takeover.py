"""Does the taker hold just what the giver would have held, from the day on and not before?"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.kinds.territory import Coverage, Territory
from salesrepo.territory.coverage import on_day
from salesrepo.territory.takeover import takeover
from tests.territory.build import START, territory

DAYS = [START + timedelta(days=n) for n in range(8)]
TERMS = st.builds(
    lambda role, node, starts, length, overlay: Coverage(
        role=role,
        node=node,
        starts=DAYS[starts],
        ends=None if length is None else DAYS[starts] + timedelta(days=length),
        overlay=overlay,
    ),
    st.sampled_from(["closer", "open_seller"]),
    st.sampled_from(["ana", "ben", "cem"]),
    st.integers(0, 5),
    st.none() | st.integers(1, 4),
    st.booleans(),
)


def edited(one: Territory, day: date) -> tuple[Coverage, ...]:
    """The coverage as the edits make it, applied in their order as `store/edit.py` does."""
    found = list(one.coverage)
    for (at, *field), value in takeover(one, "ana", "ben", day).items():
        assert isinstance(at, int)
        if isinstance(value, Coverage):
            assert at == len(found)
            found.append(value)
        elif value is None:
            del found[at]
        elif field == ["node"]:
            found[at] = replace(found[at], node=value)
        else:
            found[at] = replace(found[at], ends=date.fromisoformat(value))
    return tuple(found)


@settings(max_examples=150)
@given(st.lists(TERMS, max_size=4), st.sampled_from(DAYS))
def test_the_taker_holds_what_the_giver_would_have_held(terms: list[Coverage], day: date) -> None:
    one = territory("world/a", "rules: [{geo: [DE]}]")
    one = replace(one, coverage=tuple(terms))
    after = edited(one, day)
    for at in DAYS:
        before = {(c.role, c.node, c.overlay) for c in one.coverage if on_day(c, at)}
        wanted = {(role, "ben" if node == "ana" and at >= day else node, over) for role, node, over in before}
        assert {(c.role, c.node, c.overlay) for c in after if on_day(c, at)} == wanted
    assert all(cover.ends is None or cover.starts < cover.ends for cover in after)
    assert takeover(replace(one, coverage=after), "ana", "ben", day) == {}


def test_a_territory_that_ends_before_is_left_alone() -> None:
    held = (Coverage(role="closer", node="ana", starts=START),)
    one = replace(territory("world/a", "rules: [{geo: [DE]}]"), ends=DAYS[3], coverage=held)
    assert takeover(one, "ana", "ben", DAYS[3]) == {}
    assert takeover(one, "ana", "ben", DAYS[2]) != {}
