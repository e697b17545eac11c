"""How does one parcel become a proposal, and what do the bots say of it?"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from salesrepo.domain.change import FILE_MODE, blob_id
from salesrepo.domain.finding import Finding, Verdict
from salesrepo.errors import RefusedError
from salesrepo.flows.here.place import check_not_far_ahead
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import Case, Judgement, judge_files, node_of, plain_judgement
from salesrepo.flows.proposals.land import Landing, land, read_landing
from salesrepo.flows.sending.parcels import Parcel
from salesrepo.flows.sending.renew import renewals
from salesrepo.flows.sending.submissions import arrived, submission_of
from salesrepo.forge.base import ProposalState
from salesrepo.store.outbox import State
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.history import read_commit
from salesrepo.vcs.merge import CLOCK_LEEWAY
from salesrepo.vcs.transfer import push

Fate = Literal["accepted", "waiting", "review", "refused", "conflict", "held", "sent", "would_send"]

_FATES: Mapping[str, Fate] = {
    "merged": "accepted",
    "ready": "sent",
    Verdict.WAITING: "waiting",
    Verdict.REVIEW: "review",
    Verdict.REFUSED: "refused",
    "conflict": "conflict",
}


@dataclass(frozen=True)
class Sent:
    """What became of one parcel; `number` is 0 if nothing was sent. One of `roles` must still approve.

    `verdict` is what the bots say of it (domain/verdict.py), where they were asked. Of what was only tried out, `would`
    says what would become of it: accepted by itself, review, waiting, held, refused or conflict; else it is empty.
    """

    title: str
    fate: Fate
    paths: tuple[str, ...]
    number: int = 0
    findings: tuple[Finding, ...] = ()
    roles: tuple[str, ...] = ()
    reason: str = ""
    verdict: Mapping[str, Any] = field(default_factory=dict)
    would: str = ""

    @property
    def tried(self) -> "Sent":
        """The same of something that nobody sent: what would become of it."""
        verdict = self.verdict.get("verdict", Verdict.AUTO)
        told = "accepted" if verdict == Verdict.AUTO else str(verdict)
        return replace(self, would=told if self.fate == "would_send" else self.fate)


def judged(ws: Workspace, parcel: Parcel) -> Judgement:
    """What the bots would say of a parcel at main as last seen."""
    actor = node_of(ws.tip, ws.identity.forge_id)
    case = Case(actor_id=ws.identity.forge_id, actor=actor, today=ws.today)
    return judge_files(ws.tip, _whole(ws, parcel), case)


def check_clock(ws: Workspace) -> None:
    """Raises RefusedError where this machine's clock is behind main's tip, or far ahead: no merge takes that date."""
    last = read_commit(ws.objects, ws.main).committed
    check_not_far_ahead(ws.desk.now, last)
    if ws.desk.now.timestamp() < last - CLOCK_LEEWAY:
        raise RefusedError(
            f"This machine's clock is wrong: it is {ws.desk.now:%Y-%m-%d %H:%M} here, and the company's last record "
            f"is of {datetime.fromtimestamp(last, UTC):%Y-%m-%d %H:%M} (UTC).",
            hint="Set the clock, or turn on automatic time, then send again. What you noted is kept.",
        )


def deliver(ws: Workspace, parcel: Parcel, *, missing: tuple[str, ...]) -> Sent:
    """Make a commit over main's tip, push it to the fork, open or update the proposal, and let the bots look at it.

    From the moment in which the proposal has a number, the outbox knows it. `missing` must approve.
    """
    files = _whole(ws, parcel)
    changes = {path: None if data is None else (FILE_MODE, data) for path, data in files.items()}
    when = max(int(ws.desk.now.timestamp()), read_commit(ws.objects, ws.main).committed)
    head = write_commits(ws.desk.git_dir, [Draft(changes, f"{parcel.title}\n", when)], parent=ws.main)[0]
    number = _open(ws, parcel, head)
    mark(ws, parcel, tuple(parcel.files), "sent", number=number)
    if ws.forge.merge is None:
        found = read_landing(ws.forge.get(number))
        told = _told(parcel, found) if found else Sent(parcel.title, "sent", tuple(parcel.files), number)
        return replace(told, roles=missing) if told.fate in ("sent", "review") else told
    return _told(parcel, land(ws.forge, number, now=ws.desk.now))


def mark(
    ws: Workspace, parcel: Parcel, paths: tuple[str, ...], state: State, *, number: int = 0, reason: str = ""
) -> None:
    """Remember in the outbox what became of a parcel's paths; what was noted anew meanwhile stays noted."""
    with ws.desk.busy():
        for path in paths:
            if ws.outbox.read(path) == parcel.files[path]:
                ws.outbox.mark(path, state, proposal=number, reason=reason)
            else:
                ws.outbox.mark(path, "noted", proposal=number)
        if number or state != "sent":
            arrived(ws.desk.folder, paths)


def _whole(ws: Workspace, parcel: Parcel) -> dict[str, bytes | None]:
    """What a parcel changes: its files, and the claims that the work in it renews."""
    return {**parcel.files, **(renewals(ws, parcel.files) if parcel.load == "routine" else {})}


def _open(ws: Workspace, parcel: Parcel, head: str) -> int:
    forge, identity = ws.forge, ws.identity
    claims = tuple(path for path in parcel.files if path.startswith("claims/") and parcel.load == "claim")
    with ws.desk.busy():
        own = [item for path in parcel.files if (item := ws.outbox.item(path))]
        numbers = {item.proposal for item in own if item.proposal}
        paths = tuple(item.path for item in own)
        submission = submission_of(ws.desk.folder, paths, anew=bool(numbers)) if own else _content_id(ws, parcel)
    push(ws.desk.git_dir, forge.fork(identity.node), f"+{head}:refs/heads/out/{submission[:16]}")
    for number in sorted(numbers, reverse=True):
        if forge.get(number).state is ProposalState.OPEN:
            forge.update(number, actor=identity.forge_id, head=head, claims=claims)
            return number
    number = forge.open(identity.forge_id, head=head, title=parcel.title, submission=submission, claims=claims)
    while not own and forge.get(number).state is ProposalState.CLOSED:  # once taken back or declined: asked anew
        submission = hashlib.sha256(f"{submission} {number}".encode()).hexdigest()
        number = forge.open(identity.forge_id, head=head, title=parcel.title, submission=submission, claims=claims)
    return number


def _content_id(ws: Workspace, parcel: Parcel) -> str:
    """For files that never lie in the outbox: the same for the same content on the same ground."""
    parts = [ws.me, ws.main]
    parts += [f"{path} {blob_id(data) if data is not None else 'gone'}" for path, data in sorted(parcel.files.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _told(parcel: Parcel, landing: Landing) -> Sent:
    return Sent(
        parcel.title,
        _FATES[landing.outcome],
        tuple(parcel.files),
        landing.number,
        findings=landing.judgement.report.findings if landing.judgement else (),
        roles=landing.judgement.awaited if landing.judgement else (),
        reason=landing.reason,
        verdict=plain_judgement(landing.judgement) if landing.judgement else {},
    )
