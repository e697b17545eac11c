"""Are finance's own files read as they stand, and refused by line where they are wrong?"""

from pathlib import Path

import pytest

from salesrepo.errors import RecordError, RefusedError
from salesrepo.export.mapping import EXPORT_MAPPING
from salesrepo.flows.books.export_inputs import read_mapping, read_people
from tests.export.samples import BILLING, CSV, person

YAML = """\
people:
  - {node: ana, first_name: Ana, last_name: Lima, pay_by: gusto, ids: {gusto_employee_id: "000012"}}
  - node: carl
    first_name: Carl
    last_name: Berg
    pay_by: self-billing
    tax_id: DE2
    address: "Weg 2, Berlin"
"""
CSV_TEXT = (
    "last_name,first_name,node,pay_by,gusto_employee_id,address,tax_id\r\n"
    'Lima,Ana,ana,gusto,000012,,\r\nBerg,Carl,carl,self-billing,,"Weg 2, Berlin",DE2\r\n'
)
KNOWN = {
    "ana": person("ana", "Ana", "Lima", "gusto", gusto_employee_id="000012"),
    "carl": person("carl", "Carl", "Berg", "self-billing", address="Weg 2, Berlin", tax_id="DE2"),
}
MAPPING = """\
adp: {earnings_code: C}
csv:
  system: payfit
  columns:
    - {column: Employee No., from: ids.number}
    - {column: Name, from: name}
    - {column: Pay code, text: COMM}
    - {column: Amount, from: amount}
    - {column: Currency, from: currency}
    - {column: Pay date, from: period_end}
    - {column: Batch, from: batch}
  separator: ";"
  decimal: ","
  encoding: utf-8-sig
self_billing: {issuer: Acme Sales <GmbH>, address: "Ring 1\\n80331 München", tax_id: DE1, note: Net 14.}
journal: {accounts: {expense: "Expenses:Pay"}, expensed_draws: [guarantee]}
accrual:
  accounts: {expense: "6200"}
  capitalise: {months: {d-acme.com-2: 24}, otherwise: expense}
"""


def at(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text"), [("people.yml", YAML), ("people.csv", CSV_TEXT), ("p.CSV", "\ufeff" + CSV_TEXT)]
)
def test_people_are_the_same_from_yaml_and_csv_and_keep_their_zeros(tmp_path: Path, name: str, text: str) -> None:
    assert read_people(at(tmp_path, name, text)) == KNOWN


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("p.yml", YAML + "  - {node: ana, first_name: A, last_name: L, pay_by: adp}\n", "ana stands here twice"),
        ("p.csv", CSV_TEXT + "L,A,ana,adp,,,\r\n", "ana stands here twice"),
        ("p.csv", CSV_TEXT + "L,A\r\n", r"p\.csv:4:0: The row has 2 cells"),
        ("p.csv", "node,first_name,pay_by\nana,Ana,gusto\n", "has no column last_name"),
        ("p.csv", CSV_TEXT.replace("gusto_employee_id", "Gusto ID"), "Gusto ID"),
        ("p.csv", CSV_TEXT.replace("Lima", ""), "last_name"),
        ("p.yml", "people: [1\n", r"p\.yml:"),
        ("p.yml", YAML.replace("node: carl", "node: Carl"), "a node such as ana-lima"),
    ],
)
def test_a_faulty_file_of_people_is_refused(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    with pytest.raises((RecordError, RefusedError), match=sentence):
        read_people(at(tmp_path, name, text))


def test_the_mapping_says_what_each_format_needs(tmp_path: Path) -> None:
    found = read_mapping(at(tmp_path, "export.yml", MAPPING))
    assert (found.csv, found.self_billing) == (CSV, BILLING)
    assert found.adp is not None
    assert found.adp.currency == "USD"
    assert found.accrual.capitalise is not None
    assert (found.accrual.capitalise.otherwise, found.accrual.capitalise.months) == ("expense", {"d-acme.com-2": 24})


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ("earnings_code: C", 'earnings_code: "40"'),
        ("from: ids.number", "from: salary"),
        ("text: COMM", "text: COMM, from: node"),
        ('expense: "Expenses:Pay"', 'expense: "Pay: all"'),
        ("otherwise: expense", "otherwise: sometimes"),
        ("d-acme.com-2: 24", "d-acme.com-2: 0"),
    ],
)
def test_a_faulty_mapping_is_refused(tmp_path: Path, before: str, then: str) -> None:
    assert before in MAPPING
    with pytest.raises(RecordError, match=r"export\.yml"):
        read_mapping(at(tmp_path, "export.yml", MAPPING.replace(before, then)))


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot be read"):
        read_people(tmp_path / "none.yml")
    large = "#" * (EXPORT_MAPPING.cap + 1)
    with pytest.raises(RefusedError, match=r"export\.yml has more than 1,048,576 bytes"):
        read_mapping(at(tmp_path, "export.yml", large))
    with pytest.raises(RefusedError, match="has more than"):
        read_people(at(tmp_path, "people.csv", CSV_TEXT + large))
