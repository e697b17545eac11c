"""`salesrepo ci sweep`: write down what is due for claims by itself, and warn of what will be."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from salesrepo.domain.change import FILE_MODE, blob_id
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.taking import TAKING
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.lease import taking_left
from salesrepo.domain.transitions import Transition
from salesrepo.flows.here.place import check_not_far_ahead
from salesrepo.flows.proposals.due import Unread, Warned, due_now
from salesrepo.flows.proposals.judge import Case, judge_files, merge_day, snapshot_at
from salesrepo.flows.proposals.land import Landing, land
from salesrepo.forge.base import BOT_ID
from salesrepo.forge.local import LocalForge
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.objects import Objects

MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Due:
    """One claim and what it becomes."""

    account: str
    layer: str
    steps: tuple[str, ...]
    before: str
    holder: str
    until: date


@dataclass
class Swept:
    """What was due and is written down now, as which proposals; what is left for another run, and warnings.

    `unread` is what was left out because a record cannot be read.
    """

    done: list[Due] = field(default_factory=list)
    landings: list[Landing] = field(default_factory=list)
    left: list[Due] = field(default_factory=list)
    warnings: tuple[Warned, ...] = ()
    unread: tuple[Unread, ...] = ()


def sweep(forge: LocalForge, *, now: datetime, dry_run: bool = False) -> Swept:
    """Send what is due as proposals of the bot, at most 200 files each, and merge them; a second run finds nothing.

    With `dry_run`, only say what is due. Raises RefusedError for a date far ahead of main's.
    """
    swept = Swept()
    refused: set[tuple[str, str]] = set()
    while True:
        main = forge.main()
        with Objects(forge.repository(main)) as objects:
            check_not_far_ahead(now, read_commit(objects, main).committed)
            tip = snapshot_at(objects, main)
            today = merge_day(tip, now)
            now_due = due_now(forge, tip, today)
            found = [one for one in now_due.due if _key(one) not in refused]
            swept.warnings, swept.unread = now_due.warnings, now_due.unread
            if dry_run or not found:
                swept.done += [_told(tip, one) for one in found]
                return swept
            batch = _batch(tip, found, today)
            sound = _sound(tip, batch, today)
            refused |= {_key(one) for one in batch if one not in sound}
            if not sound:
                continue
            landing = _send(forge, objects, _files(tip, sound, today), main, now=now)
        swept.landings.append(landing)
        if landing.outcome != "merged":
            swept.left = [_told(tip, one) for one in found]
            return swept
        swept.done += [_told(tip, one) for one in sound]


def _key(transition: Transition) -> tuple[str, str]:
    return transition.claim.account, transition.claim.layer


def _files(tip: RecordSnapshot, found: Iterable[Transition], today: date) -> dict[str, bytes | None]:
    return {path: data for one in found for path, data in files_of(tip, one, today).items()}


def files_of(tip: RecordSnapshot, transition: Transition, today: date) -> dict[str, bytes | None]:
    """The files that change with a transition: the claim, its pointers, and the place of whoever gets it."""
    claim = transition.claim
    before = tip.get(CLAIM, account=claim.account, layer=claim.layer)
    ids = {"account": claim.account, "layer": claim.layer}
    files: dict[str, bytes | None] = dict([file_of(CLAIM, claim)])
    if before is not None and before.status == "held" and (claim.status, claim.holder) != ("held", before.holder):
        files[HOLD.path.fill(node=before.holder, **ids)] = None
        if left := taking_left(before, claim, today):
            files.update([file_of(TAKING, left)])
    if "granted" in transition.steps:
        files.update([file_of(HOLD, Hold(node=claim.holder, **ids))])
        files[PLACE_IN_QUEUE.path.fill(node=claim.holder, **ids)] = None
        files[WAIT.path.fill(node=claim.holder, **ids)] = None
    return files


def _sound(tip: RecordSnapshot, found: list[Transition], today: date) -> list[Transition]:
    """Those to which the rules have no objection: one that is refused must not keep the others back."""
    case = Case(actor_id=BOT_ID, actor=None, today=today)
    while found:
        files = {path: (data, at) for at, one in enumerate(found) for path, data in files_of(tip, one, today).items()}
        judgement = judge_files(tip, {path: data for path, (data, _) in files.items()}, case)
        errors = {finding.at.path for finding in judgement.report.of(Severity.ERROR)}
        wrong = {files[path][1] for path in errors if path in files}
        if not wrong:
            break
        found = [one for at, one in enumerate(found) if at not in wrong]
    return found


def _batch(tip: RecordSnapshot, found: Iterable[Transition], today: date) -> list[Transition]:
    """As many as fit; of the grants one for each node, since the next one counts against its limits."""
    batch: list[Transition] = []
    size, granted = 0, set[str]()
    for transition in found:
        if "granted" in transition.steps:
            if transition.claim.holder in granted:
                continue
            granted.add(transition.claim.holder)
        size += len(files_of(tip, transition, today))
        if size > MOST_FILES:
            break
        batch.append(transition)
    return batch


def _send(forge: LocalForge, objects: Objects, files: dict[str, bytes | None], main: str, *, now: datetime) -> Landing:
    changes = {path: None if data is None else (FILE_MODE, data) for path, data in files.items()}
    when = max(int(now.timestamp()), read_commit(objects, main).committed)
    (head,) = write_commits(forge.repository(), [Draft(changes, "What is due\n", when)], parent=main)
    parts = [main, *(f"{path} {blob_id(data) if data is not None else 'gone'}" for path, data in sorted(files.items()))]
    submission = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    number = forge.open_as_bot(head=head, title="What is due", submission=submission)
    return land(forge, number, now=now)


def _told(tip: RecordSnapshot, transition: Transition) -> Due:
    claim = transition.claim
    before = tip.get(CLAIM, account=claim.account, layer=claim.layer)
    return Due(claim.account, claim.layer, transition.steps, before.holder if before else "", claim.holder, claim.until)
