"""Is a proposal counted and weighed before a single file of it is read?"""

from datetime import date

import pytest

from salesrepo.domain.change import Blob, PathChange
from salesrepo.domain.finding import Verdict
from salesrepo.flows.proposals.judge import Case, judge, node_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import OverlayTree, overlay_bytes
from tests.checks.build import ACTORS, Nothing, company

TIP = RecordSnapshot(overlay_bytes(Nothing(), company()), "0" * 40)
TODAY = date(2026, 11, 20)


class Read(Exception):
    """Somebody read what was proposed."""


def judged(count: int, size: int, actor: str) -> tuple[Verdict, list[str]]:
    over = {f"products/p{n}.yml": Blob("100644", f"{n:040x}") for n in range(count)}

    def fetch(oid: str, cap: int) -> bytes:
        raise Read(oid)

    tree = OverlayTree(TIP.tree, over, fetch, {blob.oid: size for blob in over.values()})
    changes = tuple(PathChange(path, None, blob) for path, blob in over.items())
    forge_id = ACTORS[actor]
    case = Case(actor_id=forge_id, actor=node_of(TIP, forge_id), today=TODAY)
    judgement = judge(TIP, changes, RecordSnapshot(tree, TIP.commit), case)
    assert judgement.report.rules == ("SR105",) and len(judgement.changes.changes) == count
    return judgement.verdict, [finding.message for finding in judgement.report.findings]


@pytest.mark.parametrize(
    ("count", "size", "told"),
    [
        (201, 1, "This changes 201 files; 200 are the most."),
        (20_000, 64 << 10, "This changes 20000 files; 200 are the most."),
        (2, 600_000, "This brings 1,200,000 bytes; 1,048,576 are the most."),
    ],
)
def test_a_flood_is_refused_unread(count: int, size: int, told: str) -> None:
    assert judged(count, size, "fin") == (Verdict.REFUSED, [told])


@pytest.mark.parametrize(("count", "size", "actor"), [(200, 5_000, "fin"), (201, 1, "dana"), (2, 600_000, "dana")])
def test_what_is_small_enough_or_an_import_is_read(count: int, size: int, actor: str) -> None:
    with pytest.raises(Read):
        judged(count, size, actor)
