"""How is a line said in one sentence, with its figures?"""

from datetime import date
from fractions import Fraction

from salesrepo.commission.cell import SUM
from salesrepo.commission.condition import fit
from salesrepo.commission.entry import is_share, quota_of, runs
from salesrepo.commission.figures import show_multiple, show_quantity
from salesrepo.commission.measure import STATED
from salesrepo.commission.standing import Standing
from salesrepo.commission.values import Credit
from salesrepo.commission.version import PlanVersion, ReadyComponent, ReadyCondition
from salesrepo.domain.money import Ratio, group_amount, show_percent
from salesrepo.domain.statement import EnterPart, LineItem, SlicePart

_MOST_ROWS = 40  # parts that a sentence tells; all of them stand on the line


def earned(line: LineItem) -> str:
    """Why an event earns what it does: the share, where figures stood, each part at its rate, factors, limits."""
    return f"{_share(line)}{_way(line)}: {_parts(line)} make {_money(line)}."


def not_recorded(fields: tuple[str, ...]) -> str:
    """A sentence on what rules or factors asked for and nobody wrote down; nothing where there is nothing."""
    return f" Not recorded, and so not counted: {', '.join(fields)}." if fields else ""


def trued_up(line: LineItem) -> str:
    """Why an earlier event is paid more, or less, than it was."""
    less = line.less
    before = group_amount(less.booked if less else 0, line.money)
    cause, parts = less.by if less else "", _parts(line)
    return f"{cause} counts for what came before it, too: {parts}, less {before} booked before, make {_money(line)}."


def _money(line: LineItem) -> str:
    money = f"{group_amount(line.amount, line.currency)} {line.currency}"
    if line.paid_in is None:
        return money
    return f"{money}, at the rate from {line.paid_in.out_of} of {line.paid_in.day.isoformat()}"


def _parts(line: LineItem) -> str:
    unit = line.measure.unit if line.measure else ""
    sums = [_sum(part, line) if part.row == SUM else _priced(part, unit) for part in line.slices]
    more = [f"{len(sums) - _MOST_ROWS} parts more"] if len(sums) > _MOST_ROWS else []
    text = " and ".join([*sums[:_MOST_ROWS], *more])
    for factor in line.factors:
        text += f", times {show_multiple(Fraction(*factor.times))} ({factor.name})"
    if line.less is not None and not line.less.event and line.less.booked:
        text += f", less {group_amount(line.less.booked, line.money)} that the window was paid,"
    for limit in line.limits:
        before, after = group_amount(limit.before, line.money), group_amount(limit.after, line.money)
        text += f", {before} held to {after} by the limit {limit.name},"
    return text


def _priced(part: SlicePart, unit: str) -> str:
    return f"{show_quantity(_number(part.part), unit)} at {part.rate}"


def _sum(part: SlicePart, line: LineItem) -> str:
    worth = show_quantity(Fraction(*part.price), line.money)
    return worth if line.less is None else f"what is reached ({part.rate}) is worth {worth}"


def _way(line: LineItem) -> str:
    enter = line.enter
    if enter is None or enter.window == "each":
        return ""
    if not runs(enter.by):
        shares = is_share(enter.by) or any("%" in part.row for part in line.slices)
        return f" ({enter.by} {_plain(Fraction(*enter.after), shares)})"
    return f" and takes {_span(enter)}"


def _plain(figure: Fraction, shares: bool) -> str:
    return show_multiple(figure) if shares else show_quantity(figure, "")


def _span(enter: EnterPart) -> str:
    before, after = _number(enter.before), _number(enter.after)
    if quota := quota_of(enter.by):
        return f"{quota} of {enter.window} from {_share_text(before)} to {_share_text(after)} of quota"
    return f"{enter.window} from {_base_text(before, enter)} to {_base_text(after, enter)}"


def _number(ratio: Ratio) -> Fraction | int:
    """The number that a ratio is; a whole one as such, which is made and shown in a fraction of the time."""
    return ratio[0] if ratio[1] == 1 else Fraction(*ratio)


def _base_text(value: Fraction | int, enter: EnterPart) -> str:
    return show_quantity(value, enter.unit)


def _share_text(value: Fraction | int) -> str:
    """A share to two decimals: a figure for people, the exact one stands on the line."""
    hundredths = round(value * 10_000)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".") + "%"


