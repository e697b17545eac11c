"""How are nodes told: who there is, one from all sides, and what a change of their terms brings?"""

from typing import TYPE_CHECKING

from salesrepo.cli import console
from salesrepo.cli.outcomes import some, tell_sent
from salesrepo.cli.territories import fate
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesrepo.domain.kinds.node import TeamTerm
    from salesrepo.flows.people.node_change import Arranged
    from salesrepo.flows.people.roster import Listed, Whole
    from salesrepo.flows.people.tray import Tray


def tell_roster(found: "Sequence[Listed]") -> None:
    """List nodes with their terms."""
    rows = [
        (
            one.node,
            console.term(one.name),
            console.term(_state(one)),
            one.manager,
            one.plan,
            one.level,
            str(one.since or ""),
            str(one.until or ""),
        )
        for one in found
    ]
    console.table(("node", "name", "roles", "manager", "plan", "level", "since", "until"), rows)


def tell_whole(one: "Whole", today: "date") -> None:
    """Say everything of one node."""
    listed = one.listed
    console.say(f"{console.term(listed.name)} ({listed.node}): {console.term(_state(listed))}")
    terms = one.terms
    rows = [
        *(("role", term.role, term.starts, term.ends) for term in terms.roles),
        *(("plan", term.plan, term.starts, term.ends) for term in terms.plans),
        *(("manager", _named(one, term.node), term.starts, term.ends) for term in terms.managers),
        *(("deputy", _named(one, term.node), term.starts, term.ends) for term in terms.deputies),
        *(("team", _team(one, term), term.starts, term.ends) for term in terms.teams),
        *(("grade", term.grade, term.starts, term.ends) for term in terms.grades),
        *(
            ("covers", f"{row.territory} ({row.role}{', helps' * row.overlay})", row.starts, row.ends)
            for row in one.covers
        ),
    ]
    told = [
        (what, console.term(which), str(starts), str(ends or ""), _when(starts, ends, today))
        for what, which, starts, ends in rows
    ]
    if told:
        console.table(("what", "which", "from", "to", ""), told)
    facts = (
        ("Paid in", terms.currency),
        ("Brought here by", _named(one, terms.referred_by) if terms.referred_by else None),
        ("Left because", terms.leaves),
    )
    for word, fact in facts:
        if fact:
            console.say(f"{word}: {console.term(fact)}.")
    counts = f"{some(one.claims, 'claim')}, {some(one.deals, 'open deal')}, {some(one.waits, 'place')} in queues"
    console.say(f"Holds {counts}; level {listed.level or 'none'}.")
    for word, nodes in (("Reports to them", one.reports), ("Stands in for", one.stands_in_for)):
        if nodes:
            console.say(f"{word}: {console.term(', '.join(_named(one, node) for node in nodes))}.")
    for said in one.decides:
        people = ", ".join(_named(one, node) for node in said.people)
        instead = " (standing in: nobody there has such a role)" if said.stands_in else ""
        whom = "nobody is asked" if not said.roles else f"{people or 'nobody is there who could'}{instead}"
        console.say(f"Agrees to their {said.about}: {console.term(whom)}.")


def _team(one: "Whole", term: "TeamTerm") -> str:
    return f"{_named(one, term.team)}{f', weight {term.weight}' if term.weight else ''}"


def _state(one: "Listed") -> str:
    if not one.here:
        return f"left{f' on {one.until}' if one.until else ''}"
    roles = ", ".join(role.replace("_", " ") for role in one.roles) or "no role"
    return roles + (", a team" if one.kind == "team" else "") + ("" if one.joined else ", not joined yet")


def _named(one: "Whole", node: str) -> str:
    return f"{one.names[node]} ({node})" if node in one.names else node


def _when(starts: "date", ends: "date | None", today: "date") -> str:
    return "later" if starts > today else "past" if ends and ends <= today else ""


def tell_arranged(arranged: "Arranged", *, day: "date", who: str, json: bool) -> int:
    """Say what changes for a node (called `who`) on a day, what passes by it, and what became of the proposal."""
    sent = arranged.sent
    code = ExitCode.FINDINGS if sent.fate in ("refused", "conflict") else ExitCode.DONE
    if json:
        plain = {name: value for name, value in vars(arranged).items() if name != "said"}
        console.say_json({"changes": arranged.said, **plain, "changed": bool(sent.number)})
        return code
    for one in arranged.said:
        console.say(console.term(one.about))
        for words in one.words:
            console.say(f"  {console.term(words)}")
    if arranged.passing:
        rows = [(one.account, one.territory, *fate(one, who)) for one in arranged.passing]
        console.table(("account", "territory", "open deals", "who has it"), [tuple(map(console.term, r)) for r in rows])
    for opened in arranged.opened:
        where = console.term(f"{opened.name} ({opened.territory})")
        free = f"{some(opened.free, 'known account')} there {'is' if opened.free == 1 else 'are'} free"
        console.say(f"{console.term(who)} may claim in {where} from {day}; {free}.")
    for warning in arranged.warnings:
        console.say(f"Mind: {console.term(warning)}")
    tell_sent(sent, verbose=False)
    return code


def tell_tray(found: "Tray | None") -> None:
    """Say what waits for somebody who decides or runs the company, each with the command that comes next."""
    if found is None:
        return
    if not any((found.unasked, found.yours, found.ready, found.asking, found.disputes, found.due)):
        console.say("Nothing waits for your word.")
    if found.unasked:
        console.say(f"What waits for your word is not known now: {console.term(found.unasked)} Next: salesrepo doctor")
    if found.yours:
        age = {0: "since today", 1: "for 1 day"}.get(found.oldest, f"for {found.oldest} days")
        routine = f", {found.routine} of them routine" if found.routine else ""
        many = f"{'at least ' * found.more}{some(len(found.yours), 'proposal')}"
        console.say(f"Waits for your word: {many}, the oldest {age}{routine}. Next: {_next_review(found)}")
    if found.ready:
        step = f"merge {found.ready[0]}" if len(found.ready) == 1 else "list"
        console.say(f"Ready to be merged: {some(len(found.ready), 'proposal')}. Next: salesrepo review {step}")
    if found.asking:
        step = f"admit {found.asking[0]}" if len(found.asking) == 1 else "requests"
        console.say(f"Asks to join: {console.term(_few(found.asking))}. Next: salesrepo node {step}")
    if found.disputes:
        late = f", {len(found.overdue)} overdue" if found.overdue else ""
        step = f"show {found.disputes[0]}" if len(found.disputes) == 1 else "list"
        console.say(f"To decide: {some(len(found.disputes), 'dispute')}{late}. Next: salesrepo dispute {step}")
    if found.due:
        console.say(f"Due for the next sweep: {some(found.due, 'claim')}. Next: salesrepo ci sweep --dry-run")


def _next_review(found: "Tray") -> str:
    if len(found.yours) == 1 and not found.more:
        return f"salesrepo review show {found.yours[0]}"
    return "salesrepo review list"


def _few(names: "Sequence[str]", most: int = 5) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
