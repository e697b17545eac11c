"""Does each format give exactly the bytes that payroll and the books read, and refuse by name what they would not?"""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesrepo.domain.statement import LineItem, LineType
from salesrepo.errors import RefusedError, UsageError
from salesrepo.export.batch import batch_id, files_digest, lines_digest, short_id
from salesrepo.export.job import Job
from salesrepo.export.mapping import AdpTerms, Column, CsvTerms, ExportMapping
from salesrepo.export.people import Person
from salesrepo.export.registry import FORMATS, WITH_PEOPLE, export
from salesrepo.export.rows import payouts
from tests.export.samples import BILLING, CSV, GOLDEN, LINES, job, line, payout, people, person

MONEY = ("USD", "JPY", "KWD")


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_gives_these_bytes(form: str) -> None:
    expected = {path.name: path.read_bytes() for path in (GOLDEN / form).iterdir()}
    assert export(form, job(form)).files == expected


@pytest.mark.parametrize("form", FORMATS)
def test_every_payout_is_exported_or_listed(form: str) -> None:
    made = export(form, job(form))
    assert sorted([*made.paid, *(left.payout for left in made.left)]) == list(payouts(LINES))


@pytest.mark.parametrize("form", sorted(WITH_PEOPLE))
def test_payroll_pays_nobody_zero_or_less_and_says_whom_not(form: str) -> None:
    made = export(form, job(form))
    assert min(paid.amount for paid in made.paid) > 0
    told = {left.payout.payee: left.why for left in made.left}
    assert (told["dee"], told["eve"]) == ("the payee owes it", "there is nothing to pay")


def test_totals_and_payees_are_counted_by_currency() -> None:
    made = export("csv", job("csv"))
    assert (made.totals(), made.payees()) == ({"JPY": 75001, "KWD": 1234567, "USD": 165000}, 4)


# --- rows sum to lines -----------------------------------------------------------------------------------------------

some_lines = st.lists(
    st.tuples(
        st.sampled_from([*LineType]), st.sampled_from("abc"), st.integers(-(10**9), 10**9), st.sampled_from(MONEY)
    ),
    max_size=30,
).map(
    lambda rows: tuple(
        line(LineType.EARNING if kind is LineType.REVERSAL else kind, payee, amount, money, seq=seq)
        for seq, (kind, payee, amount, money) in enumerate(rows, 1)
    )
)


@given(some_lines)
def test_payouts_sum_to_the_payout_lines_and_no_advance_is_paid_again(lines: tuple[LineItem, ...]) -> None:
    advances = tuple(one for one in lines if one.type is LineType.PAYOUT and one.payee == "c")
    closing = tuple(one._replace(component=None) for one in lines if one not in advances)
    expected: Counter[tuple[str, str]] = Counter()
    for one in closing:
        if one.type is LineType.PAYOUT:
            expected[one.payee, one.currency] -= one.amount
    advanced = tuple(one._replace(component="monthly-advance") for one in advances)
    assert {(row.payee, row.currency): row.amount for row in payouts((*closing, *advanced))} == dict(expected)


@given(some_lines, st.randoms(use_true_random=False))
def test_a_batch_depends_on_what_the_lines_say_not_on_their_order(lines: tuple[LineItem, ...], chance: Any) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)
    assert lines_digest(mixed) == lines_digest(lines)
    for place, one in enumerate(lines):
        cent = one._replace(amount=one.amount + 1)
        assert lines_digest((*lines[:place], cent, *lines[place + 1 :])) != lines_digest(lines)


def test_a_batch_is_named_after_its_period_format_and_lines() -> None:
    digest = lines_digest(LINES)
    assert batch_id("2027-03", "csv", "payfit", digest) == f"2027-03-csv-payfit-{digest[:12]}"
    assert short_id(batch_id("2027-03", "adp", None, digest)) == f"SR{digest[:6].upper()}"


def test_one_file_has_its_own_digest_and_several_that_of_their_list() -> None:
    one = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # printf x | sha256sum
    both = "5896facc2c8ca188bc6dde52b80359e91107d82a8f69b05156f15c22b9948206"  # sha256sum a b | sha256sum
    assert files_digest({"a": b"x"}) == one
    assert files_digest({"b": b"x", "a": b"x"}) == both


# --- what a format refuses -------------------------------------------------------------------------------------------


def changed(form: str, node: str, **fields: Any) -> Job:
    """March with one person written otherwise."""
    known = people("payfit" if form == "csv" else form)
    return job(form, people={**known, node: replace(known[node], **fields)})


def ids(known: Person, **new: str) -> dict[str, str]:
    return {**known.ids, **new}


