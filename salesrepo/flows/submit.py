"""`sr submit`: send what is noted, each parcel as a proposal of its own, and say what became of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from salesrepo.domain.change import FILE_MODE, blob_id
from salesrepo.domain.finding import Finding, Severity, Verdict
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.flows.judge import Case, Judgement, judge_files, node_of
from salesrepo.flows.land import Landing, land
from salesrepo.flows.parcels import Parcel, parcels_of
from salesrepo.flows.renew import renewals
from salesrepo.flows.sync import sync
from salesrepo.flows.workspace import Workspace, open_workspace
from salesrepo.forge.base import ProposalState
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.transfer import push
from salesrepo.vcs.worktree import worktree_changes

Fate = Literal["accepted", "waiting", "review", "refused", "conflict", "held", "sent", "would_send"]


@dataclass(frozen=True)
class Sent:
    """What became of one parcel; `number` is 0 if nothing was sent. One of `roles` must still approve."""

    title: str
    fate: Fate
    paths: tuple[str, ...]
    number: int = 0
    findings: tuple[Finding, ...] = ()
    roles: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Submission:
    """What became of everything that was in the outbox."""

    parcels: tuple[Sent, ...] = field(default=())

    @property
    def changed(self) -> bool:
        """Whether anything was sent."""
        return any(sent.number for sent in self.parcels)

    def any(self, *fates: Fate) -> bool:
        """Whether a parcel met one of these fates."""
        return any(sent.fate in fates for sent in self.parcels)


def submit(ws: Workspace, *, dry_run: bool = False, only: str = "") -> Submission:
    """Send the outbox (with `only`, one account's claim); what is refused comes back with its reason, the rest goes on.

    Raises UnavailableError where the forge cannot be reached: everything not sent yet stays noted.
    """
    desk = ws.desk
    with desk.busy():
        _take_edits(ws)
        contents = _unsent(ws)
    results: list[Sent] = []
    for parcel in parcels_of(contents, ws.tip):
        if only and not (parcel.load == "claim" and parcel.account == only):
            continue
        here = open_workspace(desk)
        try:
            results += _send(here, parcel, dry_run=dry_run)
        finally:
            here.close()
    if not dry_run and any(sent.fate == "accepted" for sent in results):
        _catch_up(ws)
    return Submission(tuple(results))


def send_files(ws: Workspace, title: str, files: Mapping[str, bytes | None], *, dry_run: bool = False) -> Sent:
    """Send files that never lay in the outbox (an import, an admission) as one proposal."""
    parcel = Parcel("files", title, dict(files), {title: tuple(files)})
    judgement = _judged(ws, parcel)
    errors = judgement.report.of(Severity.ERROR)
    if errors:
        return Sent(title, "refused", tuple(files), findings=errors, reason=errors[0].message)
    if dry_run:
        return Sent(title, "would_send", tuple(files), roles=judgement.missing)
    result = _deliver(ws, parcel, judgement)
    if result.fate == "accepted":
        _catch_up(ws)
    return result


def _catch_up(ws: Workspace) -> None:
    later = open_workspace(ws.desk)
    try:
        sync(later)
    finally:
        later.close()


def _take_edits(ws: Workspace) -> None:
    """Files that a maintainer edited in the folder itself are sent too, based on what they were made from."""
    edits = worktree_changes(ws.desk.root)
    head = ws.objects.tip("HEAD") or ws.main
    for path, data in edits.items():
        known = ws.outbox.item(path)
        if known and known.state == "sent" and ws.outbox.read(path) == data:
            continue
        blob = ws.objects.at(head, path)
        ws.outbox.put(path, data, base=blob.oid if blob else None)


def _unsent(ws: Workspace) -> dict[str, bytes | None]:
    """What is not on its way: noted, refused before, or sealed by a submit that was cut short."""
    waiting = {item.path for item in ws.outbox.items() if item.state == "sent" and item.proposal}
    return {path: data for path, data in ws.outbox.contents().items() if path not in waiting}


def _send(ws: Workspace, parcel: Parcel, *, dry_run: bool) -> list[Sent]:
    results: list[Sent] = []
    moved = [p for p in parcel.files if (item := ws.outbox.item(p)) and item.base != ws.base_of(p)]
    if moved:
        reason = f"Somebody else changed {len(moved)} of these records meanwhile."
        stale = {unit for unit, paths in parcel.units.items() if set(paths) & set(moved)}
        paths = tuple(path for unit in sorted(stale) for path in parcel.units[unit])
        results.append(Sent(parcel.title, "conflict", paths, reason=reason, findings=_taken(ws, parcel)))
        _return(ws, paths, reason, dry_run=dry_run)
        parcel = parcel.without(stale)
    held = _waits_for_claim(ws, parcel)
    if held:
        paths = tuple(path for unit in sorted(held) for path in parcel.units[unit])
        results.append(Sent(parcel.title, "held", paths, reason="It goes out once your claim is accepted."))
        parcel = parcel.without(held)
    judgement, parcel = _sound(ws, parcel, results, dry_run=dry_run)
    if not parcel.files:
        return results
    if dry_run:
        return [*results, Sent(parcel.title, "would_send", tuple(parcel.files), roles=judgement.missing)]
    with ws.desk.busy():
        for path in parcel.files:
            ws.outbox.mark(path, "sent")
    result = _deliver(ws, parcel, judgement)
    with ws.desk.busy():
        own = [path for path in result.paths if ws.outbox.item(path)]
        for path in own:
            if result.fate in ("refused", "conflict"):
                ws.outbox.mark(path, "refused", reason=result.reason)
            else:
                ws.outbox.mark(path, "sent", proposal=result.number, reason=result.reason)
    return [*results, result]


def _sound(ws: Workspace, parcel: Parcel, results: list[Sent], *, dry_run: bool) -> tuple[Judgement, Parcel]:
    """The parcel without the units that the rules refuse, those returned to the outbox with their reason."""
    judgement = _judged(ws, parcel)
    while errors := judgement.report.of(Severity.ERROR) if parcel.files else ():
        wrong = {f.at.path for f in errors}
        bad = {unit for unit, paths in parcel.units.items() if wrong & set(paths)} or set(parcel.units)
        paths = tuple(path for unit in sorted(bad) for path in parcel.units[unit])
        results.append(Sent(parcel.title, "refused", paths, findings=errors, reason=errors[0].message))
        _return(ws, paths, errors[0].message, dry_run=dry_run)
        parcel = parcel.without(bad)
        judgement = _judged(ws, parcel)
    return judgement, parcel


def _judged(ws: Workspace, parcel: Parcel) -> Judgement:
    files = {**parcel.files, **(renewals(ws, parcel.files) if parcel.load == "routine" else {})}
    actor = node_of(ws.tip, ws.identity.forge_id)
    return judge_files(ws.tip, files, Case(actor_id=ws.identity.forge_id, actor=actor, today=ws.today))


def _return(ws: Workspace, paths: tuple[str, ...], reason: str, *, dry_run: bool) -> None:
    if not dry_run:
        with ws.desk.busy():
            for path in paths:
                ws.outbox.mark(path, "refused", reason=reason)


def _taken(ws: Workspace, parcel: Parcel) -> tuple[Finding, ...]:
    return _judged(ws, parcel).report.of(Severity.ERROR) if parcel.load == "claim" else ()


def _waits_for_claim(ws: Workspace, parcel: Parcel) -> set[str]:
    """The units on accounts whose claim is noted or on its way, but not accepted yet."""
    if parcel.load not in ("routine", "deal"):
        return set()
    pending = set()
    for item in ws.outbox.items():
        if item.path.startswith("claims/") and item.state != "refused" and not item.gone:
            key = item.path.split("/")[3]
            claim = ws.tip.get(CLAIM, account=key, layer=item.path.rsplit("/", 1)[1].removesuffix(".yml"))
            if claim is None or claim.holder != ws.me:
                pending.add(key)
    return {
        unit
        for unit, paths in parcel.units.items()
        if any(path.startswith("deals/") and path.split("/")[3] in pending for path in paths)
    }


def _deliver(ws: Workspace, parcel: Parcel, judgement: Judgement) -> Sent:
    """Make a commit over main's tip, push it to the fork, open or update the proposal, and let the bots look at it."""
    extra = renewals(ws, parcel.files) if parcel.load == "routine" else {}
    files = {**parcel.files, **extra}
    changes = {path: None if data is None else (FILE_MODE, data) for path, data in files.items()}
    when = int(ws.desk.now.timestamp())
    draft = Draft(changes=changes, message=f"{parcel.title}\n", when=max(when, _parent_time(ws)))
    head = write_commits(ws.desk.git_dir, [draft], parent=ws.main)[0]
    claims = tuple(path for path in files if path.startswith("claims/") and parcel.load == "claim")
    number = _open(ws, parcel, head, claims, _submission_id(ws, files))
    if ws.forge.merge is None:
        return Sent(parcel.title, "sent", tuple(parcel.files), number, roles=judgement.missing)
    return _told(parcel, land(ws.forge, number, now=ws.desk.now))


def _parent_time(ws: Workspace) -> int:
    from salesrepo.vcs.history import read_commit  # noqa: PLC0415

    return read_commit(ws.objects, ws.main).committed


def _open(ws: Workspace, parcel: Parcel, head: str, claims: tuple[str, ...], submission: str) -> int:
    forge, identity = ws.forge, ws.identity
    push(ws.desk.git_dir, forge.fork(identity.node), f"+{head}:refs/heads/out/{submission[:16]}")
    numbers = {item.proposal for path in parcel.files if (item := ws.outbox.item(path)) and item.proposal}
    for number in sorted(numbers, reverse=True):
        if forge.get(number).state is ProposalState.OPEN:
            forge.update(number, actor=identity.forge_id, head=head, claims=claims)
            return number
    return forge.open(identity.forge_id, head=head, title=parcel.title, submission=submission, claims=claims)


def _submission_id(ws: Workspace, files: Mapping[str, bytes | None]) -> str:
    """The same for the same content on the same ground: a submit that was cut short finds its own proposal again."""
    parts = [ws.me, ws.main]
    parts += [f"{path} {blob_id(data) if data is not None else 'gone'}" for path, data in sorted(files.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _told(parcel: Parcel, landing: Landing) -> Sent:
    findings = landing.judgement.report.findings if landing.judgement else ()
    fates: dict[str, Fate] = {
        "merged": "accepted",
        Verdict.WAITING: "waiting",
        Verdict.REVIEW: "review",
        Verdict.REFUSED: "refused",
        "conflict": "conflict",
    }
    return Sent(
        parcel.title,
        fates[landing.outcome],
        tuple(parcel.files),
        landing.number,
        findings=findings,
        roles=landing.judgement.missing if landing.judgement else (),
        reason=landing.reason,
    )
