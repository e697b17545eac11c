"""What does a way to rate consist of? The one protocol behind `components/`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from salesrepo.commission.values import Formula

if TYPE_CHECKING:  # a rate is applied without the record that it was written in
    from salesrepo.domain.kinds.plan import Component, Rate


class Problem(NamedTuple):
    """Why a plan cannot be paid by: the keys that lead to the place, a sentence, the next step."""

    route: tuple[str | int, ...]
    message: str
    hint: str = ""


class RateShape(Protocol):
    """One way to write a component's `rate`."""

    @property
    def name(self) -> str:
        """What it is called, in words."""

    def fits(self, rate: "Rate") -> bool:
        """Whether a rate is written in this way."""

    def problems(self, component: "Component", currency: str) -> Iterator[Problem]:
        """What is wrong with a component that is; routes begin at the component."""

    def formula(self, component: "Component", currency: str) -> Formula:
        """The rate ready to be applied. The component has no problems."""
