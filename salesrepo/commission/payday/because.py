"""How are a draw, its recovery, a payout and what becomes of a leaver's debt said in one sentence each?"""

from typing import TYPE_CHECKING

from salesrepo.commission.payday.draws import DrawInForce, DrawLack
from salesrepo.commission.values import Payee
from salesrepo.domain.money import group_amount, name_amount
from salesrepo.domain.statement import DrawPart

if TYPE_CHECKING:
    from salesrepo.domain.kinds.plan_pay import Leaving


def given(draw: DrawInForce, part: DrawPart, period: str) -> str:
    """Why a draw adds what it does."""
    money = name_amount(part.amount, draw.currency)
    sum_now = name_amount(max(0, part.amount - part.compared), draw.currency)
    if draw.guarantees:
        compared = f"{group_amount(part.compared, draw.currency)} were"
        said = f"{part.name} guarantees {money} for {period}; {compared} {draw.draw.against}, so {sum_now} are added"
    elif draw.paid_at_start:
        said = f"{part.name} advances {sum_now} at the start of {period}"
    else:
        said = f"{part.name} advances {sum_now} on top of what {period} pays"
    if part.after == part.before:
        return f"{said}. Nothing of that is taken back."
    return f"{said}. {name_amount(part.after, draw.currency)} are owed of it now."


def paid_at_start(part: DrawPart, currency: str, period: str) -> str:
    """Why an advance is paid out by itself."""
    return f"{name_amount(part.amount, currency)} of {part.name} are paid out at the start of {period}."


def taken_back(part: DrawPart, currency: str, *, before_leaving: bool = False) -> str:
    """Why so much of what is owed of a draw is taken back."""
    back = name_amount(part.before - part.after, currency)
    why = "This is the last pay: of" if before_leaving else "Of"
    left = f", of which {group_amount(part.amount, currency)} are left" if part.amount else ""
    return (
        f"{why} {group_amount(part.compared, currency)} in hand{left}, {back} go towards "
        f"{group_amount(part.before, currency)} owed of {part.name}; {name_amount(part.after, currency)} stay owed."
    )


def settled_on_leaving(part: DrawPart, currency: str, leaving: "Leaving") -> str:
    """Why what is owed of a draw leaves the draw: it becomes a part of the balance, which is dealt with as a whole."""
    how = "written off" if leaving.owed == "written_off" else "invoiced"
    return f"This is the last pay: {name_amount(part.before, currency)} owed of {part.name} are {how}."


def owed_on_leaving(amount: int, currency: str, payee: Payee, leaving: "Leaving") -> str:
    """Why a leaver's debt is taken out of the balance."""
    left = f"{payee.node} is no more here since {payee.ends.isoformat()}" if payee.ends else f"{payee.node} has left"
    if leaving.owed == "written_off":
        return f"{left} and owes {name_amount(amount, currency)}, which the plan writes off."
    return f"{left} and owes {name_amount(amount, currency)}, which finance invoices; it leaves the balance."


def paid(part: DrawPart, currency: str, *, owed: int, beyond: int) -> str:
    """Why so much is paid out: `owed` of draws is still owed, `beyond` lies beyond the limit of a negative balance."""
    said = (
        f"{name_amount(part.before, currency)} from before and {group_amount(part.compared, currency)} of this period"
    )
    if part.after:
        said += f": nothing is paid, and {name_amount(part.after, currency)} are carried to the next period."
    else:
        said += f": {name_amount(part.amount, currency)} are paid."
    if beyond:
        said += f" {name_amount(beyond, currency)} of that lie beyond the plan's limit: finance is to write them off."
    if owed:
        said += f" {name_amount(owed, currency)} of draws are still owed."
    return said


def waits(lack: DrawLack, period: str) -> str:
    """Why nobody can say what a draw pays."""
    return f"What {lack.draw.name} of plan {lack.version.plan} pays for {period} cannot be told yet."
