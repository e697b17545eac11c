"""Which claim do the tests of leases begin with?"""

from datetime import date

from salesrepo.domain.kinds.claim import Claim

DAY = date(2026, 3, 2)


def held_claim(*, until: date = DAY) -> Claim:
    """Ana's on Acme, in the open market, since DAY."""
    return Claim(
        account="d-acme.com",
        layer="core",
        status="held",
        holder="ana",
        territory="world/open",
        since=DAY,
        renewed=DAY,
        until=until,
    )
