"""Does a value class alone say what may be written, what a mistake is called, and what an editor offers?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.fields import AccountKey, Amount, Country, Line, Percent, Prose, Slug, Whole
from salesrepo.domain.record import RECORD_CAP, Kind, Owner, PathPattern
from salesrepo.errors import RecordError
from salesrepo.store.changes import problems_of
from salesrepo.store.emit import emit
from salesrepo.store.gate import read_documents
from salesrepo.store.model import Route, json_schema, problems, to_plain, validate
from tests.helpers.texts import ANY


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rates by a running total."""

    steps: tuple[Percent, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of an order."""

    sku: Slug
    price: Amount
    quantity: Annotated[int, Whole(1, 999)] = 1
    rate: Percent | Table | None = None

    def problems(self) -> Iterable[tuple[Route, str]]:
        if self.price.startswith("-"):
            yield ("price",), "A price is not negative."


@dataclass(frozen=True, kw_only=True)
class Order:
    """What an account
    orders."""

    account: AccountKey
    signed: date
    status: Literal["open", "won"]
    title: Line
    renewal: bool = False
    net: bool = True
    size: Size | None = None
    note: Prose | None = None
    from_: date | None = None
    until: date | None = None
    items: tuple[Item, ...] = ()
    countries: Slug | tuple[Country, ...] | None = None
    prices: Mapping[Country, Amount] = field(default_factory=dict)
    copy: Line | None = None  # names that pydantic's own models use
    json: Line | None = None

    def problems(self) -> Iterable[tuple[Route, str]]:
        if self.until and self.from_ and self.until < self.from_:
            yield ("from_",), "An order begins before it ends."


ORDER = Kind("order", Order, PathPattern("orders/<account>.yml"), Owner.SELLER)

LEAST = {"account": "d-acme.com", "signed": "2026-11-21", "status": "open", "title": "Ten seats"}
FULL = LEAST | {
    "renewal": "true",
    "net": "false",
    "size": "large",
    "note": "First\nsecond",
    "from": "2026-12-01",
    "until": "2027-11-30",
    "items": [
        {"sku": "pro", "price": "10.50", "quantity": "10", "rate": "12.5%"},
        {"sku": "x", "price": "1", "rate": {"steps": ["1%", "2%"]}},
    ],
    "countries": ["DE", "AT"],
    "prices": {"NO": "1.00"},
    "copy": "a",
    "json": "b",
}
VALUE = Order(
    account="d-acme.com",
    signed=date(2026, 11, 21),
    status="open",
    title="Ten seats",
    renewal=True,
    net=False,
    size=Size.LARGE,
    note="First\nsecond",
    from_=date(2026, 12, 1),
    until=date(2027, 11, 30),
    items=(
        Item(sku="pro", price="10.50", quantity=10, rate="12.5%"),
        Item(sku="x", price="1", rate=Table(steps=("1%", "2%"))),
    ),
    countries=("DE", "AT"),
    prices={"NO": "1.00"},
    copy="a",
    json="b",
)


def test_plain_data_becomes_the_value_class_itself() -> None:
    assert validate(ORDER, FULL, path="a.yml") == VALUE
    assert validate(ORDER, LEAST, path="a.yml") == Order(
        account="d-acme.com", signed=date(2026, 11, 21), status="open", title="Ten seats"
    )


def test_a_value_goes_out_and_comes_back_through_the_gate() -> None:
    expected = {**FULL, "items": [FULL["items"][0], {"sku": "x", "price": "1", "quantity": "1", **_rate()}]}  # type: ignore[index]
    assert to_plain(VALUE) == expected
    (plain,) = read_documents(emit(to_plain(VALUE)), path="a.yml", cap=RECORD_CAP)
    assert validate(ORDER, plain, path="a.yml") == VALUE


def _rate() -> dict[str, Any]:
    return {"rate": {"steps": ["1%", "2%"]}}


def test_what_reading_brings_back_is_not_written() -> None:
    least = validate(ORDER, LEAST, path="a.yml")
    assert to_plain(least) == {**LEAST, "net": "true"}
    assert to_plain(Table(steps=())) == {"steps": []}


def test_nothing_written_is_nothing_said_and_a_block_ends_without_a_line_break() -> None:
    value = validate(ORDER, {**LEAST, "note": "a\nb\n", "size": None, "countries": None}, path="a.yml")
    assert (value.note, value.size, value.countries) == ("a\nb", None, None)


def test_a_line_takes_the_blanks_of_a_keyboard_and_a_text_those_of_a_typesetter() -> None:
    value = validate(ORDER, {**LEAST, "title": "山田\u3000商店 1", "note": "1\u202f000 €\n\u00a0ok"}, path="a.yml")
    assert (value.title, value.note) == ("山田\u3000商店 1", "1\u202f000 €\n\u00a0ok")


ODD = [*"\t\u00a0\u1680\u2000\u2003\u2009\u200a\u202f\u205f"]
ITEM = {"sku": "x", "price": "1"}
MISTAKES: list[tuple[dict[str, Any], Route, str]] = [
    ({"account": "Acme!"}, ("account",), 'account must be an account key such as d-acme.com, not "Acme!".'),
    ({"account": None}, ("account",), "account must be an account key such as d-acme.com, not empty."),
    ({"account": ["x"]}, ("account",), "account must be an account key such as d-acme.com, not a list."),
    ({"account": "d-acme.com\n"}, ("account",), "account must be an account key"),
    ({"account": "jo.doe@acme.com"}, ("account",), "such as d-acme.com, not an e-mail address."),
    ({"account": "jo＠acme．com"}, ("account",), "such as d-acme.com, not an e-mail address."),
    ({"status": "call +49 89 123456"}, ("status",), "not a phone number."),
    ({"jo.doe@acme.com": "x"}, ("jo.doe@acme.com",), "(an e-mail address) is not a known field."),
    ({"prices": {"+49 89 123456": "1"}}, ("prices", "+49 89 123456"), "not a phone number."),
    ({"note": "a\tb"}, ("note",), "note must be text with an ordinary blank in place of a tab, not "),
    *(({"title": f"a{odd}b"}, ("title",), "title must be text with an ordinary blank in place of ") for odd in ODD),
    ({"signed": "2026-02-30"}, ("signed",), 'signed must be a day that exists, not "2026-02-30".'),
    ({"signed": "1999-12-31"}, ("signed",), "signed must be a day from 2000-01-01 to 2100-12-31, written YYYY-MM-DD"),
    ({"signed": "20261121"}, ("signed",), "signed must be a day from"),
    ({"signed": "1767312000"}, ("signed",), "signed must be a day from"),
    ({"signed": "٢٠٢٦-١١-٢١"}, ("signed",), "signed must be a day from"),
    ({"status": "Won"}, ("status",), 'status must be one of open, won, not "Won".'),
    ({"size": "medium"}, ("size",), "size must be one of small, large"),
    ({"renewal": "yes"}, ("renewal",), 'renewal must be true or false, not "yes".'),
    ({"renewal": "True"}, ("renewal",), "renewal must be true or false"),
    ({"renewal": None}, ("renewal",), "renewal must be true or false, not empty."),
    ({"title": ""}, ("title",), "title must be text that is not blank"),
    ({"title": " \u3000"}, ("title",), "title must be text that is not blank"),
    ({"title": "a\nb"}, ("title",), "title must be one line of text"),
    ({"title": "x" * 201}, ("title",), "title must be at most 200 characters long (it has 201), not"),
    ({"title": {"a": "b"}}, ("title",), "title must be text, not a group of fields."),
    ({"items": None}, ("items",), "items must be a list (lines that begin with `- `), not empty."),
    ({"items": {"sku": "x"}}, ("items",), "items must be a list"),
    ({"items": ["x"]}, ("items", 0), 'items[0] must be a group of fields (`name: value` lines), not "x".'),
    ({"items": [{"sku": "x"}]}, ("items", 0, "price"), "items[0].price is missing."),
    ({"items": [{"sku": "x", "price": "1e3"}]}, ("items", 0, "price"), 'price must be an amount such as "1054'),
    ({"items": [{"sku": "x", "price": "1_0"}]}, ("items", 0, "price"), "items[0].price must be an amount"),
    ({"items": [{"sku": "x", "price": "١"}]}, ("items", 0, "price"), "items[0].price must be an amount"),
    ({"items": [ITEM | {"quantity": "0"}]}, ("items", 0, "quantity"), "whole number from 1 to 999"),
    ({"items": [{"sku": "x", "price": "1", "quantity": "01"}]}, ("items", 0, "quantity"), "a whole number"),
    ({"items": [{"sku": "x", "price": "1", "quantity": "9" * 5_000}]}, ("items", 0, "quantity"), "a whole number"),
    ({"items": [{"sku": "x", "price": "1", "rate": "1"}]}, ("items", 0, "rate"), "rate must be a percentage such as"),
    ({"items": [ITEM | {"rate": []}]}, ("items", 0, "rate"), "must be text or a group of fields"),
    ({"items": [{"sku": "x", "price": "1", "rate": {}}]}, ("items", 0, "rate", "steps"), "rate.steps is missing."),
    ({"items": [ITEM | {"rate": {"steps": [], "step": "1"}}]}, ("items", 0, "rate", "step"), 'did you mean "steps"?'),
    ({"items": [{"sku": "x", "price": "-1"}]}, ("items", 0, "price"), "A price is not negative."),
    ({"countries": ["DE", "de"]}, ("countries", 1), "countries[1] must be an ISO 3166-1 country code"),
    ({"countries": {}}, ("countries",), "countries must be text or a list, not a group of fields."),
    ({"prices": {"de": "1"}}, ("prices", "de"), 'prices: a name here must be an ISO 3166-1 country code'),
    ({"prices": {"DE": "x"}}, ("prices", "DE"), 'prices.DE must be an amount such as "1054.00", not "x".'),
    ({"prices": ["DE"]}, ("prices",), "prices must be a group of fields"),
    ({"stauts": "won"}, ("stauts",), 'stauts is not a known field; did you mean "status"?'),
    ({"from_": "2026-01-01"}, ("from_",), 'from_ is not a known field; did you mean "from"?'),
    ({"zzz": "1"}, ("zzz",), "zzz is not a known field."),
    ({"\0text": "1"}, ("\0text",), "\ufffdtext is not a known field."),
    ({"prices": {"[key]": "1"}}, ("prices", "[key]"), "prices: a name here must be"),
    ({"[key]": "1"}, ("[key]",), "[key] is not a known field."),
    ({"a\x1b\u202e" + "b" * 90: "1"}, ("a\x1b\u202e" + "b" * 90,), "a\ufffd\ufffdbbb"),
    ({"from": "2026-02-01", "until": "2026-01-01"}, ("from",), "An order begins before it ends."),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "route", "sentence"), MISTAKES)
def test_a_mistake_has_one_place_and_one_sentence(mistake: dict[str, Any], route: Route, sentence: str) -> None:
    found = problems(ORDER, LEAST | mistake)
    assert [place for place, _ in found] == [route]
    assert sentence in found[0][1]
    assert found[0][1].endswith((".", "?"))
    assert len(found[0][1]) < 220
    with pytest.raises(RecordError) as caught:
        validate(ORDER, LEAST | mistake, path="a.yml")
    assert caught.value.reason == found[0][1]
    assert caught.value.hint


def test_every_mistake_is_told_and_has_its_line() -> None:
    data = b"account: d-acme.com\nstatus: open\ntitle: x\nitems:\n  - sku: X X\n    price: many\n    qty: 2\n"
    (plain,) = read_documents(data, path="a.yml", cap=RECORD_CAP)
    assert [route for route, _ in problems(ORDER, plain)] == [
        ("signed",),
        ("items", 0, "sku"),
        ("items", 0, "price"),
        ("items", 0, "qty"),
    ]
    found = {problem.route: (problem.line, problem.column) for problem in problems_of(ORDER, data, path="a.yml")}
    assert list(found.values()) == [(1, 1), (5, 5), (6, 5), (7, 5)] and found["items", 0, "sku"] == (5, 5)
    with pytest.raises(RecordError, match=r"^a\.yml: items") as caught:
        validate(ORDER, {**plain, "signed": "2026-11-21"}, path="a.yml")
    assert (caught.value.path, caught.value.line, caught.value.column) == ("a.yml", 0, 0)


def test_a_flood_of_mistakes_is_cut_and_counted() -> None:
    found = problems(ORDER, LEAST | {f"k{n}": "" for n in range(200)})
    assert len(found) == 51
    assert found[-1] == ((), "150 more problems of this record are not listed.")


LEAVES = (
    st.none()
    | st.text(ANY, max_size=8)
    | st.sampled_from(["2026-11-21", "open", "true", "1", "DE", "12.5%", "d-acme.com"])
)
NAMES = st.sampled_from([*FULL, "sku", "price", "quantity", "rate", "steps", "DE", "\0text", "[key]", "", "other"])
PLAIN = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=10
)


@given(extra=st.dictionaries(NAMES, PLAIN, max_size=5))
def test_whatever_the_gate_could_give_is_judged(extra: dict[str, Any]) -> None:
    plain = LEAST | extra
    if not problems(ORDER, plain):
        value = validate(ORDER, plain, path="a.yml")
        assert validate(ORDER, to_plain(value), path="a.yml") == value


def test_the_schema_says_what_editors_need() -> None:
    schema = json_schema(ORDER)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (schema["title"], schema["description"]) == ("order", "What an account orders.")
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["account", "signed", "status", "title"]
    fields = schema["properties"]
    assert list(fields) == [name.removesuffix("_") for name in Order.__dataclass_fields__]
    assert fields["account"]["description"] == "An account key such as d-acme.com."
    assert fields["account"]["pattern"].startswith("^(?:")
    assert fields["status"]["enum"] == ["open", "won"]
    assert fields["renewal"] == {"default": False, "enum": [True, False, "true", "false"]}
    assert fields["title"] == {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^\\n]*$"}
    item = schema["$defs"]["Item"]
    assert item["additionalProperties"] is False
    assert item["properties"]["quantity"]["anyOf"][0] == {"type": "integer", "minimum": 1, "maximum": 999}
    assert fields["items"]["items"] == {"$ref": "#/$defs/Item"}
    assert list(fields["prices"]["patternProperties"]) == ["^(?:[A-Z]{2})$"]
    assert fields["prices"]["additionalProperties"] is False


def test_an_annotation_that_means_nothing_here_is_a_bug() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Loose:
        """Holds a number that no mark describes."""

        price: float

    with pytest.raises(TypeError, match="float"):
        problems(Kind("loose", Loose, PathPattern("x"), Owner.SELLER), {})


@pytest.mark.parametrize("held", [1.5, b"x", {1}])
def test_only_what_a_record_may_hold_goes_out(held: object) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Loose:
        """Holds anything."""

        held: object

    with pytest.raises(TypeError, match=type(held).__name__):
        to_plain(Loose(held=held))
