"""How do draws, recoveries, a leaver's debt and the payout go through a payee's hands, in one currency?"""

from collections.abc import Iterator, MutableMapping, Sequence
from typing import NamedTuple

from salesrepo.commission.fx import convert
from salesrepo.commission.leaving import last_pay
from salesrepo.commission.payday import because
from salesrepo.commission.payday.account import PayAccount, PeriodClose
from salesrepo.commission.payday.balance import balances
from salesrepo.commission.payday.draws import OWED, DrawInForce, granted, is_owed, paid_in, recovered
from salesrepo.commission.payday.slip import Slip
from salesrepo.commission.values import TotalKey
from salesrepo.commission.version import PlanVersion
from salesrepo.domain.money import parse_amount
from salesrepo.domain.statement import DrawPart, LineType

BALANCE = "balance"


class _Gift(NamedTuple):
    """What a draw adds: what pay was compared with, so much now, and so much that is `booked` in the period already."""

    draw: DrawInForce
    compared: int
    given: int
    booked: int


class Till:
    """One payee's money in one currency: what is in their hands while draws, recoveries and the payout go by."""

    def __init__(
        self, account: PayAccount, close: PeriodClose, currency: str, slip: Slip, totals: MutableMapping[TotalKey, int]
    ) -> None:
        self._account = account
        self._close = close
        self._currency = currency
        self._slip = slip
        self._totals = totals
        self._lines = tuple(line for line in account.lines if line.currency == currency)
        self._opening = account.before.get(currency, 0)
        self._hands = self._opening + sum(line.amount for line in self._lines)

    def draw(self, draws: Sequence[DrawInForce]) -> None:
        """Book what draws add and what of them is taken back: first out of later periods, then out of the same."""
        gifts = list(self._gifts(draws))
        self._hands += sum(gift.given for gift in gifts if not gift.draw.paid_at_start)
        for gift in gifts:
            if not gift.draw.takes_back_at_once:
                self._recover(gift)
        for gift in gifts:
            self._give(gift)
        for gift in gifts:
            if gift.draw.takes_back_at_once:
                self._recover(gift)

    def settle_leaving(self) -> None:
        """At a leaver's last pay: what is owed is deducted as far as it goes, or leaves the books as the plan says."""
        leaving, payee = self._account.leaving, self._account.payee
        waiting = self._account.unreleased.get(self._currency, 0)
        if leaving is None or not last_pay(leaving, payee, self._close.window, waiting):
            return
        if leaving.owed == "deducted_from_last_pay":
            for key in self._owing():
                back = recovered(self._totals[key], self._hands, 0)
                part = self._part(key, self._hands, back)
                self._take_back(key, part, because.taken_back(part, self._currency, before_leaving=True))
            return
        debt = max(0, -self._hands)
        for key in self._owing():
            owed = self._totals[key]
            part = self._part(key, owed, owed)
            self._take_back(key, part, because.settled_on_leaving(part, self._currency, leaving))
            debt += owed
        if debt:
            self._hands += debt
            self._write(
                LineType.ADJUSTMENT,
                debt,
                DrawPart(BALANCE, 0, debt, -debt, 0),
                why=because.owed_on_leaving(debt, self._currency, payee, leaving),
                version=self._version_of(""),
            )

    def pay(self) -> None:
        """Pay out what is above zero; say what is carried where it is below."""
        paid = max(0, self._hands)
        told = not self._moved or any(
            line.type is LineType.PAYOUT and line.component is None and line.event == self._close.event
            for line in self._lines
        )
        if not paid and (told or not self._hands):
            return
        part = DrawPart(BALANCE, self._hands - self._opening, paid, self._opening, self._hands - paid)
        owed = sum(self._totals[key] for key in self._owing())
        reason = because.paid(part, self._currency, owed=owed, beyond=self._beyond(part.after))
        self._write(LineType.PAYOUT, -paid, part, why=reason)

    @property
    def _moved(self) -> bool:
        return bool(self._lines) or any(line.currency == self._currency for line in self._slip.lines)

    def _gifts(self, draws: Sequence[DrawInForce]) -> Iterator[_Gift]:
        drawn: dict[str, int] = {}
        for line in self._lines:
            if line.type is LineType.DRAW_ADVANCE and line.plan is not None:
                drawn[line.plan.name] = drawn.get(line.plan.name, 0) + line.amount
        for draw in draws:
            plan = draw.version.plan
            booked = self._booked(draw)
            compared = self._compared(draw) + drawn.get(plan, 0) if draw.guarantees else booked
            given = granted(draw.amount, compared) if draw.draws else 0
            drawn[plan] = drawn.get(plan, 0) + given
            yield _Gift(draw, compared, given, booked)

    def _booked(self, draw: DrawInForce) -> int:
        """What the period drew of a draw already."""
        return sum(
            line.amount
            for line in self._lines
            if line.type is LineType.DRAW_ADVANCE
            and line.component == draw.draw.name
            and line.plan is not None
            and line.plan.name == draw.version.plan
        )

    def _compared(self, draw: DrawInForce) -> int:
        """What a guarantee is compared with: of its own plan's lines, and of those of no plan for the first version."""
        first = draw.version is self._account.versions[0] if self._account.versions else False
        of_plan = (line for line in self._lines if (line.plan.name == draw.version.plan if line.plan else first))
        known = {**self._account.types, **{line.key: line.type for line in self._lines}}
        found = balances(of_plan, types=known).get(self._currency)
        if found is None:
            return 0
        return found.earned_in_all if draw.draw.against == "earned" else found.payable

    def _give(self, gift: _Gift) -> None:
        draw, key = gift.draw, gift.draw.key(self._account.payee.node)
        if not gift.given:
            return
        before = self._totals.get(key, 0)
        after = before + gift.given if draw.recoverable else before
        if after:
            self._totals[key] = after
        part = DrawPart(draw.draw.name, gift.compared, draw.amount, before, after)
        self._slip.write(
            LineType.DRAW_ADVANCE,
            gift.given,
            part,
            currency=self._currency,
            because=because.given(draw, part, self._close.window.id),
            component=part.name,
            version=draw.version,
            converted=(draw.written, draw.exchange) if draw.exchange else None,
            at_start=draw.paid_at_start,
        )
        if draw.paid_at_start:
            out = DrawPart(part.name, gift.given, gift.given, 0, 0)
            reason = because.paid_at_start(out, self._currency, self._close.window.id)
            self._write(
                LineType.PAYOUT, -gift.given, out, why=reason, component=out.name, version=draw.version, start=True
            )

    def _recover(self, gift: _Gift) -> None:
        draw, key = gift.draw, gift.draw.key(self._account.payee.node)
        owed = draw.recoverable_now(self._totals.get(key, 0), booked=gift.booked, given=gift.given)
        back = recovered(owed, self._hands, draw.left)
        part = DrawPart(draw.draw.name, self._hands, draw.left, owed, owed - back)
        self._take_back(key, part, because.taken_back(part, self._currency), draw.version)

    def _take_back(self, key: TotalKey, part: DrawPart, why: str, version: PlanVersion | None = None) -> None:
        back = part.before - part.after
        if not back:
            return
        self._totals[key] -= back
        self._hands -= back
        of = version or self._version_of(key.plan)
        self._write(LineType.DRAW_RECOVERY, -back, part, why=why, component=part.name, version=of)

    def _part(self, key: TotalKey, hands: int, back: int) -> DrawPart:
        owed = self._totals[key]
        return DrawPart(key.measure.removeprefix(OWED), hands, 0, owed, owed - back)

    def _owing(self) -> list[TotalKey]:
        """What the payee owes in this currency, of whatever draw."""
        payee, money = self._account.payee, self._currency
        return sorted(
            key for key, owed in self._totals.items() if owed > 0 and key.unit == money and is_owed(key, payee)
        )

    def _version_of(self, plan: str) -> PlanVersion | None:
        """The version of a plan that is known here, else the first one."""
        known = self._account.known
        return next((version for version in known if version.plan == plan), next(iter(known), None))

    def _beyond(self, balance: int) -> int:
        """How much of a balance below zero lies beyond the limit of the first plan that pays in this currency."""
        for version in self._account.known:
            if version.pay is None or paid_in(self._account.payee, version) != self._currency:
                continue
            if version.pay.negative.limit == "none":
                return 0
            limit = parse_amount(version.pay.negative.limit, version.currency)
            if version.currency != self._currency:
                exchange = self._close.exchanges.get((version.currency, self._currency))
                if exchange is None:
                    return 0
                limit = convert(limit, version.currency, self._currency, exchange.rate)
            return max(0, -balance - limit)
        return 0

    def _write(
        self,
        kind: LineType,
        amount: int,
        part: DrawPart,
        *,
        why: str,
        component: str | None = None,
        version: PlanVersion | None = None,
        start: bool = False,
    ) -> None:
        self._slip.write(
            kind,
            amount,
            part,
            currency=self._currency,
            because=why,
            component=component,
            version=version,
            at_start=start,
        )