def _share(line: LineItem) -> str:
    credit, measure = line.credit, line.measure
    if measure is None:
        return "This counts"
    if credit is None:
        counted = f"{show_quantity(measure.base, measure.unit)} {measure.unit}".rstrip()
        return f"The window has {counted} of {measure.name}"
    of = f"{group_amount(credit.of, credit.currency)} {credit.currency} as {credit.role}"
    if measure.unit != credit.currency or measure.base != credit.gives:
        counted = show_quantity(measure.base, measure.unit)
        return f"{counted} {measure.unit or measure.name} of {of} count"
    if (credit.starts, credit.ends) == ((0, 1), (1, 1)):
        return f"All of {of} counts"
    (low, under), (high, over) = credit.starts, credit.ends
    share = show_percent((high * under - low * over, under * over))
    return f"{share} of {of} is {group_amount(credit.gives, credit.currency)}"


def counted(standing: Standing) -> str:
    """Why a line pays nothing and still moves a figure."""
    parts = (
        f"{show_quantity(move.base, move.unit)} towards {move.measure} of {move.window}" for move in standing.moved
    )
    return f"Counts {' and '.join(parts)}; {passed_over(standing)[0].lower()}{passed_over(standing)[1:]}"


def no_plan(credit: Credit) -> str:
    """Why nothing can be said yet of a payee without a plan."""
    return f"No plan pays {credit.payee} for deals signed on {credit.event.signed.isoformat()}."


def no_rate(credit: Credit, into: str) -> str:
    """Why nothing can be said yet of a deal in a currency whose rate of the day is not known."""
    return f"The deal is in {credit.event.currency}, and nobody recorded what that is in {into} on its day."


def other_currency(credit: Credit, version: PlanVersion) -> str:
    """Why nothing can be said yet of a deal in a currency that the plan refuses."""
    return f"The deal is in {credit.event.currency}; plan {version.plan} pays in {version.currency} and refuses others."


def no_role(credit: Credit, version: PlanVersion) -> str:
    """Why a plan pays nothing for a credit in a role that it does not ask for."""
    return f"Plan {version.plan} pays nothing for the role {credit.role}."


def left(credit: Credit, ends: date | None) -> str:
    """Why nothing counts for a payee who has left."""
    since = f" on {ends.isoformat()}" if ends else ""
    return f"{credit.payee} left{since}, and {credit.event.day.isoformat()} is later than what the plan still counts."


def lacks(standing: Standing, component: ReadyComponent) -> str:
    """Why a component cannot be rated yet."""
    return (
        f"{component.name} of plan {standing.version.plan} cannot be paid yet: something that it rests on is missing."
    )


def passed_over(standing: Standing) -> str:
    """Why a plan pays nothing for a credit: nobody asked for its role, or a filter left it out."""
    version = standing.version
    if all(measure.event != standing.credit.event.kind for measure in version.measures.values()):
        return f"Plan {version.plan} pays nothing yet when a deal is won."
    reasons: list[str] = []
    for component in version.components:
        measure = component.measure
        if standing.credit.role not in measure.roles or measure.event != standing.credit.event.kind:
            continue
        if measure.value not in STATED and measure.value not in standing.credit.event.values:
            reasons.append(f"{component.name} counts {measure.value}, which the deal does not record")
            continue
        if component.by_window and measure.name in standing.bases:
            reasons.append(f"{component.name} is paid for the whole {component.over}, when that ends")
            continue
        for condition in (measure.when, component.when):
            missing = fit(condition, standing.facts).missing
            for field in missing:
                reasons.append(f"{component.name} asks for {field}, which the deal does not record")
            if not missing and not fit(condition, standing.facts).fits:
                reasons.append(f"{component.name} pays {_asked(condition, standing)}")
    if not reasons:
        return no_role(standing.credit, version)
    return f"Plan {version.plan} pays nothing for this: {'; '.join(dict.fromkeys(reasons))}."


def _asked(condition: ReadyCondition, standing: Standing) -> str:
    tests = [test for tests in condition for test in tests]
    words = []
    for test in tests:
        value = standing.facts.get(test.field)
        if fit(((test,),), standing.facts).fits:
            continue
        wanted = " or ".join(sorted(test.words)) or "other values"
        words.append(f"{test.field} {wanted}, not {value}")
    return " or ".join(words)


def taken_back(line: LineItem, why: str) -> str:
    """Why a line is reversed; `why` is a clause such as "the deal was amended"."""
    return f"{group_amount(line.amount, line.currency)} {line.currency} is taken back, because {why}: {line.because}"


def not_closed(component: str, plan: str, window: str) -> str:
    """Why a window cannot be paid yet though it is over."""
    return f"{component} of plan {plan} cannot be paid for {window} yet: something that it rests on is missing."
