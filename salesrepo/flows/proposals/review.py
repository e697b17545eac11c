"""`salesrepo review`: what waits for a person, what the rules say of it, and the person's word."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from salesrepo.domain.change import digest_of
from salesrepo.domain.change_set import ChangeSet
from salesrepo.domain.finding import CheckReport, Finding, Severity, Skipped, Verdict
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.product import PRODUCT
from salesrepo.domain.verdict import needs, needs_words
from salesrepo.errors import RefusedError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import Judgement, UnfitHeadError, merge_day, node_of, snapshot_at
from salesrepo.flows.proposals.land import Landing, bring_in, look_from, preview, standing
from salesrepo.flows.proposals.offers import is_party
from salesrepo.flows.proposals.voice import Voice
from salesrepo.forge.base import Forge, Proposal, ProposalState
from salesrepo.report.described import describe, subject
from salesrepo.report.wording import Names
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.merge import MergePlan
from salesrepo.vcs.objects import Objects

_ASK = "Ask sales operations."


@dataclass(frozen=True, slots=True)
class Said:
    """What a proposal does to one company, node or other record, in the words of the business."""

    about: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.about}: {'; '.join(self.words)}"


@dataclass(frozen=True)
class Looked:
    """A proposal with the rules' verdict on it now, the paths that main changed meanwhile, and who approved.

    `said` tells what it changes, `days` how long it waits, `objection` why the word of whoever asks would change
    nothing (empty: it counts), `stand_ins` who may answer for roles that are vacant.
    """

    proposal: Proposal
    sender: str
    judgement: Judgement
    conflicts: tuple[str, ...]
    approved_by: tuple[str, ...]
    said: tuple[Said, ...] = ()
    days: int = 0
    objection: str = ""
    routine: bool = False
    stand_ins: tuple[str, ...] = ()
    digest: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether nothing and nobody is missing."""
        return self.judgement.verdict is Verdict.AUTO and not self.conflicts

    @property
    def waits_for(self) -> str:
        """Who must act, besides whoever asks: `finance, and manager or sales ops`; an earlier claim; nobody (empty)."""
        if self.judgement.verdict is Verdict.WAITING:
            return "an earlier claim"
        open_ = self.judgement.unanswered
        asked = needs_words(needs(open_)) or ("somebody who decides" if open_ else "")
        return " and ".join((*([asked] if asked else []), *(f"{name} (standing in)" for name in self.stand_ins)))


def waiting(ws: Workspace, *, most: int | None = None) -> tuple[Looked, ...]:
    """Every open proposal, or the `most` oldest, with the verdict on it now, oldest first."""
    main, found = ws.forge.main(), ws.forge.list(ProposalState.OPEN)[:most]
    with Objects(ws.forge.repository(main, *(proposal.head for proposal in found))) as objects:
        tip = snapshot_at(objects, main)
        voice = Voice(tip, ws.identity.forge_id, merge_day(tip, ws.desk.now))
        return tuple(_looked(ws.forge, proposal, objects, voice, now=ws.desk.now) for proposal in found)


def examine(ws: Workspace, number: int) -> Looked:
    """A proposal and what the rules say of it now. Raises RefusedError for an unknown number or a closed one."""
    proposal = _open(ws, number)
    main = ws.forge.main()
    with Objects(ws.forge.repository(main, proposal.head)) as objects:
        tip = snapshot_at(objects, main)
        judgement, plan = look_from(ws.forge, proposal, objects, tip, now=ws.desk.now)
        voice = Voice(tip, ws.identity.forge_id, merge_day(tip, ws.desk.now))
        return _told(proposal, judgement, plan, voice)


