"""What do changes of quotas, metrics, adjustments and questions about pay mean, in plain words?"""

from collections.abc import Iterator, Mapping

from salesrepo.domain.kinds.adjustment import Adjustment
from salesrepo.domain.kinds.close import Close
from salesrepo.domain.kinds.metric import MetricTable
from salesrepo.domain.kinds.pay_dispute import PayAnswer, PayQuestion
from salesrepo.domain.kinds.quota import QuotaTable
from salesrepo.report.differences import ARROW, one_line
from salesrepo.report.wording import Names, fields_said, fields_told, money


def quota_said(now: QuotaTable, names: Names) -> Iterator[str]:
    """The quotas of a window for the first time."""
    yield f"new quota in {now.currency}" if now.currency else "new quota, a number of things"
    yield from _by_node({}, _sums(now), names)


def quota_told(was: QuotaTable, now: QuotaTable, names: Names) -> Iterator[str]:
    """Whose quota is another."""
    yield from fields_told(was, now, names, but=("amounts",))
    yield from _by_node(_sums(was), _sums(now), names)


def _sums(table: QuotaTable) -> dict[str, str]:
    return {node: money(amount, table.currency or "") for node, amount in table.amounts.items()}


def metric_said(now: MetricTable, names: Names) -> Iterator[str]:
    """The figures of a window for the first time."""
    yield "new metric"
    yield from _by_node({}, now.figures, names)


def metric_told(was: MetricTable, now: MetricTable, names: Names) -> Iterator[str]:
    """Whose figure is another."""
    yield from fields_told(was, now, names, but=("figures",))
    yield from _by_node(was.figures, now.figures, names)


def _by_node(was: Mapping[str, str], now: Mapping[str, str], names: Names) -> Iterator[str]:
    for node in dict.fromkeys((*was, *now)):
        old, new = was.get(node), now.get(node)
        if old == new:
            continue
        if new is None:
            yield f"{names.who(node)} {old} removed"
        else:
            yield f"{names.who(node)} {f'{old} {ARROW} ' if old is not None else ''}{new}"


def close_said(now: Close, names: Names) -> Iterator[str]:
    """Which month is closed, by whom, and what it pays each payee."""
    yield f"close of {now.period}, prepared by {names.who(now.prepared_by)}"
    for what, sums in (("is paid", now.paid), ("carries on", now.closing)):
        for node, of_node in sums.items():
            told = " and ".join(f"{money(amount, currency)} {currency}" for currency, amount in of_node.items())
            yield f"{names.who(node)} {what} {told}"
    known = {"period", "prepared_by", "paid", "closing", "through", "digest"}
    yield from fields_said(now, names, but=known)


def adjustment_said(now: Adjustment, names: Names) -> Iterator[str]:
    """Who gets or gives which sum by hand, and why."""
    what = "debt written off" if now.kind == "write-off" else "adjustment"
    sum_ = f"{money(now.amount, now.currency)} {now.currency}"
    yield f"{what} of {sum_} for {names.who(now.payee)} on {now.day}: {one_line(now.reason)}"
    known = {"adjustment", "kind", "amount", "currency", "payee", "day", "reason"}
    yield from fields_said(now, names, but=known)


def pay_question_said(now: PayQuestion, names: Names) -> Iterator[str]:
    """Who asks what about whose pay, and who answers by when."""
    whose = "their own pay" if now.by == now.payee else f"the pay of {names.who(now.payee)}"
    about = " ".join(filter(None, (now.line, now.deal)))  # one of the two
    yield f"{names.who(now.by)} asks about {whose}, {about}: {one_line(now.question)}"
    late = ", late, so for the next period" if now.late else ""
    yield f"asked on {now.day}{late}; {names.who(now.answerer)} answers by {now.due}"
    known = {"dispute", "by", "payee", "line", "deal", "question", "day", "late", "answerer", "due"}
    yield from fields_said(now, names, but=known)


def pay_answer_said(now: PayAnswer, names: Names) -> Iterator[str]:
    """What was found, by whom, and what put it right."""
    yield f"{names.who(now.by)} answers on {now.day}, {now.verdict.replace('_', ' ')}: {one_line(now.text)}"
    yield from fields_said(now, names, but=("dispute", "by", "day", "verdict", "text"))
