"""Does a quote's digest stand for exactly what was asked for, and is a discount an exact share?"""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.kinds.deal import Deal, DealLine, Discount, Instalment
from salesrepo.domain.kinds.product import FormerPrice, Product
from salesrepo.domain.quote import TERMS, digest_of, discounted, off_list

DAY = date(2026, 11, 20)
PRO = Product(sku="pro", name="Pro", price="1000.00", currency="USD")
slugs = st.sampled_from(["a", "b", "a-b", "lite"])
percents = st.integers(0, 99).map(lambda n: f"{n}%")
lines = st.builds(
    DealLine,
    product=slugs,
    quantity=st.integers(1, 30),
    price=st.integers(0, 99).map(lambda n: f"{n}.{n:02}"),
    discounts=st.lists(st.builds(Discount, name=slugs, percent=percents), max_size=2).map(tuple),
)
deals = st.builds(
    Deal,
    deal=st.just("d-acme.com-1"),
    account=st.just("d-acme.com"),
    node=st.just("ana"),
    stage=st.just("demo"),
    opened=st.just(DAY),
    currency=st.sampled_from(["USD", "EUR"]),
    lines=st.lists(lines, max_size=3).map(tuple),
    term=st.none() | st.integers(1, 36),
    billing=st.none() | st.sampled_from(["once", "annual"]),
    starts=st.none() | st.just(DAY),
    schedule=st.lists(st.builds(Instalment, day=st.just(DAY), amount=st.sampled_from(["1", "2"])), max_size=2).map(
        tuple
    ),
    kind=st.sampled_from(["new", "renewal"]),
    layer=st.sampled_from(["core", "cloud"]),
    also_for=st.sampled_from([(), ("d-globex.com",), ("d-globex.com", "d-initech.com")]),
)


@given(deals, deals)
def test_two_deals_have_one_digest_only_if_they_ask_for_the_same(one: Deal, other: Deal) -> None:
    def asked(deal: Deal) -> tuple[object, ...]:
        return tuple(getattr(deal, name) for name in TERMS)

    assert (digest_of(one) == digest_of(other)) is (asked(one) == asked(other))


def test_a_quote_from_before_the_other_terms_counted_still_stands() -> None:
    line = DealLine(product="pro", quantity=1, price="790.00")
    deal = Deal(
        deal="d-acme.com-1", account="d-acme.com", node="ana", stage="demo", opened=DAY, currency="USD", lines=(line,)
    )
    assert digest_of(deal) == "0c1ee70fb4990adad472849a203ef5e9c28cd31912352a1943ffa0a4cfcbaf5f"


@given(deals)
def test_what_is_no_part_of_a_price_changes_nothing(deal: Deal) -> None:
    assert digest_of(replace(deal, note="Called.", closes=DAY, stage="won")) == digest_of(deal)


@given(st.integers(0, 200_000))
def test_a_discount_is_the_exact_share_below_the_list(price: int) -> None:
    off = off_list(DealLine(product="pro", quantity=1, price=f"{price // 100}.{price % 100:02}"), PRO, DAY)
    assert off is not None
    assert off[0] * 100_000 == max(100_000 - price, 0) * off[1]


def test_the_list_of_the_day_counts() -> None:
    product = replace(
        PRO,
        starts=date(2026, 1, 1),
        ends=date(2027, 1, 1),
        former=(FormerPrice(price="900.00", ends=date(2026, 7, 1)), FormerPrice(price="800.00", ends=date(2026, 4, 1))),
    )
    days = [
        "2025-12-31",
        "2026-01-01",
        "2026-03-31",
        "2026-04-01",
        "2026-06-30",
        "2026-07-01",
        "2026-12-31",
        "2027-01-01",
    ]
    listed = [product.listed(date.fromisoformat(day)) for day in days]
    assert listed == [None, "800.00", "800.00", "900.00", "900.00", "1000.00", "1000.00", None]


def test_discounts_are_taken_off_one_after_the_other_and_rounded_once() -> None:
    line = DealLine(
        product="pro",
        quantity=1,
        price="0",
        discounts=(Discount(name="a", percent="33.333%"), Discount(name="b", percent="33.333%")),
    )
    assert discounted(line, PRO, DAY) == 44445  # 1000 x 0.66667 x 0.66667 = 444.4488...
