"""Which ways to rate are known? A new one is one file in `components/` and one line here."""

from salesrepo.commission.components.base_rate import BASE_RATE
from salesrepo.commission.components.marginal_tiers import MARGINAL_TIERS
from salesrepo.commission.shape import RateShape
from salesrepo.domain.kinds.plan import Rate

COMPONENTS: tuple[RateShape, ...] = (BASE_RATE, MARGINAL_TIERS)


def shape_of(rate: Rate) -> RateShape:
    """The way in which a rate is written. The plan kind admits none that no shape fits (a test holds it to that)."""
    return next(shape for shape in COMPONENTS if shape.fits(rate))
