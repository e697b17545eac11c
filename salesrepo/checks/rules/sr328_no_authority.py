"""SR328: do we know who decides?"""

from collections.abc import Iterator

from salesrepo.checks.hygiene import Look, Remark, remarks
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding
from salesrepo.domain.pipeline import is_advanced
from salesrepo.domain.qualification import answer_to


@rule("SR328", "no-authority", audit=True)
def SR328(ctx: CheckContext) -> Iterator[Finding]:
    """A deal with an offer out names who may say yes: a contact in such a role, or the answer about authority (H08).

    ## Why
    An offer that only people read who cannot sign is no offer. The roles are `authority_roles`.

    ## Fix
    `sr log deal DEAL --contact c-3c:authority`, or `sr qualify DEAL authority TEXT`.
    """
    yield from remarks(ctx, "SR328", nobody_decides)


def nobody_decides(look: Look) -> Iterator[Remark]:
    """Neither a contact nor an answer."""
    known = any(contact.role in look.limits.authority_roles for contact in look.deal.contacts)
    if is_advanced(look.deal, look.policy) and not known and answer_to(look.deal, "authority") is None:
        hint = f"Find out: sr log deal {look.handle} --contact c-3c:authority"
        yield Remark(f"Nobody who decides is known for {look.handle}.", hint, "contacts")
