"""What does it cost to check every record of a company, against reading every blob of it?"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.company import Company, build
from benchmarks.measure import Effort, Row, here, in_turns, kept, median, not_yet, ratio
from salesrepo.domain.record import TABLE_CAP
from salesrepo.flows.proposals.check import check_all
from salesrepo.vcs.objects import Objects

_BATCH = 1_000


def rows(effort: Effort) -> Iterator[Row]:
    """`salesrepo check --all`, cold."""
    with tempfile.TemporaryDirectory() as folder:
        company = build(Path(folder), effort.accounts)
        files = read(company)
        works = {"check": here(lambda: check(company)), "read": here(lambda: read(company))}
        found = in_turns(works, effort.few())
    each = median(found, "check") / files * 1e6
    yield kept(
        f"check --all, cold, {effort.accounts:,} accounts / reading every blob",
        ratio(found, "check", "read"),
        5,
        note=f"{files:,} files, {each:.3g} us each",
        seconds=median(found, "check"),
    )
    yield not_yet("check --all, warm / git ls-tree -r", "at most 2x", "no cache is kept between checks")


def check(company: Company) -> None:
    """The audit of main. Raises RuntimeError where it finds anything."""
    ws = company.workspace()
    try:
        report = check_all(ws)
    finally:
        ws.close()
    if report.findings or report.skipped:
        raise RuntimeError(f"the company should pass: {report.findings[:3]} {report.skipped}")


def read(company: Company) -> int:
    """Read every blob of main through the door that the check uses; returns how many files there are."""
    with Objects(company.git_dir) as objects:
        oids = [blob.oid for _, blob in objects.files(company.main)]
        for at in range(0, len(oids), _BATCH):
            objects.read_many(oids[at : at + _BATCH], TABLE_CAP)
    return len(oids)
