"""How are territories told: who covers them, why an account lies in one, what passes from one node to another?"""

from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.cli.outcomes import some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.flows.territories.moves import Move
    from salesrepo.flows.territories.passing import Passing
    from salesrepo.flows.territories.reassign import Reassignment
    from salesrepo.flows.territories.simulate import Share
    from salesrepo.flows.territories.view import Explained, Holder, Listed


def kind_of(one: "Listed") -> str:
    """A territory's layer, or what it is instead."""
    return "group" if one.kind == "group" else f"{one.layer}, the rest" if one.kind == "residual" else one.layer


def covered_by(one: "Listed") -> str:
    """The holders of a territory on the day that was asked for."""
    if one.kind == "group":
        return ""
    return console.term(people(one.holders)) or ("nobody" if one.in_force else "not in force")


def people(holders: "Sequence[Holder]") -> str:
    """Holders by name, with their roles."""
    return ", ".join(f"{one.name} ({one.role}{', helps' if one.overlay else ''})" for one in holders)


def tell_explained(one: "Explained") -> None:
    """Say why an account lies where it lies in one layer."""
    why, found = one.why, one.territory
    if found is None:
        console.say(f"{one.layer}: in no territory. {console.term(why.reason)}.")
    else:
        console.say(f"{one.layer}: {console.term(found.territory)} ({console.term(found.name)})")
        stated = {name: value for name, value in one.account.facts().items() if name in why.facts}
        told = ", ".join(f"{name} {value}" for name, value in stated.items() if value is not None)
        missing = ", ".join(name for name, value in stated.items() if value is None and name != "region")
        reasons = {
            "named": f"It is named for it since {why.lock.starts}." if why.lock else "",
            "rule": f"Rule {why.rule} covers it.",
            "residual": "No other territory of the group covers it.",
        }
        console.say(f"  Why: {reasons[why.how]}")
        if told or missing:
            console.say(
                f"  Decided by: {console.term(told) or 'nothing stated'}{f'; not stated: {missing}' * bool(missing)}"
            )
        console.say(f"  Covered by: {console.term(people(one.holders)) or 'nobody'}")
    if one.claim:
        console.say(f"  Held by {console.term(one.claimed_by)} until {one.claim.until}.")
    if why.maybe:
        console.say(f"  With more facts it could lie in: {console.term(', '.join(why.maybe))}")


def tell_moves(moves: "Sequence[Move]") -> None:
    """List the accounts that lie in another territory."""
    rows = [
        (
            console.term(move.account),
            move.layer,
            console.term(move.before or "nowhere"),
            console.term(move.after or "nowhere"),
            console.term(f"{move.holder} until {move.until}" if move.holder else ""),
            console.term(", ".join(f"{deal.handle} ({deal.stage})" for deal in move.deals)),
        )
        for move in moves
    ]
    console.table(("account", "layer", "from", "to", "held by", "open deals"), rows)


def tell_shares(what: str, shares: "Sequence[Share]") -> None:
    """List what each territory, or each holder, gets."""
    rows = [
        (console.term(one.name) or "nobody", f"{one.accounts:,}", f"{one.revenue:,}", f"{one.unknown:,}")
        for one in shares
    ]
    columns = (what, "accounts", "revenue", "without revenue")
    console.table(columns, rows, right=columns[1:])


def tell_plan(plan: "Reassignment", *, giver: str, taker: str) -> None:
    """Say who takes over what from whom (by name), and what passes with it."""
    console.say(f"{taker} takes over from {giver} on {plan.day}: {console.term(', '.join(plan.territories))}")
    if plan.accounts:
        rows = [
            (console.term(one.account), console.term(one.territory), *fate(one, giver, taker)) for one in plan.accounts
        ]
        console.table(("account", "territory", "open deals", "who has it"), rows)
    else:
        console.say("No account that is known passes with them.")
    if plan.quotas is not None:
        console.say(f"Quotas of {giver}: {console.term(', '.join(plan.quotas)) or 'none'}.")
    held = [one for one in plan.accounts if one.claimed and one.kept is None]
    if held:
        console.say(f"{some(len(held), 'claim')} of {giver}: sr transfer LEAD --to {plan.taker}")
    for finding in plan.findings:
        console.say(f"Refused: {console.term(finding.message)} {console.term(finding.hint)}")


def fate(one: "Passing", giver: str, taker: str = "") -> tuple[str, str]:
    """The open deals of an account that the giver covers no more, and who has it then; nobody else without a taker."""
    deals = console.term(", ".join(f"{deal.handle} ({deal.stage})" for deal in one.deals))
    then = f"then {taker}" if taker else "then whoever covers it"
    if one.kept:
        return deals, f"{giver} until {one.kept}, {then}"
    if not taker:
        return deals, f"{giver}, up to that day's nightly run" if one.claimed else f"free; not for {giver}"
    return deals, f"{taker}, once the claim is handed over" if one.claimed else f"free; {taker} may claim it"
