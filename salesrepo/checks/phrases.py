"""Which of the brand's phrases does a text hold? Rules come by proposal, so only a linear-time engine runs them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from salesrepo.checks.rule import CannotJudge, CheckContext, sentence
from salesrepo.checks.words import plain_words
from salesrepo.domain.kinds.brand_index import BRAND_INDEX
from salesrepo.domain.kinds.brand_style import BRAND_STYLE, BrandStyle
from salesrepo.domain.kinds.promises import PROMISES
from salesrepo.domain.snapshot import Snapshot

_MEMORY = 8 << 20


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase found: the rule's name, what it says of it, the next step, and whether it refuses or advises."""

    rule: str
    message: str
    hint: str
    refuses: bool


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A brand rule with its expressions compiled."""

    name: str
    style: BrandStyle
    refuses: bool
    find: Any
    except_: Any
    swap: tuple[tuple[Any, str], ...]


@dataclass(frozen=True)
class Phrases:
    """The brand rules in force on a day, compiled; `allowed` are the phrases that each approved promise covers."""

    rules: tuple[StyleRule, ...]
    allowed: dict[str, tuple[Any, ...]]
    approved: tuple[str, ...]

    def found_in(self, text: str, cited: tuple[str, ...]) -> Iterator[Phrase]:
        """The phrases of `text` that no exception of the rule and no cited promise covers, once per rule and phrase."""
        text = plain_words(text)
        covers = [pattern for name in cited for pattern in self.allowed.get(name, ())]
        for rule in self.rules:
            seen: set[str] = set()
            free = [match.span() for match in rule.except_.finditer(text)] if rule.except_ else []
            free += [match.span() for pattern in covers for match in pattern.finditer(text)]
            for match in rule.find.finditer(text):
                start, end = match.span()
                said = match.group(0)
                if said.lower() in seen or any(a <= start and end <= b for a, b in free) or start == end:
                    continue
                seen.add(said.lower())
                yield self._phrase(rule, said)

    def _phrase(self, rule: StyleRule, said: str) -> Phrase:
        instead = next((right for pattern, right in rule.swap if pattern.fullmatch(said)), "")
        words = (instead, said) if rule.style.extends == "substitution" else (said,)
        message = rule.style.message
        for word in words:
            message = message.replace("%s", word, 1)
        if instead:
            hint = f"Write {instead!r}."
        elif self.approved:
            hint = f"Take it out, or cite an approved promise that covers it: {', '.join(self.approved)}."
        else:
            hint = "Take it out."
        return Phrase(rule.name, sentence(message), hint, rule.refuses)


def phrases_of(ctx: CheckContext) -> Phrases:
    """The brand rules of main's tip. Raises CannotJudge where one is missing or its expression is not valid."""
    found = ctx.memo.get("phrases")
    if not isinstance(found, Phrases):
        found = compile_phrases(ctx.tip, ctx.today)
        ctx.memo["phrases"] = found
    return found


def compile_phrases(snapshot: Snapshot, today: date) -> Phrases:
    """The brand rules that hold on a day. Raises CannotJudge where one is missing or its expression is not valid."""
    index = snapshot.get(BRAND_INDEX)
    if index is None:
        raise CannotJudge("brand/index.yml is missing")
    rules = []
    for name, entry in index.rules.items():
        if entry.until and entry.until < today:
            continue
        folder, file = name.split(".", 1)
        style = snapshot.get(BRAND_STYLE, style=folder, rule=file)
        if style is None:
            raise CannotJudge(f"brand/styles/{folder}/{file}.yml is missing")
        rules.append(compile_style(name, style, refuses=entry.duty == "compliance"))
    catalogue = snapshot.get(PROMISES)
    promises = catalogue.promises if catalogue else {}
    live = {name: p for name, p in promises.items() if p.until is None or p.until >= today}
    allowed = {name: tuple(expression(a, ignorecase=True) for a in p.allow) for name, p in live.items()}
    return Phrases(tuple(rules), allowed, tuple(sorted(live)))


def compile_style(name: str, style: BrandStyle, *, refuses: bool = True) -> StyleRule:
    """One brand rule, ready to look for. Raises CannotJudge where it says nothing or RE2 does not take it."""
    parts = style.tokens if style.extends == "existence" else tuple(style.swap)
    if not parts:
        raise CannotJudge(f"the brand rule {name} has nothing to look for")
    whole = "|".join(f"(?:{part})" for part in parts)
    bounded = f"(?:{whole})" if style.nonword else rf"\b(?:{whole})\b"
    excepted = "|".join(f"(?:{part})" for part in style.exceptions)
    return StyleRule(
        name=name,
        style=style,
        refuses=refuses,
        find=expression(bounded, ignorecase=style.ignorecase),
        except_=expression(excepted, ignorecase=style.ignorecase) if excepted else None,
        swap=tuple((expression(left, ignorecase=style.ignorecase), right) for left, right in style.swap.items()),
    )


def expression(pattern: str, *, ignorecase: bool) -> Any:
    """A compiled RE2 expression: linear time, bounded memory. Raises CannotJudge where RE2 does not take it."""
    import re2  # noqa: PLC0415 - 8 ms that only texts need

    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.case_sensitive = not ignorecase
    try:
        return re2.compile(pattern, options=options)
    except re2.error as bad:
        raise CannotJudge(f"the expression {pattern[:60]!r} of a brand rule is not valid: {bad}") from None
