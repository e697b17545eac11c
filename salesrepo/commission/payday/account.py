"""What does the stage of pay know that closes a pay period: the close, and one payee's lines, debts and plans?"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from salesrepo.commission.values import Exchange, Payee, TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.period import Window
from salesrepo.domain.statement import LineItem, LineType

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import Leaving

_PERIOD = "period-"
_NO_MONEY: Mapping[str, int] = MappingProxyType({})
_NO_TYPES: Mapping[str, LineType] = MappingProxyType({})


class PeriodClose(NamedTuple):
    """The close of a pay period: which one, the main commit that closed it, the company's day of its merge.

    `exchanges` has the rates for draws of a plan in another currency than a payee's, by (plan's, payee's).
    """

    window: Window
    commit: str
    day: date
    exchanges: Mapping[tuple[str, str], Exchange] = MappingProxyType({})

    @property
    def event(self) -> str:
        """The event of the lines that it makes."""
        return f"{_PERIOD}{self.window.id}"

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.window.ends - timedelta(days=1)


class PayAccount(NamedTuple):
    """All that is known of one payee when a pay period closes.

    `lines` are all lines booked into the period, reversals included; `before` is the sum of all lines of pay periods
    that closed earlier, by currency. `totals` holds what is owed of draws (`draws.owed_key`). `versions` are the plan
    versions in force whose pay period this is (of two of one plan the first named counts), `former` those under which
    something may still be owed, the last first. `unreleased` is what was earned and still waits to be released, by
    currency; it decides which pay is a leaver's last. `types` are those of earlier lines that reversals undo, by key.
    A `team` is never paid.
    """

    payee: Payee
    lines: Sequence[LineItem]
    before: Mapping[str, int]
    totals: Mapping[TotalKey, int]
    versions: Sequence[PlanVersion]
    former: Sequence[PlanVersion] = ()
    unreleased: Mapping[str, int] = _NO_MONEY
    types: Mapping[str, LineType] = _NO_TYPES
    team: bool = False

    @property
    def known(self) -> tuple[PlanVersion, ...]:
        """The versions in force, then the former ones."""
        return (*self.versions, *self.former)

    @property
    def leaving(self) -> "Leaving | None":
        """The terms of leaving: of the first version in force, else of the last that was."""
        return next((version.pay.leaving for version in self.known if version.pay), None)
