"""What does it cost to judge a proposal, beyond loading the program, and does it grow with the repository?"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.company import FILES_OF_AN_ACCOUNT, TODAY, Company, build
from benchmarks.measure import Effort, Row, here, in_turns, kept, median, program, ratio
from salesrepo.domain.finding import Verdict
from salesrepo.flows.proposals.judge import Case, judge, node_of, result_of, snapshot_at
from salesrepo.vcs.merge import merge_changes
from salesrepo.vcs.objects import Objects

_SMALL = 1_000  # files
_ROUNDS = 3  # times as many: it takes milliseconds, and the clock of a busy machine is coarse


def rows(effort: Effort) -> Iterator[Row]:
    """A proposal of five open deals, in a small and in a large repository, against one `git diff --raw` of it."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (company(Path(folder) / str(files), files) for files in (_SMALL, effort.files))
        works = {
            "diff": program(*_diff(small)),
            "diff large": program(*_diff(large)),
            "small": here(lambda: check(small)),
            "large": here(lambda: check(large)),
        }
        found = in_turns(works, _ROUNDS * effort.rounds)
    what = "PR check work (5 deals, rules included) / git diff --raw, "
    for name, floor, files in (("small", "diff", _SMALL), ("large", "diff large", effort.files)):
        yield kept(f"{what}{files:,} files", ratio(found, name, floor), 3, seconds=median(found, name))
    yield kept(f"PR check work, {effort.files:,} / {_SMALL:,} files", ratio(found, "large", "small"), 1.5)


def company(folder: Path, files: int) -> Company:
    """A company with about this many files."""
    folder.mkdir()
    return build(folder, max(5, files // FILES_OF_AN_ACCOUNT))


def check(of: Company) -> None:
    """Judge the company's proposal as the bots do: everything is read anew. Raises RuntimeError if it does not pass."""
    with Objects(of.git_dir) as objects:
        tip = snapshot_at(objects, of.main)
        changes = merge_changes(objects, of.main, of.head)
        case = Case(actor_id=of.actor_id, actor=node_of(tip, of.actor_id), today=TODAY)
        judged = judge(tip, changes, result_of(tip, objects, changes), case)
    if judged.verdict is not Verdict.AUTO or len(judged.changes.changes) != of.changed:
        raise RuntimeError(f"the proposal should pass: {judged.report.findings} {judged.report.skipped}")


def _diff(of: Company) -> tuple[str, ...]:
    return ("git", "--git-dir", str(of.git_dir), "diff", "--raw", "-z", "--no-renames", f"{of.main}...{of.head}")
