"""Is a mapping file read strictly, and is the one that ships what it says?"""

import pytest

from salesrepo.errors import RecordError
from salesrepo.importers.mapping import IMPORT_MAPPING
from salesrepo.importers.registry import BILLING, FORMATS
from salesrepo.resources import resource
from salesrepo.store.snapshot import parse
from salesrepo.territory import geography, industry
from tests.importers.export import MAPPING

SHIPPED = (resource("templates") / "importers" / "crm-csv.yml").read_text(encoding="utf-8")


def test_every_format_ships_its_mapping() -> None:
    folder = resource("templates") / "importers"
    assert {path.name for path in folder.iterdir()} == {*(f"{name}.yml" for name in FORMATS), *BILLING.values()}


def test_codes_exist() -> None:
    assert [code for code in MAPPING.countries.values() if geography.place_of(code, None) is None] == []
    assert [code for code in MAPPING.industries.values() if industry.number_of(code) is None] == []


def test_corrections_lead_to_words_that_are_known() -> None:
    assert set(MAPPING.corrections.country.values()) <= set(MAPPING.countries)
    assert set(MAPPING.corrections.sector.values()).isdisjoint(MAPPING.corrections.sector)


@pytest.mark.parametrize(
    ("before", "then", "sentence"),
    [
        ("  file: accounts.csv", "  file: products.csv", "are four files"),
        ("opportunity {id}", "imported", r"words\.order must hold \{id\}"),
        ("Product: {product}", "Product", r"words\.unpriced must hold \{product\}"),
        ("residual: open", "residual: offices", "must not be named as the group"),
        ("dates: month/day/year", "dates: MM/DD/YYYY", "dates must be one of"),
        ("  Won: won", "  Won: closed", r"stages\.Won must be one of"),
        ("Kenya: KE", "Kenya: Kenya", r"countries\.Kenya must be an ISO 3166-1"),
        ("system: crm", "system: crm\nguess: true", "guess is not a known field"),
        ("currency: USD\n", "", "currency is missing"),
    ],
)
def test_a_faulty_mapping_is_refused_with_its_fault(before: str, then: str, sentence: str) -> None:
    assert before in SHIPPED
    data = SHIPPED.replace(before, then, 1).encode()
    with pytest.raises(RecordError, match=sentence):
        parse(IMPORT_MAPPING, data, path="mine.yml")
