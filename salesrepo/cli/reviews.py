"""How the queue of reviews, and one proposal in it, are told to whoever decides."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from salesrepo.cli import console

if TYPE_CHECKING:
    from salesrepo.domain.finding import CheckReport
    from salesrepo.domain.pay_change import WouldPay
    from salesrepo.flows.proposals.review import Looked

_MOST = 8  # subjects of one proposal that are told without --verbose
_WORDS = 24  # things told of each of them
_LETTERS = 300  # of one thing that is told without --verbose


def say_queue(found: "Sequence[Looked]") -> None:
    """Print open proposals by who must act: whoever asks first, then others, then what only has to be merged."""
    if not found:
        console.say("Nothing waits.")
    for title, group in _groups(found).items():
        console.say(f"{title} ({len(group)})")
        rows = [
            (str(one.proposal.number), _age(one.days), console.term(one.sender), console.term(_headline(one)))
            for one in group
        ]
        console.table(("no.", "waits", "from", "what"), rows, right=("no.",))
    if sum(one.routine for one in found) > 1:
        console.say("What is routine at once: salesrepo review approve --routine")


def say_looked(looked: "Looked", *, verbose: bool, pay: "WouldPay | None" = None) -> None:
    """Print one proposal: what it changes and would pay, the findings, who agreed, and what comes next."""
    from salesrepo.cli.estimates import tell_would_pay
    from salesrepo.report.registry import render

    number = looked.proposal.number
    head = f"{number}: {console.term(looked.proposal.title)}, from {console.term(looked.sender)}"
    console.say(f"{head}, waits {_age(looked.days)}" if looked.days else head)
    shown = looked.said if verbose else looked.said[:_MOST]
    for one in shown:
        console.say(f"  {console.term(one.about)}")
        told = one.words if verbose else one.words[:_WORDS]
        for words in told:
            console.say(f"    {console.term(words if verbose else _cut(words, _LETTERS))}")
        if len(one.words) > len(told):
            console.say(f"    and {len(one.words) - len(told):,} more (--verbose lists them)")
    if not verbose and any(len(words) > _LETTERS for one in shown for words in one.words):
        console.say("  Something is cut short (--verbose shows it)")
    if len(looked.said) > len(shown):
        console.say(f"  and {len(looked.said) - len(shown)} more (--verbose lists them)")
    if verbose:
        _say_paths(looked)
    if pay is not None:
        tell_would_pay(pay)
    console.emit(render("text", _for_reviewers(looked.judgement.report), verdict=looked.judgement.verdict), prose=True)
    if looked.approved_by:
        console.say(f"Approved by {console.term(', '.join(looked.approved_by))}.")
    _say_next(looked)


def _for_reviewers(report: "CheckReport") -> "CheckReport":
    """The report without the next steps of what waits for a person: they speak to whoever sent it."""
    from dataclasses import replace

    from salesrepo.domain.finding import Severity

    asked = Severity.REVIEW
    return replace(report, findings=tuple(replace(f, hint="") if f.severity is asked else f for f in report.findings))


def plain_looked(looked: "Looked") -> dict[str, object]:
    """A proposal for --json: the verdict's shape (domain/verdict.py), and what only a proposal has."""
    from salesrepo.flows.proposals.judge import plain_judgement

    judged = looked.judgement
    return {
        "number": looked.proposal.number,
        "title": looked.proposal.title,
        "sender": looked.sender,
        "state": looked.proposal.state.value,
        "days": looked.days,
        "changes": [{"about": one.about, "words": one.words} for one in looked.said],
        "missing_roles": judged.missing,
        "stand_ins": looked.stand_ins,
        "conflicts": looked.conflicts,
        "approved_by": looked.approved_by,
        "yours": not looked.objection,
        "objection": looked.objection,
        "routine": looked.routine,
        "paths": [change.path for change in judged.changes.changes],
        **plain_judgement(judged),
    }


def _groups(found: "Iterable[Looked]") -> "dict[str, list[Looked]]":
    groups: dict[str, list[Looked]] = {}
    for one in found:
        groups.setdefault(_group(one), []).append(one)
    first = ("Waits for you", "Waits for")
    return dict(sorted(groups.items(), key=lambda item: (item[0] != first[0], not item[0].startswith(first[1]))))


def _group(looked: "Looked") -> str:
    if not looked.objection:
        return "Waits for you"
    if looked.is_ready:
        return "Ready to be merged"
    if looked.conflicts or looked.judgement.verdict == "refused":
        return "To be refused"
    return f"Waits for {looked.waits_for or 'somebody to look at it'}"


def _headline(looked: "Looked") -> str:
    """A proposal in one line: what it does first, and why somebody is asked."""
    from salesrepo.flows.proposals.review import reasons_of

    first = next(iter(looked.said), None)
    told = f"{first.about}: {_cut('; '.join(first.words[:2]), _LETTERS // 2)}" if first else looked.proposal.title
    left = sum(len(one.words) for one in looked.said) - len(first.words[:2] if first else ())
    why = next(iter(reasons_of(looked)), "")
    return told + (f" (and {left} more)" if left else "") + (f". {why}" if why else "")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _age(days: int) -> str:
    return {0: "today", 1: "1 day"}.get(days, f"{days} days")


def _say_paths(looked: "Looked") -> None:
    for change in looked.judgement.changes.changes:
        mark = "+" if change.change.before is None else "-" if change.change.after is None else "~"
        console.say(f"  {mark} {console.term(change.path)}")


def _say_next(looked: "Looked") -> None:
    number = looked.proposal.number
    if looked.proposal.state == "merged":
        console.say(f"Proposal {number} is merged.")
    elif looked.is_ready:
        console.say(f"Ready. Next: salesrepo review merge {number}")
    elif not looked.objection:
        console.say(f"It waits for you. Next: salesrepo review approve {number}")
    elif looked.waits_for:
        console.say(f"It waits for {console.term(looked.waits_for)}.")
