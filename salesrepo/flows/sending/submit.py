"""`sr submit`: send what is noted, each parcel as a proposal of its own, and say what became of it."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace

from salesrepo.domain.finding import Finding, Severity
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.errors import SalesRepoError, UnavailableError
from salesrepo.flows.here.holdings import refresh_index
from salesrepo.flows.here.seen import told
from salesrepo.flows.here.workspace import Workspace, open_workspace
from salesrepo.flows.proposals.judge import Judgement, plain_judgement
from salesrepo.flows.sending.deliver import Fate, Sent, check_clock, deliver, judged, mark
from salesrepo.flows.sending.edits import edits_of, take_edits
from salesrepo.flows.sending.parcels import Parcel, parcels_of
from salesrepo.flows.sending.streams import beside, called, divided, is_stream
from salesrepo.flows.sending.sync import look_around, sync


@dataclass(frozen=True)
class Submission:
    """What became of everything that was in the outbox; `trouble` is what kept the rest from being sent."""

    parcels: tuple[Sent, ...] = field(default=())
    trouble: SalesRepoError | None = None

    @property
    def changed(self) -> bool:
        """Whether anything was sent."""
        return any(sent.number for sent in self.parcels)

    def any(self, *fates: Fate) -> bool:
        """Whether a parcel met one of these fates."""
        return any(sent.fate in fates for sent in self.parcels)


@dataclass(frozen=True)
class _Outgoing:
    """What there is to send: bytes by path, and the blob that each was edited from."""

    files: Mapping[str, bytes | None]
    bases: Mapping[str, str | None]


def submit(ws: Workspace, *, dry_run: bool = False, only: str = "") -> Submission:
    """Send the outbox (with `only`, one account's claim); what is refused comes back with its reason, the rest goes on.

    What goes wrong after something was sent is told with it, as `trouble`. Raises UnavailableError where the forge
    cannot be reached, RefusedError where the clock is behind: everything stays noted.
    """
    if not dry_run and not only:
        look_around(ws)
    here = open_workspace(ws.desk)
    try:
        if not dry_run:
            check_clock(here)
        outgoing = _outgoing(here, dry_run=dry_run, only=only)
        parcels = parcels_of(outgoing.files, here.tip)
    finally:
        here.close()
    wanted = [p for p in parcels if not only or (p.load == "claim" and p.account == only)]
    done = _send_all(ws, wanted, outgoing, dry_run=dry_run)
    if not dry_run and done.parcels:
        _remember(ws, done)
    return done


def _remember(ws: Workspace, done: Submission) -> None:
    """Let `sr log` know that a claim came back, and `sr` what was said just now."""
    here = open_workspace(ws.desk)
    try:
        if done.any("refused", "conflict"):
            with here.desk.busy():
                refresh_index(here)
        told(here, {path: sent.title for sent in done.parcels for path in sent.paths})
    finally:
        here.close()


def send_files(ws: Workspace, title: str, files: Mapping[str, bytes | None], *, dry_run: bool = False) -> Sent:
    """Send files that never lay in the outbox (an import, an admission) as one proposal."""
    parcel = Parcel("files", title, dict(files), {title: tuple(files)})
    judgement = judged(ws, parcel)
    errors = judgement.report.of(Severity.ERROR)
    if errors:
        plain = plain_judgement(judgement)
        sent = Sent(title, "refused", tuple(files), findings=errors, reason=errors[0].message, verdict=plain)
        return sent.tried if dry_run else sent
    if dry_run:
        plain = plain_judgement(judgement)
        return Sent(title, "would_send", tuple(files), roles=judgement.awaited, verdict=plain).tried
    check_clock(ws)
    result = deliver(ws, parcel, missing=judgement.awaited)
    if result.fate == "accepted":
        _catch_up(ws)
    return result


def _send_all(ws: Workspace, parcels: list[Parcel], outgoing: _Outgoing, *, dry_run: bool) -> Submission:
    results: list[Sent] = []
    trouble: SalesRepoError | None = None
    behind = False
    for parcel in parcels:
        try:
            if behind and parcel.load != "claim":
                _catch_up(ws)  # what follows may rest on a claim that was accepted just now
                behind = False
            for sent in _send(ws, parcel, outgoing, dry_run=dry_run):
                results.append(sent.tried if dry_run else sent)
                behind = behind or sent.fate == "accepted"
        except SalesRepoError as problem:
            trouble = trouble or problem
            if isinstance(problem, UnavailableError):
                break
    try:
        if behind:
            _catch_up(ws)
    except SalesRepoError as problem:
        trouble = trouble or problem
    if trouble and not results:
        raise trouble
    return Submission(tuple(results), trouble)


def _catch_up(ws: Workspace) -> None:
    later = open_workspace(ws.desk)
    try:
        sync(later)
    finally:
        later.close()


def _outgoing(ws: Workspace, *, dry_run: bool, only: str) -> _Outgoing:
    """What is not on its way: noted, edited, come back, or about to leave when a submit was cut short.

    A day's stream is sealed here, under the same lock: what is logged from now on goes to a new one.
    """
    with ws.desk.busy():
        edits = edits_of(ws) if dry_run and not only else {}
        if not dry_run and not only:
            take_edits(ws)
        items = {item.path: item for item in ws.outbox.items()}
        resent = {item.proposal for item in items.values() if item.state != "sent" and item.proposal}
        files = {
            path: None if item.gone else ws.outbox.read(path)
            for path, item in items.items()
            # A proposal is replaced whole: what shares it with something that was changed goes along.
            if item.state != "sent" or not item.proposal or item.proposal in resent
        }
        if not dry_run and not only:
            for path in filter(is_stream, files):
                ws.outbox.mark(path, "sent", proposal=items[path].proposal, reason=items[path].reason)
    bases = {path: item.base for path, item in items.items()}
    bases |= {path: edit.base for path, edit in edits.items() if path not in bases}
    return _Outgoing({**files, **{path: edit.data for path, edit in edits.items()}}, bases)


def _send(ws: Workspace, parcel: Parcel, outgoing: _Outgoing, *, dry_run: bool) -> Iterator[Sent]:
    here = open_workspace(ws.desk)
    try:
        parcel = yield from _still_ours(here, parcel, outgoing, dry_run=dry_run)
        parcel = yield from _claimed(here, parcel)
        judgement, parcel = yield from _sound(here, parcel, dry_run=dry_run)
        for piece, missing in _pieces(parcel, judgement):
            reason = _came_back(here, piece) if missing else ""
            if reason:
                yield Sent(piece.title, "refused", tuple(piece.files), reason=reason)
            elif dry_run:
                plain = plain_judgement(judged(here, piece))
                yield Sent(piece.title, "would_send", tuple(piece.files), roles=missing, verdict=plain)
            else:
                yield _delivered(here, piece, missing)
    finally:
        here.close()


def _delivered(ws: Workspace, parcel: Parcel, missing: tuple[str, ...]) -> Sent:
    mark(ws, parcel, tuple(parcel.files), "sent")
    result = deliver(ws, parcel, missing=missing)
    lost = result.fate in ("refused", "conflict")
    mark(ws, parcel, result.paths, "refused" if lost else "sent", number=result.number, reason=result.reason)
    return result


_Left = Generator[Sent, None, Parcel]


def _still_ours(ws: Workspace, parcel: Parcel, outgoing: _Outgoing, *, dry_run: bool) -> _Left:
    """Give back what somebody else changed meanwhile: it is never overwritten."""
    moved = {path for path in parcel.files if path in outgoing.bases and outgoing.bases[path] != ws.base_of(path)}
    stale = {unit for unit, paths in parcel.units.items() if moved & set(paths)}
    if stale:
        lost = parcel.only(stale)
        findings = judged(ws, lost).report.of(Severity.ERROR) if parcel.load == "claim" else ()
        reason = findings[0].message if findings else "Somebody else changed the same records meanwhile."
        if not dry_run:
            mark(ws, lost, tuple(lost.files), "refused", reason=reason)
        yield Sent(lost.title, "conflict", tuple(lost.files), reason=reason, findings=findings)
    return parcel.without(stale)


def _claimed(ws: Workspace, parcel: Parcel) -> _Left:
    """Keep back what rests on a claim that is noted or on its way, but not accepted yet."""
    held = _waits_for_claim(ws, parcel)
    if held:
        kept = parcel.only(held)
        yield Sent(kept.title, "held", tuple(kept.files), reason="It goes out once your claim is accepted.")
    return parcel.without(held)


def _sound(ws: Workspace, parcel: Parcel, *, dry_run: bool) -> Generator[Sent, None, tuple[Judgement, Parcel]]:
    """Give back what the rules refuse, with the reason; a bad activity does not keep back the others of its day."""
    judgement = judged(ws, parcel)
    while parcel.files and (errors := judgement.report.of(Severity.ERROR)):
        wrong = {unit: own for unit, paths in parcel.units.items() if (own := _about(errors, paths))}
        if not wrong:  # it is about what goes with all of them
            parcel = yield from _refuse(ws, parcel, parcel, errors, dry_run=dry_run)
        for unit, findings in wrong.items():
            bad, left = _taken_out(ws, parcel, unit, findings, dry_run=dry_run)
            parcel = yield from _refuse(ws, bad, left, findings, dry_run=dry_run)
        judgement = judged(ws, parcel)
    return judgement, parcel


def _about(findings: tuple[Finding, ...], paths: tuple[str, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.at.path in paths)


def _refuse(ws: Workspace, bad: Parcel, left: Parcel, findings: tuple[Finding, ...], *, dry_run: bool) -> _Left:
    reason = findings[0].message
    if not dry_run:
        mark(ws, bad, tuple(bad.files), "refused", reason=reason)
    yield Sent(bad.title, "refused", tuple(bad.files), findings=findings, reason=reason)
    return left.without(bad.units)


def _taken_out(
    ws: Workspace, parcel: Parcel, unit: str, findings: tuple[Finding, ...], *, dry_run: bool
) -> tuple[Parcel, Parcel]:
    """A unit that the rules refuse, and the parcel without it: of a stream only the activities that are wrong."""
    bad, data = parcel.only({unit}), parcel.files.get(unit)
    parts = divided(data, findings) if data and is_stream(unit) else None
    title = called(parts[1] if parts else data) if is_stream(unit) else ""
    bad = replace(bad, title=title or bad.title)
    if parts is None:
        return bad, parcel
    path = beside(unit, ws.desk.now)
    if not dry_run:
        with ws.desk.busy():
            ws.outbox.put(path, parts[1], base=None)  # first: what is cut short here is there twice, not nowhere
            ws.outbox.put(unit, parts[0], base=None)
    alone = replace(bad, files={path: parts[1]}, units={path: (path,)}, titles={path: bad.title})
    return alone, replace(parcel, files={**parcel.files, unit: parts[0]})


def _pieces(parcel: Parcel, judgement: Judgement) -> Iterator[tuple[Parcel, tuple[str, ...]]]:
    """What travels by itself, and who must approve it: of the routine, everything that needs a person."""
    asked = judgement.report.of(Severity.REVIEW)
    alone = (
        {unit for unit, paths in parcel.units.items() if _about(asked, paths)} if parcel.load == "routine" else set()
    )
    rest = parcel.without(alone)
    if rest.files:
        yield rest, () if alone else judgement.awaited
    for unit in sorted(alone):
        yield parcel.only({unit}), judgement.awaited


def _came_back(ws: Workspace, parcel: Parcel) -> str:
    """Why a person gave this back, where nothing of it was changed since: they are not asked the same again."""
    items = [item for path in parcel.files if (item := ws.outbox.item(path))]
    if not items or any(item.state != "refused" or not item.proposal for item in items):
        return ""
    return items[0].reason


def _waits_for_claim(ws: Workspace, parcel: Parcel) -> set[str]:
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
