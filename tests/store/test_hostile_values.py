"""Is a number, day or time that tools read differently refused by its letters, before anything computes with it?"""

from typing import Any

import pytest

from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.record import Kind
from salesrepo.errors import RecordError
from salesrepo.store.emit import emit
from salesrepo.store.snapshot import parse

PLAIN: dict[str, tuple[Kind[Any], str, dict[str, Any]]] = {
    "deal": (
        DEAL,
        "deals/53/a/d-acme.com/d-acme.com-1.yml",
        {
            "deal": "d-acme.com-1",
            "account": "d-acme.com",
            "node": "ana",
            "stage": "lead",
            "opened": "2026-11-20",
            "currency": "USD",
            "lines": [{"product": "pro", "quantity": "1", "price": "1000.00"}],
        },
    ),
    "payment": (
        PAYMENT,
        "payments/8a/f/d-acme.com-1/inv-1.yml",
        {
            "payment": "inv-1",
            "deal": "d-acme.com-1",
            "kind": "paid",
            "amount": "10.00",
            "currency": "USD",
            "day": "2026-11-20",
        },
    ),
    "account": (
        ACCOUNT,
        "accounts/53/a/d-acme.com.yml",
        {"account": "d-acme.com", "name": "Acme", "employees": "120", "added_by": "ana", "added": "2026-11-20"},
    ),
}

NO_AMOUNT = [
    *("NaN", "nan", ".nan", "Infinity", "-inf", ".inf", "1E+1000000", "1e3", "-0e9", "1_000", "1__0", "0x1F", "0o17"),
    *(
        "１２３",
        "٣٫٥",
        "²",
        "½",
        "1,000.00",
        "1.000,00",
        "10.",
        ".5",
        "+5",
        "- 5",
        "--5",
        "−5",
        "01",
        "00.5",
        " 5",
        "5 ",
    ),
    *("1.23456", "1" * 16, "9" * 5_000, "10 USD", "$10", "10%", "12\n", "1\t", "", "null", "true", "~", "1:30", "0b1"),
    *("1 000", "1\u00a0000", "1\u202f000", "'5'", '"5"', "=1+1", "1/2", "Decimal(1)"),
]
NO_DAY = [
    *("1704067200", "0", "20240101", "2024-W01-1", "2024-1-1", "2024-13-01", "2024-02-30", "2023-02-29", "24-01-01"),
    *("9999-12-31", "0000-00-00", "1999-12-31", "2101-01-01", "2024-01-01T00:00:00", "2024-01-01 ", "２０２４-01-01"),
    *(
        "2024/01/01",
        "2024-01-01Z",
        "today",
        "",
        "null",
        "-2024-01-01",
        "2024-01-00",
        "2024-00-01",
        "9999-12-31T23:59:59-12:00",
    ),
]
NO_COUNT = ["-1", "1.0", "1e3", "１", "1_0", "+1", " 1", "0x1", "1" * 30, "", "true", "½", "1\n"]


def read(name: str, route: tuple[str | int, ...], text: str) -> Any:
    """The record with this text at the route."""
    kind, path, plain = PLAIN[name]
    changed = _with(plain, route, text)
    (found,) = parse(kind, emit(changed), path=path)
    return found


def _with(node: Any, route: tuple[str | int, ...], text: str) -> Any:
    if not route:
        return text
    if isinstance(node, dict):
        return {**node, route[0]: _with(node[str(route[0])], route[1:], text)}
    return [_with(item, route[1:], text) if at == route[0] else item for at, item in enumerate(node)]


@pytest.mark.parametrize("text", NO_AMOUNT, ids=lambda text: ascii(text[:20]))
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    for name, route in (("deal", ("lines", 0, "price")), ("payment", ("amount",))):
        with pytest.raises(RecordError):
            read(name, route, text)


@pytest.mark.parametrize("text", NO_DAY, ids=ascii)
def test_what_is_no_plain_day_is_refused(text: str) -> None:
    for name, route in (("deal", ("opened",)), ("payment", ("day",)), ("account", ("added",))):
        with pytest.raises(RecordError):
            read(name, route, text)


@pytest.mark.parametrize("text", NO_COUNT, ids=ascii)
def test_what_is_no_plain_count_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        read("account", ("employees",), text)


@pytest.mark.parametrize("text", ["0", "-5", "-0.01", "999999999999999.9999", "10.5", "0.0001"])
def test_plain_amounts_are_welcome_negative_ones_too(text: str) -> None:
    assert read("payment", ("amount",), text).amount == text


@pytest.mark.parametrize("text", ["2000-01-01", "2024-02-29", "2100-12-31"])
def test_plain_days_are_welcome(text: str) -> None:
    assert read("account", ("added",), text).added.isoformat() == text


NAMES = [
    *(
        "O'Brien & Sons",
        "株式会社日立製作所",
        "شركة أرامكو السعودية",
        "בנק לאומי",
        "No",
        "null Inc.",
        "3M",
        "1&1",
        "7-Eleven",
    ),
    *(
        "می‌خواهم",
        "ක්‍රීඩා",
        "Łódź Żółć",
        "Größe: GmbH",
        "#1 Pizza",
        "- Dash -",
        "*Star*",
        "@Home",
        "100%",
        "{curly}",
        "[sic]",
    ),
    *("क्‍ष", "Đặng", "ООО «Ромашка»", "Yahoo!", "C++", "A/S", "'quoted'", '"double"', "back\\slash", "~", "yes", "off"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_names_as_companies_write_them_are_welcome(name: str, end: bytes) -> None:
    kind, path, plain = PLAIN["account"]
    (found,) = parse(kind, emit({**plain, "name": name}).replace(b"\n", end), path=path)
    assert found.name == name
