"""How an open deal is told to its seller: where it stands, what is known of it, what it needs."""

from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.cli.findings import say_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salesrepo.domain.kinds.deal import Deal
    from salesrepo.flows.deals.hygiene import OpenDeal
    from salesrepo.flows.deals.log_deal import DealNoted
    from salesrepo.flows.deals.promised import Promised


def tell_noted(
    noted: "DealNoted", told: str, *, looked_at: str, dry_run: bool, besides: "Callable[[], None]" = lambda: None
) -> None:
    """Say what is noted of a deal, then what would be said of it (`looked_at` heads what a person is to see).

    `besides` says more between that and the next step.
    """
    console.say(f"{'Would note' if dry_run else 'Noted'}: {told}")
    say_findings(noted.findings, "It would be refused as it is:", looked_at)
    besides()
    if not dry_run:
        console.say("Next: sr submit")


def tell_deal(one: "OpenDeal") -> None:
    """Print one open deal from all sides."""
    deal = one.deal
    closes = f", closes {deal.closes}" if deal.closes else ""
    console.say(f"{console.term(one.handle)}: {deal.stage}, {one.amount} {deal.currency}{closes}")
    _tell_terms(deal)
    tell_promised(one.promised)
    for move in deal.moves:
        shown = ", ".join(str(proof.day) for proof in move.evidence)
        console.say(f"  {move.day} {move.stage}{f', by what was logged on {shown}' if shown else ''}")
    if deal.contacts:
        console.say(f"  Contacts: {', '.join(f'{contact.contact} ({contact.role})' for contact in deal.contacts)}")
    if deal.competitors:
        console.say(f"  Competitors: {console.term(', '.join(deal.competitors))}")
    if deal.qualification:
        score = one.score
        console.say(f"  Qualified ({deal.qualification.framework}): {score.points} of {score.most} points.")
        for name, answer in deal.qualification.fields.items():
            counts = answer.score if answer.evidence else 0
            console.say(f"    {console.term(name)} ({counts}): {console.term(answer.text)}")
    if one.next:
        due = f", due {one.next.due}" if one.next.due else ""
        console.say(f"  Next step: {console.term(one.next.text)}{due}")
    tell_advice(one)


def _tell_terms(deal: "Deal") -> None:
    """What is sold, at which price and on which terms."""
    for line in deal.lines:
        off = "".join(f", {console.term(one.name)} {one.percent} off" for one in line.discounts)
        console.say(f"  {line.quantity} x {console.term(line.product)} at {line.price} {deal.currency}{off}")
    terms = (
        ("term", f"{deal.term} months" if deal.term else ""),
        ("billing", deal.billing or ""),
        ("starts", str(deal.starts or "")),
        ("order", deal.order or ""),
        ("signed", str(deal.signed or "")),
        ("quoted", str(deal.quote.day) if deal.quote else ""),
    )
    if told := ", ".join(f"{name} {console.term(value)}" for name, value in terms if value):
        console.say(f"  {told[0].upper()}{told[1:]}")
    for part in deal.schedule:
        console.say(f"  Invoice on {part.day}: {part.amount} {deal.currency}")
    shares = [f"{credit.node} {credit.share} as {credit.role}" for credit in deal.credits]
    if len(shares) > 1:
        console.say(f"  Credited: {console.term(', '.join(shares))}")
    if deal.note:
        console.say(f"  Note: {console.term(deal.note)}")


def tell_promised(promised: "Iterable[Promised]", *, handles: bool = False) -> None:
    """Print what was promised to a customer."""
    for one in promised:
        words = f": {console.term(one.words)}" if one.words else ""
        console.say(f"  Promised{f' in {console.term(one.handle)}' if handles else ''} ({one.promise}){words}")


def tell_advice(one: "OpenDeal") -> None:
    """Print what a deal needs, each with the next command."""
    for told in one.advice:
        console.say(f"  - {console.term(told.sentence)}")
        console.say(f"    {console.term(told.hint)}")
