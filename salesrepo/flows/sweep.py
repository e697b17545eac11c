"""`salesrepo ci sweep`: write down what is due for claims by itself, and warn of what will be."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from salesrepo.checks.disputes import cases
from salesrepo.checks.owed import brought
from salesrepo.checks.rule import CheckContext
from salesrepo.checks.transitions import due_for
from salesrepo.domain.change import FILE_MODE, blob_id
from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.finding import Severity
from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.dispute import STATEMENT
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.place_in_queue import PLACE_IN_QUEUE
from salesrepo.domain.kinds.policy_claims import CLAIMS_POLICY
from salesrepo.domain.kinds.referral import REFERRED_LEAD
from salesrepo.domain.kinds.wait import WAIT
from salesrepo.domain.transitions import Transition
from salesrepo.errors import RecordError, RefusedError
from salesrepo.flows.judge import Case, judge_files, merge_day, snapshot_at
from salesrepo.flows.land import Landing, land
from salesrepo.flows.past import asked_on
from salesrepo.forge.base import BOT_ID, ProposalState
from salesrepo.forge.local import LocalForge
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.objects import Objects

MOST_FILES = 200
_LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """One claim and what it becomes."""

    account: str
    layer: str
    steps: tuple[str, ...]
    before: str
    holder: str
    until: date


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that somebody has to know: what it is, of which lead, whom it concerns, and the day that counts."""

    what: str
    account: str
    layer: str
    node: str
    day: date


@dataclass
class Swept:
    """What was due and is written down now, as which proposals; what is left for another run, and warnings."""

    done: list[Due] = field(default_factory=list)
    landings: list[Landing] = field(default_factory=list)
    left: list[Due] = field(default_factory=list)
    warnings: tuple[Warned, ...] = ()


def sweep(forge: LocalForge, *, now: datetime, dry_run: bool = False) -> Swept:
    """Send what is due as proposals of the bot, at most 200 files each, and merge them; a second run finds nothing.

    With `dry_run`, only say what is due.
    """
    swept = Swept()
    refused: set[tuple[str, str]] = set()
    while True:
        main = forge.main()
        with Objects(forge.repository(main)) as objects:
            tip = snapshot_at(objects, main)
            today = merge_day(tip, now)
            found = [one for one in _all_due(forge, tip, today) if _key(one) not in refused]
            swept.warnings = tuple(warnings(tip, today))
            if dry_run or not found:
                swept.done += [_told(tip, one) for one in found]
                return swept
            batch = _batch(tip, found)
            sound = _sound(tip, batch, today)
            refused |= {_key(one) for one in batch if one not in sound}
            if not sound:
                continue
            landing = _send(forge, objects, _files(tip, sound), main, now=now)
        swept.landings.append(landing)
        if landing.outcome != "merged":
            swept.left = [_told(tip, one) for one in found]
            return swept
        swept.done += [_told(tip, one) for one in sound]


def _key(transition: Transition) -> tuple[str, str]:
    return transition.claim.account, transition.claim.layer


def _files(tip: RecordSnapshot, found: Iterable[Transition]) -> dict[str, bytes | None]:
    return {path: data for one in found for path, data in files_of(tip, one).items()}


def files_of(tip: RecordSnapshot, transition: Transition) -> dict[str, bytes | None]:
    """The files that change with a transition: the claim, its pointers, and the place of whoever gets it."""
    claim = transition.claim
    before = tip.get(CLAIM, account=claim.account, layer=claim.layer)
    ids = {"account": claim.account, "layer": claim.layer}
    files: dict[str, bytes | None] = dict([file_of(CLAIM, claim)])
    if before is not None and before.status == "held" and (claim.status, claim.holder) != ("held", before.holder):
        files[HOLD.path.fill(node=before.holder, **ids)] = None
    if "granted" in transition.steps:
        files.update([file_of(HOLD, Hold(node=claim.holder, **ids))])
        files[PLACE_IN_QUEUE.path.fill(node=claim.holder, **ids)] = None
        files[WAIT.path.fill(node=claim.holder, **ids)] = None
    return files


def warnings(tip: RecordSnapshot, today: date) -> Iterator[Warned]:
    """Claims that end within the longest of the policy's `warn_days`, overdue disputes, referrals that ended lately."""
    policy = tip.get(CLAIMS_POLICY)
    if policy is None:
        return
    last = today + timedelta(days=max(policy.warn_days, default=0))
    for _, claim in tip.all(CLAIM, "claims"):
        if claim.status == "held" and today <= claim.until <= last:
            yield Warned("ends_soon", claim.account, claim.layer, claim.holder, claim.until)
    for key in dict.fromkeys(said.account for _, said in tip.all(STATEMENT, "disputes")):
        for case in cases(tip, key):
            by = case.opened.day + timedelta(days=policy.dispute.decide_within_days)
            if case.decision is None and by < today:
                yield Warned("dispute_overdue", key, case.opened.layer, case.opened.node, by)
    for _, lead in tip.all(REFERRED_LEAD, "referrals"):
        until = brought(lead, policy).until
        if today - _LATELY <= until < today:
            yield Warned("referral_ended", lead.account, lead.layer, lead.by, until)


def _all_due(forge: LocalForge, tip: RecordSnapshot, today: date) -> list[Transition]:
    """Everything that is due, but for claims that somebody asks for in a proposal which waits for a person."""
    asked = _asked_for(forge, tip, today)
    ctx = _context(tip, today)
    claims = [claim for path, claim in tip.all(CLAIM, "claims") if path not in asked]
    return [transition for claim in claims if (transition := _due(ctx, claim))]


def _due(ctx: CheckContext, claim: Claim) -> Transition | None:
    """What is due for one claim; a record around it that is broken keeps back this one alone."""
    try:
        return due_for(ctx, claim)
    except (RecordError, RefusedError):
        return None


def _asked_for(forge: LocalForge, tip: RecordSnapshot, today: date) -> set[str]:
    policy = tip.get(CLAIMS_POLICY)
    patience = timedelta(days=policy.review_days if policy else 0)
    return {
        path
        for proposal in forge.list(ProposalState.OPEN)
        if merge_day(tip, datetime.fromtimestamp(proposal.created, UTC)) + patience >= today
        for path in proposal.updates[-1].claims
    }


def _context(tip: RecordSnapshot, today: date) -> CheckContext:
    """What the rules would see of a proposal that changes nothing."""
    return CheckContext(
        change=ChangeSet(), tip=tip, result=tip, actor_id=BOT_ID, actor=None, today=today, asked_on=asked_on(tip)
    )


def _sound(tip: RecordSnapshot, found: list[Transition], today: date) -> list[Transition]:
    """Those to which the rules have no objection: one that is refused must not keep the others back."""
    case = Case(actor_id=BOT_ID, actor=None, today=today)
    while found:
        files = {path: (data, at) for at, one in enumerate(found) for path, data in files_of(tip, one).items()}
        judgement = judge_files(tip, {path: data for path, (data, _) in files.items()}, case)
        errors = {finding.at.path for finding in judgement.report.of(Severity.ERROR)}
        wrong = {files[path][1] for path in errors if path in files}
        if not wrong:
            break
        found = [one for at, one in enumerate(found) if at not in wrong]
    return found


def _batch(tip: RecordSnapshot, found: Iterable[Transition]) -> list[Transition]:
    batch: list[Transition] = []
    size = 0
    for transition in found:
        size += len(files_of(tip, transition))
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
