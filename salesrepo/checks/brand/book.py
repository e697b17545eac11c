"""Which of the brand's phrases does a text hold, and which of them does a promise or a waiver cover?"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, islice
from typing import Any

from salesrepo.checks.brand.expressions import Screen, expression, written
from salesrepo.checks.brand.points import MOST_HITS, Hit, Point, point_of
from salesrepo.checks.brand.promised import Cover, Said, cover
from salesrepo.checks.brand.scopes import Unit, units
from salesrepo.checks.rule import CannotJudge, CheckContext, sentence
from salesrepo.checks.words import plain_words
from salesrepo.domain.jurisdiction import holds_in
from salesrepo.domain.kinds.brand_index import BRAND_INDEX, BrandEntry, BrandIndex, Waiver
from salesrepo.domain.kinds.brand_style import BRAND_STYLE, Scope
from salesrepo.domain.kinds.brand_text import Audience
from salesrepo.domain.kinds.promises import PROMISES, Never, Promises
from salesrepo.domain.snapshot import Snapshot

MOST_TOLD = 50  # of one rule in one text
_NAMED_IN_HINT = 5
_ADVICE = {
    "conditional": "Take it out, or add what has to stand with it.",
    "occurrence": "Change how often it stands there.",
    "repetition": "Take one of them out.",
    "capitalization": "Write it as the brand's rule says.",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase found: the rule's name, the words, what the rule says of them, the next step, and if it refuses.

    `start` is its offset in the text. `waived` is the waiver that lets it pass.
    """

    rule: str
    said: str
    message: str
    hint: str
    refuses: bool
    start: int = 0
    waived: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words that are never promised, and their offset in the text."""

    never: Never
    said: str
    start: int


@dataclass(frozen=True, slots=True)
class BrandRule:
    """A rule in force: its name, how it is kept, and what it looks for."""

    name: str
    entry: BrandEntry
    point: Point


class _Spans:
    """Which stretches of a text are free, and is one within one of them?"""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def hold(self, hit: Hit) -> bool:
        """Whether one of them holds the whole of it."""
        at = bisect_right(self._starts, hit.start) - 1
        return at >= 0 and hit.end <= self._ends[at]


def _spans(patterns: Iterable[Any], *texts: str) -> _Spans:
    return _Spans(
        match.span()
        for pattern in patterns
        for text in texts
        if pattern
        for match in islice(pattern.finditer(text), MOST_HITS)
    )


def _screened(screen: Screen, unit: Unit) -> frozenset[int]:
    """The positions of what stands in a text as it is, or without its accents."""
    found = screen.found(unit.text)
    return found if unit.plain == unit.text else found | screen.found(unit.plain)


class Book:
    """The brand's rules and promises as a snapshot has them on a day; each file is read when a text needs it."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        index = snapshot.get(BRAND_INDEX)
        if index is None:
            raise CannotJudge("brand/index.yml is missing")
        self.index: BrandIndex = index
        self.promises: Promises = snapshot.get(PROMISES) or Promises()
        self.today = today
        self._snapshot = snapshot
        self._rules: dict[str, BrandRule] = {}
        self._screens: dict[tuple[str, ...], Screen] = {}

    @property
    def approved(self) -> tuple[str, ...]:
        """The promises that hold today."""
        return tuple(sorted(name for name, promise in self.promises.promises.items() if promise.holds_on(self.today)))

    def rules(self, audience: Audience | None = None, country: str = "") -> tuple[BrandRule, ...]:
        """The rules that hold today, for an audience and a country where they are told. Raises CannotJudge."""
        return tuple(
            self._rule(name, entry)
            for name, entry in self.index.rules.items()
            if (entry.until is None or entry.until >= self.today)
            and (audience is None or not entry.applies_to or audience in entry.applies_to)
            and (not country or holds_in(country, entry.jurisdictions))
        )

    def _rule(self, name: str, entry: BrandEntry) -> BrandRule:
        if name not in self._rules:
            folder, file = name.split(".", 1)
            style = self._snapshot.get(BRAND_STYLE, style=folder, rule=file)
            if style is None:
                raise CannotJudge(f"brand/styles/{folder}/{file}.yml is missing")
            self._rules[name] = BrandRule(name, entry, point_of(name, style))
        return self._rules[name]

    def found_in(self, said: Said) -> Iterator[Phrase]:
        """The phrases of a text that no exception and no promise covers. Raises CannotJudge where a rule cannot run.

        In Markdown every place is told, elsewhere each rule's words once; of one rule at most 50.
        """
        by_scope: dict[Scope, list[BrandRule]] = {}
        for rule in self.rules(said.audience, said.country):
            by_scope.setdefault(rule.point.style.scope, []).append(rule)
        promised = cover(said, self.promises.promises)
        told: Counter[tuple[str, str]] = Counter()
        for scope, rules in by_scope.items():
            for unit in units(said.text, scope, markdown=said.markdown):
                for rule in self._perhaps(rules, unit):
                    for phrase in self._found(rule, unit, said, promised):
                        if self._to_be_told(rule, phrase, said, told):
                            yield phrase

    def _to_be_told(self, rule: BrandRule, phrase: Phrase, said: Said, told: Counter[tuple[str, str]]) -> bool:
        waived = str(phrase.waived is not None)
        once = (f"{phrase.rule} {waived}", phrase.said.lower())
        limit = (f"{phrase.rule} {waived}", "")
        if told[limit] >= (rule.point.style.limit or MOST_TOLD) or (told[once] and not said.markdown):
            return False
        told[once] += 1
        told[limit] += 1
        return True

    def _perhaps(self, rules: list[BrandRule], unit: Unit) -> Iterator[BrandRule]:
        """The rules that may find something: one pass over the text for all of them, and one without its accents."""
        screened = [rule for rule in rules if rule.point.screen]
        names = tuple(rule.name for rule in screened)
        if names and names not in self._screens:
            self._screens[names] = Screen([(r.point.screen or "", r.point.style.ignorecase) for r in screened])
        there = _screened(self._screens[names], unit) if names else frozenset()
        hot = {screened[index].name for index in there}
        return (rule for rule in rules if not rule.point.screen or rule.name in hot)

    def _found(self, rule: BrandRule, unit: Unit, said: Said, promised: Cover) -> Iterator[Phrase]:
        text = unit.text
        looked_at = unit.plain if rule.point.plain else text
        free = _spans((rule.point.except_, *promised.allowed), *dict.fromkeys((text, looked_at)))
        waivers = [w for w in self.index.waivers if w.rule == rule.name and w.file == said.path and rule.entry.waivable]
        waived = [(w, _spans((_literal(w.match),), text)) for w in waivers]
        for number, found in enumerate(rule.point.look(looked_at)):
            whole = found.said == looked_at[found.start : found.end]
            hit = replace(found, said=text[found.start : found.end]) if whole else found
            if number >= MOST_HITS:
                yield self._too_many(rule, unit, hit)
                return
            if rule.point.style.extends != "capitalization" and free.hold(hit):
                continue
            waiver = next((w for w, spans in waived if spans.hold(hit)), None)
            ended = waiver is not None and waiver.until < self.today
            yield Phrase(
                rule.name,
                hit.said,
                _message(rule.point, hit),
                self._hint(rule, hit, text, promised, ended=waiver if ended else None),
                refuses=rule.entry.duty == "compliance",
                start=unit.source(hit.start),
                waived=None if ended else waiver,
            )

    def _too_many(self, rule: BrandRule, unit: Unit, hit: Hit) -> Phrase:
        return Phrase(
            rule.name,
            hit.said,
            f"More than {MOST_HITS:,} places of this text are for the brand to look at.",
            "Shorten the text, or write it in other words.",
            refuses=rule.entry.duty == "compliance",
            start=unit.source(hit.start),
        )

    def _hint(self, rule: BrandRule, hit: Hit, text: str, promised: Cover, *, ended: Waiver | None) -> str:
        if hit.instead:
            return f"Write {hit.instead!r}."
        if ended:
            return f"Take it out: the waiver for it ended on {ended.until}."
        why = next((why for pattern, why in promised.lacks if _spans((pattern,), text).hold(hit)), "")
        if why:
            return f"Take it out. {why}"
        advice = _ADVICE.get(rule.point.style.extends, "")
        names = self.approved if rule.entry.duty == "compliance" and not advice else ()
        if not names:
            return advice or "Take it out, or say it in other words."
        shown = ", ".join(names[:_NAMED_IN_HINT]) + (", …" if len(names) > _NAMED_IN_HINT else "")
        return f"Take it out, or cite an approved promise that covers it: {shown}."

    def never_in(self, said: Said) -> Iterator[Refusal]:
        """Words of a text that are never promised, whoever approves. Raises CannotJudge where one is not valid."""
        never = self.promises.never
        if not never:
            return
        key = ("never",)
        if key not in self._screens:
            self._screens[key] = Screen([(written(one.match), True) for one in never])
        for unit in units(said.text, "text", markdown=said.markdown):
            for index in sorted(_screened(self._screens[key], unit)):
                one = never[index]
                text = unit.plain if one.match.isascii() else unit.text
                for match in islice(expression(one.match, ignorecase=True).finditer(text), MOST_TOLD):
                    yield Refusal(one, unit.text[match.start() : match.end()], unit.source(match.start()))


def _literal(words: str) -> Any:
    import re2  # noqa: PLC0415

    return expression(re2.escape(plain_words(words)), ignorecase=True)


def _message(point: Point, hit: Hit) -> str:
    words = [hit.instead, hit.said] if point.style.extends == "substitution" else [hit.said]
    first, *rest = point.style.message.split("%s")
    said = first
    for index, part in enumerate(rest):
        said += (words[index] if index < len(words) else "%s") + part
    return sentence(said)


def book_of(ctx: CheckContext) -> Book:
    """The brand's rules at main's tip, read once for a proposal. Raises CannotJudge where there is no index."""
    found = ctx.memo.get("brand")
    if not isinstance(found, Book):
        found = Book(ctx.tip, ctx.today)
        ctx.memo["brand"] = found
    return found
