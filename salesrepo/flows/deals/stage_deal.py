"""`sr stage` and `sr qualify`: bring a deal a stage further, and say what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from salesrepo.checks.handles import accounts_of, handle_in
from salesrepo.domain.holding import lead_among
from salesrepo.domain.kinds.deal import Answer, Deal, Evidence, Framework, Qualification
from salesrepo.domain.pipeline import DECIDES, missing, required_at, told_as
from salesrepo.domain.qualification import QUESTIONS, SUBJECTS, Score, framework_of, question_for, score_of
from salesrepo.errors import RefusedError, UsageError
from salesrepo.flows.deals.close_deal import own_deal
from salesrepo.flows.deals.deal_parts import category_told, contacts_with, framework_told, short_word, short_words
from salesrepo.flows.deals.log_activity import Told, log_activity
from salesrepo.flows.deals.log_deal import DealNoted, note_deal
from salesrepo.flows.deals.moves import is_strict, moved, oldest_evidence, pipeline_of, postponed, stage_told, unproved
from salesrepo.flows.here.own_log import LAST, named
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.flows.here.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTold:
    """What the seller typed of a move. Empty where nothing was; `says` answers questions of the qualification."""

    stage: str = ""
    evidence: tuple[str, ...] = ()
    next: str = ""
    due: str = ""
    call: str = ""
    why: str = ""
    source: str = ""
    closes: str = ""
    contacts: tuple[str, ...] = ()
    competitors: tuple[str, ...] | None = None
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTold:
    """What the seller typed of one question: what they know, 0 to 2, and the activity in which they learnt it."""

    question: str
    text: str
    score: int = 0
    evidence: str = ""
    framework: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that a stage asks for: the field, a question for a person, the option that answers it."""

    field: str
    question: str
    option: str


@dataclass(frozen=True)
class Qualified:
    """The deal as it is noted now, and how well it is qualified."""

    noted: DealNoted
    score: Score


_SHAPES = {
    "contacts": " (an id and a role, such as c-7h2:champion)",
    "": " (an id, such as c-7h2)",
    "closes": " (a day, such as 2026-12-18)",
    "source": " (a word, such as referral)",
    "competitors": " (names such as initech, or none)",
}
_ASKED = ("source", "contacts", "closes", "competitors")  # the rest is no matter of a word or two


def wanted(ws: Workspace, handle: str, told: StageTold) -> tuple[Wanted, ...]:
    """What must still be said before a deal can come to a stage; nothing where the company only advises."""
    deal = _with(ws, own_deal(ws, handle), told)
    policy = pipeline_of(ws)
    stage = stage_told(policy, deal, told.stage)
    if stage is None or not is_strict(ws):
        return ()
    usual, found = policy.frameworks[0], []
    for name in missing(deal, required_at(policy.stages(deal.kind), stage), usual):
        what, how = told_as(deal, name, handle, usual)
        if name in SUBJECTS:
            question = question_for(framework_of(deal, usual), name) or name
            found.append(Wanted(question, f"{what[0].upper()}{what[1:]}?", f"--say {question}=TEXT"))
        elif name.partition(".")[0] in _ASKED:
            question = f"{what[0].upper()}{what[1:]}{_SHAPES['' if '.' in name else name]}?"
            found.append(Wanted(name, question, how.partition(f"{handle} ")[2]))
    return tuple(found)


def read_told(told: StageTold, wish: Wanted, answer: str) -> StageTold:
    """What was told, with an answer to one of `wanted`. Raises UsageError for one that makes no sense."""
    name, _, role = wish.field.partition(".")
    if name == "source":
        short_word(answer, "source")
        return replace(told, source=answer)
    if name == "closes":
        return replace(told, closes=answer)
    if name == "competitors":
        rivals = tuple(answer.replace(",", " ").split())
        short_words(rivals, "competitor")
        return replace(told, competitors=rivals)
    if name == "contacts":
        role = "authority" if wish.field == DECIDES else role or "user"
        contact = answer if ":" in answer else f"{answer}:{role}"
        contacts_with((), (contact,))
        return replace(told, contacts=(*told.contacts, contact))
    return replace(told, says={**told.says, wish.field: spoken(answer)})