def approve(ws: Workspace, number: int, *, dry_run: bool = False) -> Looked:
    """Agree to what a proposal changes now. Raises RefusedError where one's word cannot count for it."""
    looked = examine(ws, number)
    if ws.forge.approve is None:
        raise RefusedError("People approve on the forge's own pages.", hint="Open the proposal there.")
    check_not_own(looked.proposal, ws.identity.forge_id)
    again = any(
        given.actor == ws.identity.forge_id and given.stands(head=looked.proposal.head, digest=looked.digest)
        for given in looked.proposal.approvals
    )
    if again:
        return looked
    if looked.objection:
        raise RefusedError(looked.objection, hint=f"See what it waits for: salesrepo review show {number}")
    if dry_run:
        return looked
    ws.forge.approve(number, actor=ws.identity.forge_id, head=looked.proposal.head, digest=looked.digest)
    later = ws.forge.get(number)
    # A forge with bots of its own may have merged it at once; what was approved is what was looked at before.
    return examine(ws, number) if later.state is ProposalState.OPEN else replace(looked, proposal=later)


def check_not_own(proposal: Proposal, forge_id: str) -> None:
    """Raises RefusedError where somebody would approve what they sent themselves."""
    if proposal.actor == forge_id:
        raise RefusedError("Nobody approves what they sent themselves.", hint="Ask a colleague.")


def merge(ws: Workspace, number: int, *, dry_run: bool = False) -> tuple[Landing, str]:
    """Let the bots merge a proposal if nothing and nobody is missing; and who sent it, by name.

    One that the rules refuse, or that clashes with main, is closed: its sender finds it back in their outbox.
    """
    sender = _name(ws.tip, _open(ws, number).actor)
    if dry_run:
        return preview(ws.forge, number, now=ws.desk.now), sender
    landing = bring_in(ws.forge, number, now=ws.desk.now)
    later = Landing(number, "review", reason="The forge merges it by itself, and has not looked at it yet.")
    return landing or later, sender


def reject(ws: Workspace, number: int, *, reason: str, dry_run: bool = False) -> Proposal:
    """Close a proposal with a reason; its sender finds it back in their outbox.

    Raises RefusedError for anybody but its sender, its parties, sales operations and those whose word counts for it,
    and without a reason.
    """
    proposal = _open(ws, number)
    check_may_reject(ws.forge, proposal, ws.identity.forge_id, reason=reason, now=ws.desk.now)
    if dry_run:
        return proposal
    ws.forge.close(number, actor=ws.identity.forge_id, reason=reason, reviews=True)
    return ws.forge.get(number)


def check_may_reject(forge: Forge, proposal: Proposal, forge_id: str, *, reason: str, now: datetime) -> None:
    """Raises RefusedError for whose word decides nothing about a proposal, and for whoever does not say why.

    Whoever sent it takes it back, whoever is asked to give or take declines, sales operations keep the queue clean.
    Of the others, those turn it down whose word answers something that it waits for, unless they sell where it claims,
    or only sell, and a deal of somebody else changes.
    """
    if proposal.actor == forge_id:
        return
    if not reason.strip():
        raise RefusedError("Whoever turns something down says why.", hint="Add a reason: --message TEXT")
    main = forge.main()
    with Objects(forge.repository(main, proposal.head)) as objects:
        tip = snapshot_at(objects, main)
        voice = Voice(tip, forge_id, merge_day(tip, now))
        if voice.may_write_for_all or is_party(tip, proposal, forge_id):
            return
        try:
            judgement, _ = look_from(forge, proposal, objects, tip, now=now)
        except UnfitHeadError:
            judgement = None
        asked = judgement.report.of(Severity.REVIEW) if judgement else ()
        if judgement is None or not any(voice.counts_for(finding) for finding in asked):
            raise RefusedError("Only its sender, or somebody whose word it waits for, may reject it.", hint=_ASK)
        if voice.changes_deals_of_others(judgement.changes) and not any(voice.decides(finding) for finding in asked):
            raise RefusedError("You sell yourself, so somebody else decides about a colleague's deal.", hint=_ASK)
        if rival := voice.sells_where_claimed(judgement.changes):
            raise RefusedError(f"You sell in {rival} yourself, so somebody else decides.", hint=_ASK)


