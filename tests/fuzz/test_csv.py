"""Does an import account for every line of any file, and never stop for one?"""

from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.paths import place_of
from salesrepo.errors import RefusedError
from salesrepo.importers.crm_csv import plan_import
from salesrepo.importers.csv_rows import read_table
from salesrepo.importers.job import ImportPlan
from salesrepo.store.characters import flaw_in
from salesrepo.store.records import bytes_of
from salesrepo.store.snapshot import parse
from tests.fuzz.budget import timed
from tests.fuzz.material import texts, words
from tests.importers.export import HEADS, MAPPING, ROWS, export, terms

CELLS = words | st.sampled_from(
    ["Acme Corporation", "Ana Lima", "GTX Basic", "Won", "Lost", "Engaging", "10/20/2016", "550", ""]
)


def unfit(text: str) -> str:
    flaw = flaw_in(text)
    return flaw.sentence if flaw else "It holds a line break." if "\n" in text else ""


@timed
@given(st.binary(max_size=400) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_each_line_of_any_bytes_belongs_to_one_row(data: bytes) -> None:
    try:
        table = read_table("x.csv", b"a,b\n" + data, needed=("a", "b"))
    except RefusedError as refused:
        assert refused.hint
        return
    at = [row.line for row in table.rows] + [row.line for row in table.bad]
    assert len(at) == len(set(at))
    assert all(row.sentence for row in table.bad)


@timed
@given(st.sampled_from(sorted(HEADS)), st.binary(max_size=300))
def test_any_bytes_for_a_file_are_planned_or_refused(name: str, data: bytes) -> None:
    held(export() | {name: data})
    held(export() | {name: HEADS[name].encode() + b"\n" + data})


@timed
@given(st.sampled_from(sorted(HEADS)), st.lists(st.lists(CELLS, min_size=3, max_size=8), min_size=1, max_size=4))
def test_any_cells_become_records_that_are_read_back(name: str, rows: list[list[str]]) -> None:
    written = tuple(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells) for cells in rows)
    held(export({name: (*ROWS[name], *written)}))


def held(files: dict[str, bytes]) -> None:
    """What is planned are records at their places that read back as they were meant."""
    try:
        plan: ImportPlan = plan_import(files, MAPPING, terms=terms(), unfit=unfit)
    except RefusedError as refused:
        assert refused.message and refused.hint
        return
    drafts = (*plan.organisation, *plan.history)
    assert len({draft.path for draft in drafts}) == len(drafts)
    for draft in drafts:
        place = place_of(draft.path)
        assert place is not None and place.kind is draft.kind
        data = b"" if draft.kind.pointer else bytes_of(draft.kind, draft.value, path=draft.path)
        assert parse(draft.kind, data, path=draft.path) == (draft.value,)
