"""Does a changed claim go on as it was, or does somebody claim the account anew?"""

from datetime import date

from salesrepo.domain.kinds.claim import Claim


def goes_on(before: Claim | None, claim: Claim, *, today: date) -> bool:
    """Whether both are one lease: held before and after by one node, since one day.

    Once a lease is over, its holder too may claim the account anew; what a new claim must meet then holds for them.
    """
    if before is None or before.status != "held" or claim.status != "held" or before.holder != claim.holder:
        return False
    return before.until >= today or claim.since == before.since
