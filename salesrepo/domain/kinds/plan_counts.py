"""What counts in a plan, whose it is, and which imported figures and places rates are looked up by?"""

from dataclasses import dataclass
from typing import Annotated, Literal

from salesrepo.domain.fields import Pattern, Slug, Whole
from salesrepo.domain.kinds.plan_when import NUMBER_REGEX, Condition

Role = Slug
Value = Literal["amount", "arr", "mrr", "acv", "tcv", "margin", "cash", "pipeline", "earned", "units", "count"]
Happening = Literal["won", "qualified", "invoiced", "paid", "month", "earned", "period_end"]
WindowName = Literal["month", "quarter", "half-year", "year"]
Level = Annotated[str, Pattern(r"all|[1-9]", "a number of levels, or all")]
MetricValue = Annotated[str, Pattern(rf"-?{NUMBER_REGEX}%?", 'a figure such as 2.5% or "0.8"')]
Missing = Annotated[str, Pattern(rf"best|worst|-?{NUMBER_REGEX}%?", "a figure such as 20%, or best or worst")]
Groups = Annotated[str, Pattern(r"places|[1-9][0-9]?", "a number of groups, or places")]


@dataclass(frozen=True, kw_only=True)
class CreditRule:
    """Whose credit counts, in one of these roles: the payee's `own`, that of those who report to them, of those whom
    they referred, or of a team's members. `level`: how far up from the one who has the credit."""

    role: Role | tuple[Role, ...]
    of: Literal["own", "reports", "referred", "members"]
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """Counted for so many calendar months: month 1 is that of the deal's start, of its signature, or of the first day
    of the colleague whose credit it is."""

    months: Annotated[int, Whole(1, 240)]
    after: Literal["start", "signed", "colleague_start"]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What counts: the event, whose credit of it, and the quantity that is added up and paid on.

    `lasts` limits it in time; `below_zero` says whether a sale below cost counts against you (`margin` only);
    `component` is whose lines are the events (`earned` only).
    """

    event: Happening
    credit: CreditRule
    value: Value
    when: Condition | None = None
    lasts: Lasting | None = None
    below_zero: Literal["zero", "keep"] | None = None
    component: Slug | None = None


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A figure that is imported for each node and window: that of `lag` windows ago; `missing` stands for none."""

    over: WindowName
    lag: Annotated[int, Whole(0, 12)]
    missing: MetricValue


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """A place among others by a metric or by a measure of the plan, in as many `groups`, or by single places.

    `ties: better`: equals share the better place; `split`: they pool the sums of the places that they fill.
    """

    over: WindowName
    lag: Annotated[int, Whole(0, 12)]
    among: Literal["plan", "team"]
    best: Literal["highest", "lowest"]
    groups: Groups
    ties: Literal["better", "split"]
    missing: Missing
    metric: Slug | None = None
    measure: Slug | None = None
