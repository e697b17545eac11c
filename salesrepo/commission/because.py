"""How is a line said in one sentence, with its figures?"""

from salesrepo.commission.values import Credit, PlanVersion
from salesrepo.domain.money import group_amount, show_percent
from salesrepo.domain.statement import EnterPart, LineItem, SlicePart


def earned(credit: Credit, base: int, enter: EnterPart | None, slices: tuple[SlicePart, ...], amount: int) -> str:
    """Why an event earns what it does: the share, where the total stood, each part at its rate, the sum."""
    event = credit.event
    money = event.currency
    parts = " and ".join(f"{group_amount(part.part, money)} at {part.rate}" for part in slices)
    way = ""
    if enter is not None and enter.window != "each":
        before, after = group_amount(enter.before, money), group_amount(enter.after, money)
        way = f" and takes {enter.window} from {before} to {after}"
    return f"{_share(credit, base)}{way}: {parts} make {group_amount(amount, money)} {money}."


def _share(credit: Credit, base: int) -> str:
    event = credit.event
    of = f"{group_amount(event.amount, event.currency)} {event.currency} as {credit.role}"
    if (credit.starts, credit.ends) == ((0, 1), (1, 1)):
        return f"All of {of} counts"
    share = show_percent(_width(credit))
    return f"{share} of {of} is {group_amount(base, event.currency)}"


def _width(credit: Credit) -> tuple[int, int]:
    (low, under), (high, over) = credit.starts, credit.ends
    return high * under - low * over, under * over


def no_plan(credit: Credit) -> str:
    """Why nothing can be said yet of a payee without a plan."""
    return f"No plan pays {credit.payee} for deals signed on {credit.event.signed.isoformat()}."


def other_currency(credit: Credit, version: PlanVersion) -> str:
    """Why nothing can be said yet of a deal in a currency that the plan refuses."""
    return f"The deal is in {credit.event.currency}; plan {version.plan} pays in {version.currency} and refuses others."


def passed_over(credit: Credit, version: PlanVersion) -> str:
    """Why a plan pays nothing for a credit: nobody asked for its role, or a filter left it out."""
    event = credit.event
    reasons: list[str] = []
    for component in version.components:
        measure = component.measure
        if credit.role not in measure.roles:
            continue
        for name, values in measure.when:
            value = getattr(event, name)
            if value is None:
                reasons.append(f"{component.name} asks for {name}, which the deal does not record")
            elif value not in values:
                reasons.append(f"{component.name} pays {name} {' or '.join(sorted(values))}, not {value}")
    if not reasons:
        return f"Plan {version.plan} pays nothing for the role {credit.role}."
    return f"Plan {version.plan} pays nothing for this: {'; '.join(reasons)}."


def taken_back(line: LineItem, why: str) -> str:
    """Why a line is reversed; `why` is a clause such as "the deal was amended"."""
    return f"{group_amount(line.amount, line.currency)} {line.currency} is taken back, because {why}: {line.because}"
