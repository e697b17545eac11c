"""Who may sell one layer to one account, until when, and by which territory?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from salesrepo.domain.fields import AccountKey, LayerId, Line, NodeId, Pattern, Whole
from salesrepo.domain.kinds.imported import Imported
from salesrepo.domain.record import Kind, Owner, PathPattern

TerritoryPath = Annotated[
    str, Pattern(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)+", "a territory's path such as emea/dach-mid")
]

DEFAULT_LAYER = "core"


Evidence = Literal["two_way_contact", "meeting_scheduled", "customer_referral", "inbound_assigned", "event_met"]
Ending = Literal["given_up", "lapsed", "transferred", "left", "decided", "territory"]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The lease of one account's layer. Never deleted: a released one keeps its last holder and dates.

    Held from `since`; `until` is the last day kept, as `domain/lease.py` computes it from the rest and the policy.
    `renewed` is the day of the last meaningful activity (at first: `since`), `touched` that of the first one.
    A `reserved` claim has no evidence yet, a `registered` one has; a `customer` has bought from its holder.
    `extensions` counts those granted, `given_back` the days that a review took. `referred_by` brought the lead.
    `provisional` while the account's deciding facts are unverified: no deal on it can be won.
    `ended` and `ending` say when and how a released claim ended; of a held one, how it came from its last holder.
    """

    account: AccountKey
    layer: LayerId
    status: Literal["held", "released"]
    holder: NodeId
    territory: TerritoryPath
    since: date
    renewed: date
    until: date
    provisional: bool = False
    standing: Literal["reserved", "registered", "customer"] = "registered"
    evidence: Evidence | None = None
    touched: date | None = None
    extensions: Annotated[int, Whole(0, 20)] = 0
    given_back: Annotated[int, Whole(0, 365)] = 0
    referred_by: NodeId | None = None
    ended: date | None = None
    ending: Ending | None = None
    note: Line | None = None
    imported: Imported | None = None


CLAIM = Kind("claim", Claim, PathPattern("claims/<s:account>/<account>/<layer>.yml"), Owner.SELLER)
