"""What does a claim, and an open deal on it, become when it passes to another node while the lease goes on?"""

from dataclasses import fields, replace
from datetime import date
from typing import Literal

from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import Deal, DealCredit, Evidence, Move
from salesrepo.domain.money import add, parse_percent, show_percent

_FREE = ("holder", "territory", "provisional", "ended", "ending", "note", "imported")


def passed(
    claim: Claim, to: str, *, day: date, how: Literal["transferred", "decided"], territory: str, provisional: bool
) -> Claim:
    """The claim in another's hand: since when it runs, and until when, stays as it was."""
    return replace(claim, holder=to, territory=territory, provisional=provisional, ended=day, ending=how, imported=None)


def moved(deal: Deal, to: str) -> Deal:
    """An open deal in another's hand: its credits go along, and what is known of it still rests on the giver's log."""
    known = deal.qualification
    if known is not None:
        answers = {
            name: replace(answer, evidence=_named(answer.evidence, deal.node)) for name, answer in known.fields.items()
        }
        known = replace(known, fields=answers)
    credits = _moved(deal.credits, deal.node, to)
    return replace(deal, node=to, credits=credits, moves=with_logs(deal.moves, deal.node), qualification=known)


def with_logs(moves: tuple[Move, ...], node: str) -> tuple[Move, ...]:
    """Moves whose evidence says in whose log it stands: in this node's, where it did not say."""
    return tuple(
        replace(move, evidence=tuple(replace(shown, node=shown.node or node) for shown in move.evidence))
        for move in moves
    )


def lease_changes(before: Claim, after: Claim) -> tuple[str, ...]:
    """The fields in which a claim that only passes on differs and must not; empty where it is the same lease."""
    kept = (field.name for field in fields(Claim) if field.name not in _FREE)
    return tuple(name for name in kept if getattr(before, name) != getattr(after, name))


def _named(evidence: Evidence | None, node: str) -> Evidence | None:
    """Evidence that names whose log it is in: without a name it would be looked for in the receiver's."""
    return replace(evidence, node=evidence.node or node) if evidence else None


def _moved(credits: tuple[DealCredit, ...], giver: str, to: str) -> tuple[DealCredit, ...]:
    found: dict[tuple[str, str], DealCredit] = {}
    for credit in credits:
        node = to if credit.node == giver else credit.node
        same = found.get((credit.role, node))
        total = add(parse_percent(same.share), parse_percent(credit.share)) if same else parse_percent(credit.share)
        share = show_percent(total) if same else credit.share
        found[credit.role, node] = DealCredit(node=node, role=credit.role, share=share)
    return tuple(found.values())
