"""Which team and grade does a node have on a day, and what did a unit cost then?"""

from datetime import date

from salesrepo.domain.kinds.node import GradeTerm, Node, TeamTerm
from salesrepo.domain.kinds.product import FormerPrice, Product

MARCH, APRIL, MAY = (date(2027, month, 1) for month in (3, 4, 5))


def test_teams_and_grades_run_up_to_and_without_their_end() -> None:
    north, south = TeamTerm(team="north", starts=MARCH, ends=APRIL), TeamTerm(team="south", starts=MARCH, weight="0.5")
    grades = (GradeTerm(grade="junior", starts=MARCH, ends=MAY), GradeTerm(grade="senior", starts=APRIL))
    node = Node(node="ana", name="Ana", teams=(north, south), grades=grades, left=date(2027, 6, 1))
    assert node.teams_on(date(2027, 2, 28)) == () and node.grade_on(date(2027, 2, 28)) is None
    assert node.teams_on(date(2027, 3, 31)) == (north, south) and node.grade_on(date(2027, 3, 31)) == "junior"
    assert node.teams_on(APRIL) == (south,) and node.grade_on(APRIL) == "senior"
    assert node.teams_on(date(2027, 6, 1)) == ()


def test_a_former_price_without_a_cost_had_the_one_that_came_after() -> None:
    former = (
        FormerPrice(price="100.00", ends=APRIL),
        FormerPrice(price="90.00", cost="40.00", ends=MARCH),
        FormerPrice(price="110.00", ends=MAY),
    )
    product = Product(sku="pro", name="Pro", price="120.00", currency="USD", cost="50.00", former=former)
    assert product.cost_on(date(2027, 2, 28)) == "40.00"
    assert [product.cost_on(day) for day in (MARCH, APRIL, MAY)] == ["50.00"] * 3
    assert Product(sku="pro", name="Pro", price="1.00", currency="USD").cost_on(MAY) is None