def stage_deal(ws: Workspace, handle: str, told: StageTold, *, dry_run: bool = False) -> DealNoted:
    """Note that an open deal came to a stage, with what the seller's log shows for it; or the seller's own call.

    Raises RefusedError where the log shows nothing and the company asks for it, or the deal is not open and the
    seller's own; UsageError for what makes no sense.
    """
    before = own_deal(ws, handle)
    deal = _with(ws, before, told)
    if not deal.is_open:
        raise RefusedError(f"{handle} is {deal.stage}.", hint=f"Take that back first: sr undo {handle}")
    stage = stage_told(pipeline_of(ws), deal, told.stage)
    if stage is None and deal == before and not told.next:
        raise UsageError("To which stage?", hint=f"One of: {', '.join(_names(ws, deal))}.")
    if stage is not None:
        deal = moved(ws, deal, stage, named=_evidence(ws, deal, told.evidence))
        lack = unproved(ws, deal, before.stage) if stage != before.stage else ""
        if lack and is_strict(ws):
            kind = lack.split()[1]
            raise RefusedError(
                f"To come to {stage}, your log shows {lack} with {deal.account}.",
                hint=f"Log it first: sr log {kind} {lead_among(deal.account, accounts_of(ws.view, ws.me))} TEXT",
            )
    if told.next:
        handle_now = handle_in(ws.view, deal)
        text = f"{handle_now} came to {deal.stage}." if stage else f"{handle_now}: what comes next."
        note = Told("note", deal.account, text, next=told.next, due=told.due)
        log_activity(ws.desk, note, dry_run=dry_run)
    return note_deal(ws, deal, dry_run=dry_run)


def qualify(ws: Workspace, handle: str, told: AnswerTold, *, dry_run: bool = False) -> Qualified:
    """Answer one question of the deal's framework, and say how well the deal is qualified now.

    Raises UsageError for a question that the framework does not ask, and for a score without evidence.
    """
    deal = own_deal(ws, handle)
    by = framework_told(told.framework) or framework_of(deal, pipeline_of(ws).frameworks[0])
    _refuse_unasked(by, told.question)
    words = spoken(told.text).strip()
    if not words:
        raise UsageError("What do you know of it?", hint="Add a few words after the question.")
    if told.score and not told.evidence:
        hint = "Add --evidence last, or the day on which you logged it."
        raise UsageError("A score counts only with evidence.", hint=hint)
    proof = named(ws, told.evidence, deal.account, oldest_evidence(ws, deal)).evidence if told.evidence else None
    known = dict(deal.qualification.fields) if deal.qualification and deal.qualification.framework == by else {}
    known[told.question] = Answer(text=words, score=told.score, evidence=proof)
    changed = replace(deal, qualification=Qualification(framework=by, fields=known))
    return Qualified(note_deal(ws, changed, dry_run=dry_run), score_of(changed.qualification))


def _with(ws: Workspace, deal: Deal, told: StageTold) -> Deal:
    """The deal with all that was told beside the stage."""
    call = category_told(told.call)
    changed = replace(
        deal,
        source=short_word(told.source, "source") or deal.source,
        contacts=contacts_with(deal.contacts, told.contacts),
        competitors=deal.competitors if told.competitors is None else short_words(told.competitors, "competitor"),
        category=call or deal.category,
        category_reason=(spoken(told.why, most=LINE) or None) if call else deal.category_reason,
    )
    if told.closes:
        changed = postponed(ws, changed, date.fromisoformat(told.closes))
    if not told.says:
        return changed
    by = framework_of(deal, pipeline_of(ws).frameworks[0])
    answers = dict(deal.qualification.fields) if deal.qualification else {}
    for question, text in told.says.items():
        _refuse_unasked(by, question)
        answers[question] = Answer(text=spoken(text).strip())
    return replace(changed, qualification=Qualification(framework=by, fields=answers))


def _refuse_unasked(framework: Framework, question: str) -> None:
    asked = QUESTIONS[framework]
    if question not in asked:
        raise UsageError(f"{framework} does not ask for {question!r}.", hint=f"It asks for: {', '.join(asked)}.")


def _evidence(ws: Workspace, deal: Deal, texts: tuple[str, ...]) -> tuple[Evidence, ...]:
    """What the seller named; `last` leaves it to salesrepo, which takes the newest that shows what is asked for."""
    since = oldest_evidence(ws, deal)
    return tuple(named(ws, text, deal.account, since).evidence for text in texts if text != LAST)


def _names(ws: Workspace, deal: Deal) -> tuple[str, ...]:
    return tuple(terms.stage for terms in pipeline_of(ws).stages(deal.kind))