ANA = people("adp")["ana"]
REFUSED: dict[str, tuple[str, Job, str]] = {
    "nobody is mapped": ("gusto", job("gusto", people={}), "Nobody says who is paid for ana, ben-9, carl, noor, yuki"),
    "nobody is paid so": ("gusto", job("gusto", people=people("adp")), "2027-03 pays nobody by gusto"),
    "yen to Gusto": ("gusto", changed("gusto", "yuki", pay_by="gusto"), r"Yuki Elsewhere \(yuki\) is due JPY"),
    "dinars to ADP": ("adp", changed("adp", "noor", pay_by="adp"), "is due KWD, and ADP pays in USD"),
    "two of one name": (
        "gusto",
        changed("gusto", "ben-9", first_name="ANA", last_name="Lima", ids={}),
        "Two people are called ANA Lima, and ben-9 has no gusto_employee_id",
    ),
    "one id for two": (
        "gusto",
        changed("gusto", "ben-9", ids={"gusto_employee_id": "5g9934"}),
        "ana and ben-9 have the same gusto_employee_id",
    ),
    "an id that is none": ("gusto", changed("gusto", "ana", ids={"gusto_employee_id": "=1"}), "'=1', which is none"),
    "a reserved file number": ("adp", changed("adp", "ana", ids=ids(ANA, adp_file_number="000050")), "000051 to"),
    "a long file number": ("adp", changed("adp", "ana", ids=ids(ANA, adp_file_number="1000000")), "000051 to 999999"),
    "digits of another script": ("adp", changed("adp", "ana", ids=ids(ANA, adp_file_number="٠٠١٢٣٤")), "000051 to"),
    "no file number": ("adp", changed("adp", "ana", ids={"adp_co_code": "AB"}), "the adp_file_number ''"),
    "a long company code": ("adp", changed("adp", "ana", ids=ids(ANA, adp_co_code="ABCD")), "two or three"),
    "one file number for two": ("adp", changed("adp", "ana", ids=ids(ANA, adp_file_number="1234")), "and so has"),
    "more than ADP holds": (
        "adp",
        job("adp", lines=(payout("ana", 10_000_000),)),
        r"Ana Lima \(ana\) is due 100000\.00, and one entry in ADP holds at most 99999\.99",
    ),
    "no code for ADP": ("adp", job("adp", mapping=ExportMapping()), "needs the company's earnings code"),
    "no columns": ("csv", job("csv", mapping=ExportMapping()), "needs its columns"),
    "an id that a column lacks": ("csv", changed("csv", "ana", ids={}), r"Ana Lima \(ana\) has no number"),
    "currencies without a column": (
        "csv",
        job("csv", mapping=ExportMapping(csv=replace(CSV, columns=(Column(column="Sum", from_="amount"),)))),
        "JPY and KWD and USD, and no column says in which",
    ),
    "a letter that the encoding lacks": (
        "csv",
        job("csv", mapping=ExportMapping(csv=replace(CSV, encoding="cp1252"))),
        "noor has the letter 'ن', which cp1252 cannot write",
    ),
    "no issuer": ("self-billing", job("self-billing", mapping=ExportMapping()), "needs the issuer"),
    "no address": ("self-billing", changed("self-billing", "carl", address=None), "has no address"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_payroll_would_not_take_is_refused_by_name(case: str) -> None:
    form, asked, sentence = REFUSED[case]
    with pytest.raises(RefusedError, match=sentence) as caught:
        export(form, asked)
    assert caught.value.hint


def test_the_largest_amount_and_a_short_company_code_fit_adp() -> None:
    asked = job("adp", lines=(payout("ana", 9_999_999),), people={"ana": ANA})
    (name, data) = next(iter(export("adp", asked).files.items()))
    assert (name, data.splitlines()[1].rpartition(b",")[2]) == ("PRAB_EPI.csv", b"99999.99")


def test_each_company_code_gets_a_file_of_its_own() -> None:
    asked = changed("adp", "ana", ids=ids(ANA, adp_co_code="XYZ"))
    assert sorted(export("adp", asked).files) == ["PRAB_EPI.csv", "PRXYZEPI.csv"]


def test_an_unknown_format_is_told_with_the_choices() -> None:
    with pytest.raises(UsageError, match="Nothing here exports to 'xls'") as caught:
        export("xls", job("gusto"))
    assert "gusto, adp, csv" in caught.value.hint


@pytest.mark.parametrize("code", ["40", "50", "60", "61"])
def test_adp_s_own_earnings_codes_are_refused(code: str) -> None:
    assert [sentence for _, sentence in AdpTerms(earnings_code=code).problems()] != []


def test_a_mapping_without_the_money_is_refused() -> None:
    terms = CsvTerms(system="x", columns=(Column(column="A", from_="node"), Column(column="A", text="b")))
    assert len([*terms.problems()]) == 2
    assert [*Column(column="A").problems()] != []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\u200b=", "＝", "%", "|"])
def test_no_name_runs_as_a_formula_in_any_payroll_file(start: str) -> None:
    for form in ("gusto", "csv"):
        known = people("payfit" if form == "csv" else form)
        bad = replace(known["ana"], first_name=f"{start}1+1", last_name=f"{start}2;{start}3")
        (data,) = export(form, job(form, people={**known, "ana": bad})).files.values()
        cells = [cell for row in data.decode("utf-8-sig").splitlines() for cell in row.replace('"', "\n").split("\n")]
        assert [cell for cell in cells if cell.startswith(start) and ("1+1" in cell or "2;" in cell)] == []


@settings(max_examples=15)
@given(st.text(max_size=12), st.text(max_size=12))
def test_a_self_billing_page_holds_no_markup_of_others(name: str, address: str) -> None:
    carl = replace(people("self-billing")["carl"], business=f"<b>{name}", address=f"<i>{address}")
    made = export("self-billing", job("self-billing", people={**people("self-billing"), "carl": carl}))
    (page,) = (data.decode() for data in made.files.values())
    assert "<b>" not in page
    assert "<i>" not in page
    assert BILLING.issuer not in page
    assert "&lt;GmbH&gt;" in page


def test_documents_are_numbered_through_and_each_currency_has_its_own() -> None:
    known = person("carl", "Carl", "Berg", "self-billing", address="Weg 2")
    lines = (payout("carl", 5), payout("carl", 7, "JPY", seq=2))
    made = export("self-billing", job("self-billing", lines=lines, people={"carl": known}))
    assert sorted(made.files) == ["SB-2027-03-001-carl.html", "SB-2027-03-002-carl.html"]
    assert b"Payable: 7 JPY" in made.files["SB-2027-03-001-carl.html"]
