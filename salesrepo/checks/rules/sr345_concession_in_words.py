"""SR345: is something given away in words, outside of the lines?"""

from collections.abc import Iterator, Sequence
from typing import Any

from salesrepo.checks.brand.expressions import expression, flaw
from salesrepo.checks.brand.findings import said_in
from salesrepo.checks.brand.promised import cover
from salesrepo.checks.prices import judges_of_prices, pricing, stood
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.checks.words import plain_words, without_accents
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.policy_pricing import PRICING_POLICY
from salesrepo.domain.kinds.promises import PROMISES
from salesrepo.domain.texts import Route

_STRUCK = "\0"


@rule("SR345", "concession-in-words")
def SR345(ctx: CheckContext) -> Iterator[Finding]:
    """What is given away stands in a deal's lines, not in its words; else somebody with a say in prices reads it.

    Its words are also the names that a seller makes up: of a discount, a source, a role.

    ## Why
    "Three months free" is a discount that no line shows, no floor stops and no commission knows of. Known as P06; the
    expressions stand in policy/pricing.yml: `concessions`, and `no_concessions` for what merely sounds like one. A
    hyphen counts as a blank, and accents count for nothing. What an approved promise allows that the deal cites, or
    the text itself, is none. What is said of a lost deal is looked at when it comes back. An expression that is not
    valid, or that finds anything, does not get into the policy.

    ## Fix
    Write it as a line, with its discount: `sr log deal acme/2 --discount 10%`. If the words mean something else,
    somebody who decides on prices, and gets no credit in the deal, says so by agreeing.
    """
    yield from _expressions(ctx)
    for change, deal in ctx.change.readable(DEAL):
        said = _newly_said(change, deal)
        if not said:
            continue
        policy = pricing(ctx)
        if not policy.concessions:
            return
        given, sounds = _any_of(policy.concessions), _any_of(policy.no_concessions)
        gains = {ctx.me, deal.node, *(credit.node for credit in deal.credits)}
        for route, text in said:
            found = _concession(text, given, (sounds, *_promised(ctx, change, text)))
            if found:
                yield Finding(
                    "SR345",
                    Severity.REVIEW,
                    f"{found!r} gives something away that no line of the deal shows.",
                    Location(change.path, route),
                    hint="Write it as a line with its discount; else it waits for somebody who decides on prices.",
                    roles=judges_of_prices(ctx),
                    not_by=tuple(sorted(gains)),
                )


def _expressions(ctx: CheckContext) -> Iterator[Finding]:
    """Expressions of a changed policy that no text could be looked through with."""
    for change, policy in ctx.change.readable(PRICING_POLICY):
        for field in ("concessions", "no_concessions"):
            for index, pattern in enumerate(getattr(policy, field)):
                if fault := flaw(pattern):
                    message = f"The expression {pattern[:60]!r} {fault}."
                    hint = "Write one that RE2 takes (github.com/google/re2/wiki/Syntax) and that finds certain words."
                    yield Finding("SR345", Severity.ERROR, message, Location(change.path, (field, index)), hint=hint)


def _any_of(parts: Sequence[str]) -> Any:
    whole = "|".join(f"(?:{part})" for part in parts)
    return expression(rf"\b(?:{whole})\b", ignorecase=True) if parts else None


def _promised(ctx: CheckContext, change: RecordChange[Deal], text: str) -> tuple[Any, ...]:
    """What the promises allow that the deal or the text cites, each for this deal."""
    known = ctx.tip.get(PROMISES)
    return cover(said_in(ctx, change, text), known.promises).allowed if known else ()


def _concession(text: str, given: Any, but: Sequence[Any]) -> str:
    """The first words that give something away, as they are written; empty for none."""
    written = _without(plain_words(text), but)
    for one in (written, _without(" ".join(written.replace("-", " ").split()), but)):
        for read in dict.fromkeys((one, without_accents(one))):
            if found := given.search(read):
                return one[found.start() : found.end()]
    return ""


def _without(text: str, but: Sequence[Any]) -> str:
    """A text whose words that count for nothing are struck out, place for place."""
    for one in but:
        for match in one.finditer(text) if one else ():
            text = f"{text[: match.start()]}{_STRUCK * (match.end() - match.start())}{text[match.end() :]}"
    return text


def _newly_said(change: RecordChange[Deal], deal: Deal) -> list[tuple[Route, str]]:
    """What the words and names of a deal say that they did not say before, with the route to each."""
    before = stood(change, deal)
    if (deal.imported is not None and change.change.before is None) or (deal.stage == "lost" and before is not None):
        return []
    known = {*change.old_words, *(name for _, name in _names(before))} if before is not None else set()
    return [(route, text) for route, text in (*change.words, *_names(deal)) if text not in known]


def _names(deal: Deal) -> Iterator[tuple[Route, str]]:
    """The names that a seller makes up: they are no free text, and can say as much."""
    for field in ("source", "reason_code", "lost_to"):
        if name := getattr(deal, field):
            yield (field,), name
    yield from ((("competitors", index), name) for index, name in enumerate(deal.competitors))
    yield from ((("credits", index, "role"), credit.role) for index, credit in enumerate(deal.credits))
    for index, line in enumerate(deal.lines):
        yield from ((("lines", index, "discounts", at, "name"), one.name) for at, one in enumerate(line.discounts))
