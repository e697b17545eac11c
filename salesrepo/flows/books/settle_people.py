"""Who has credit by somebody else's: managers, those who referred a colleague, teams, the holder of the account?"""

from collections.abc import Callable, Iterator

from salesrepo.commission.values import Credit, Event
from salesrepo.domain.kinds.deal import Deal
from salesrepo.domain.kinds.node import Node
from salesrepo.flows.books.settle_terms import Terms

_MOST_LEVELS = 20


def above(credit: Credit, terms: Terms) -> Iterator[Credit]:
    """The credits that others have by a credit, on the event's day: whoever's plan asks for one of its kind."""
    node, day = credit.payee, credit.event.day
    known = terms.node(node)
    managers = _chain(node, lambda found: found.manager_on(day), terms)
    brought = _chain(node, lambda found: found.referred_by, terms)
    for via, chain in (("reports", managers), ("referred", brought)):
        for level, payee in enumerate(chain, 1):
            if terms.asks_for(payee, via, signed=credit.event.signed, day=day):
                yield _by(credit, payee, via, level, terms)
    for term in known.teams_on(day) if known else ():
        if terms.asks_for(term.team, "members", signed=credit.event.signed, day=day):
            yield _by(credit, term.team, "members", 1, terms)


def of_account(event: Event, deal: Deal, known: int, terms: Terms) -> Iterator[Credit]:
    """The whole credit of who holds the deal's account, in each role that policy gives to the account."""
    holder = terms.holder(deal.account, deal.layer) if terms.roles_of_account else None
    if holder is not None:
        for number, role in enumerate(sorted(terms.roles_of_account), known + 1):
            yield Credit(event, holder, role, (0, 1), (1, 1), number)


def _by(credit: Credit, payee: str, via: str, level: int, terms: Terms) -> Credit:
    starts = terms.payee(credit.payee).starts
    return credit._replace(payee=payee, via=via, node=credit.payee, level=level, node_starts=starts)


def _chain(node: str, above_of: Callable[[Node], str | None], terms: Terms) -> Iterator[str]:
    """Who stands above a node, nearest first; a circle ends it."""
    met = {node}
    while len(met) <= _MOST_LEVELS:
        known = terms.node(node)
        found = above_of(known) if known else None
        if found is None or found in met:
            return
        yield found
        met.add(found)
        node = found