def _open(ws: Workspace, number: int) -> Proposal:
    proposal = ws.forge.get(number)
    if proposal.state is not ProposalState.OPEN:
        raise RefusedError(f"Proposal {number} is {proposal.state.value} already.", hint="See: salesrepo review list")
    return proposal


def _looked(forge: Forge, proposal: Proposal, objects: Objects, voice: Voice, *, now: datetime) -> Looked:
    """As `examine`, also for what cannot be judged at all: the bots turn it away."""
    try:
        judgement, plan = look_from(forge, proposal, objects, voice.tip, now=now)
    except UnfitHeadError as unfit:
        unread = Judgement(CheckReport(skipped=(Skipped("all", unfit.message),)), Verdict.REFUSED, ChangeSet())
        return Looked(proposal, _name(voice.tip, proposal.actor), unread, (), (), objection=unfit.message)
    return _told(proposal, judgement, plan, voice)


def _told(proposal: Proposal, judgement: Judgement, plan: MergePlan, voice: Voice) -> Looked:
    tip, opened = voice.tip, datetime.fromtimestamp(proposal.created, UTC)
    vacant = {name for finding in judgement.unanswered for name in voice.stand_ins(finding)}
    names = names_in(tip, judgement.changes)
    return Looked(
        proposal,
        _name(tip, proposal.actor),
        judgement,
        plan.conflicts,
        tuple(_name(tip, who) for who in standing(proposal, plan.changes)),
        said=said(judgement.changes, names, judgement.unanswered),
        days=max(0, (voice.day - merge_day(tip, opened)).days),
        objection=voice.objection(proposal, judgement),
        routine=voice.is_routine(proposal, judgement),
        stand_ins=tuple(names.who(name) for name in sorted(vacant)),
        digest=digest_of(plan.changes),
    )


def said(changes: ChangeSet, names: Names, asked: tuple[Finding, ...] = ()) -> tuple[Said, ...]:
    """What changes say, grouped by what they are about; what a person is asked about comes first.

    Where several records of one kind are about the same, each thing that is told names the record.
    """
    first = {finding.at.path for finding in asked}
    told = [(change, describe(change, names)) for change in changes.changes]
    spoken = sorted((one for one in told if one[1]), key=lambda one: one[0].path not in first)
    if told and not spoken:  # pointers go along with something; by themselves they are all that there is to see
        spoken = [(one, (f"{one.kind} {'removed' if one.change.after is None else 'added'}",)) for one, _ in told]
    many = Counter((subject(change, names), change.kind) for change, _ in spoken)
    found: dict[str, list[str]] = {}
    for change, words in spoken:
        about = subject(change, names)
        which = f"{' '.join(change.ids.values())}: " if many[about, change.kind] > 1 else ""
        found.setdefault(about, []).extend(which + one for one in words)
    return tuple(Said(about, tuple(words)) for about, words in found.items())


def names_in(tip: RecordSnapshot, changes: ChangeSet) -> Names:
    """How people call nodes and companies: as main does, or as the change does that brings them."""

    def who(node: str) -> str:
        held = tip.get(NODE, node=node)
        new = next((value.name for _, value in changes.readable(NODE) if value.node == node), node)
        return held.name if held else new

    def account(key: str) -> str:
        new = next((value.name for _, value in changes.readable(ACCOUNT) if value.account == key), key)
        held = tip.get(ACCOUNT, account=key)
        return held.name if held else new

    return Names(who, account, lambda sku: tip.get(PRODUCT, sku=sku))


def _name(tip: RecordSnapshot, forge_id: str) -> str:
    node = node_of(tip, forge_id)
    return node.name if node else f"user {forge_id}"


def reasons_of(looked: Looked) -> tuple[str, ...]:
    """The sentences of the findings that keep a proposal from being merged."""
    asked = (*looked.judgement.report.of(Severity.ERROR, Severity.WAIT), *looked.judgement.unanswered)
    return tuple(dict.fromkeys(finding.message for finding in asked))
