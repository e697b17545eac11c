"""Who is who in payroll? What finance's own file of people says; it never lies in the repository."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from salesrepo.domain.fields import Line, NodeId, Pattern, Prose
from salesrepo.domain.record import TABLE_CAP, Kind, Owner, PathPattern

IdName = Annotated[str, Pattern(r"[a-z][a-z0-9_]{0,39}", "the name of an id such as gusto_employee_id")]
PayBy = Annotated[str, Pattern(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?", "a payroll such as gusto or by-hand")]


@dataclass(frozen=True, kw_only=True)
class Person:
    """A payee as payroll knows them. `pay_by` is the one format, or the mapped CSV's system, by which they are paid.

    What is paid in another way has a word of finance's own there, such as `by-hand`. `ids` are texts: a leading zero
    is part of it. A contractor's document names business, address and tax id.
    """

    node: NodeId
    first_name: Line
    last_name: Line
    pay_by: PayBy
    ids: Mapping[IdName, Line] = field(default_factory=dict)
    business: Line | None = None
    address: Prose | None = None
    tax_id: Line | None = None

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, kw_only=True)
class People:
    """The whole file."""

    people: tuple[Person, ...]

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """Whoever stands there twice would be paid by whichever row comes last."""
        seen: set[str] = set()
        for place, person in enumerate(self.people):
            if person.node in seen:
                yield ("people", place, "node"), f"{person.node} stands here twice."
            seen.add(person.node)

    def by_node(self) -> dict[str, Person]:
        """Each person by node."""
        return {person.node: person for person in self.people}


PEOPLE = Kind("export-people", People, PathPattern("people.yml"), Owner.FINANCE, cap=TABLE_CAP)
PLAIN_COLUMNS = ("node", "first_name", "last_name", "pay_by", "business", "address", "tax_id")
"""The columns of the same as CSV; each other column is an id of that name."""
