"""SR502: is every promise that is made an approved one?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from salesrepo.checks.brand.findings import TEXTS, place_in, said_in
from salesrepo.checks.brand.promised import Said, cited_in, limits
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.promises import PROMISES, Promise, Promises


@rule("SR502", "promise-not-approved")
def SR502(ctx: CheckContext) -> Iterator[Finding]:
    """A deal or a text may promise only what brand/promises.yml approves: for these products, in this country, today.

    ## Why
    What was promised is what the customer will ask for. The list in the deal is the record of it, for
    every company that the order covers.

    ## Fix
    Take the promise out, or cite one that is approved; the finding lists them.
    """
    for change, deal in ctx.change.readable(DEAL):
        yield from _deal(ctx, change, deal)
    for change in ctx.change.changes:
        if change.kind in TEXTS and change.after is not None:
            yield from _text(ctx, change)


def _sold(deal: Deal) -> tuple[object, ...]:
    """What a promise was judged with: nothing of an open deal, for the day moves on."""
    if deal.stage != "won":
        return (object(),)
    return (deal.deal, deal.lines, deal.signed, deal.promises, deal.also_for)


def _deal(ctx: CheckContext, change: RecordChange[Deal], deal: Deal) -> Iterator[Finding]:
    # What was promised with a sale stays promised when the catalogue moves on.
    kept = change.before is not None and _sold(change.before) == _sold(deal)
    named: list[tuple[tuple[str | int, ...], str]] = []
    if not kept:
        named += [(("promises", index), name) for index, name in enumerate(deal.promises)]
    before = change.old_words if kept else frozenset()
    for route, text in change.words:
        if "[" in text and text not in before:
            named += [(route, name) for name in cited_in(text, _catalogue(ctx).promises)]
    if named:
        said = said_in(ctx, change, "")
        for route, name in named:
            yield from _fault(ctx, name, said, Location(change.path, route), "Take the promise out of the deal.")
            yield from _elsewhere(ctx, deal, name, said, Location(change.path, route))


def _elsewhere(ctx: CheckContext, deal: Deal, name: str, said: Said, at: Location) -> Iterator[Finding]:
    """What keeps a promise from being made to the other companies that an order covers, once for each country."""
    promise = _catalogue(ctx).promises.get(name)
    if promise is None:
        return
    known, hint = set(limits(name, promise, said)), "Take the promise out, or write a deal of its own for that company."
    others = (ctx.result.get(ACCOUNT, account=key) for key in deal.also_for)
    for country in dict.fromkeys(other.country or "" for other in others if other is not None):
        for sentence in limits(name, promise, replace(said, country=country)):
            if sentence not in known:
                yield Finding("SR502", Severity.ERROR, sentence, at, hint=hint)


def _text(ctx: CheckContext, change: RecordChange[Any]) -> Iterator[Finding]:
    for _, text in change.words:
        said = said_in(ctx, change, text)
        for name, offset in cited_in(text, _catalogue(ctx).promises).items():
            at = Location(change.path, (), *place_in(text, offset))
            yield from _fault(ctx, name, said, at, "Take the promise out of the text.")


def _catalogue(ctx: CheckContext) -> Promises:
    return ctx.tip.get(PROMISES) or Promises()


def _fault(ctx: CheckContext, name: str, said: Said, at: Location, hint: str) -> Iterator[Finding]:
    known = _catalogue(ctx).promises
    promise = known.get(name)
    if promise is None:
        approved = sorted(id_ for id_, one in known.items() if one.holds_on(said.day))
        message = f"There is no approved promise {name}."
        yield Finding("SR502", Severity.ERROR, message, at, hint=f"Take it out. Approved are: {_listed(approved)}.")
        return
    for sentence in limits(name, promise, said):
        yield Finding("SR502", Severity.ERROR, sentence, at, hint=hint)
    if said.markdown and (promise.products or promise.regions):
        message = f"The promise {name} does not hold for everybody: {_bounds(promise)}."
        yield Finding("SR502", Severity.NOTE, message, at, hint="Send this text to nobody else.")


def _bounds(promise: Promise) -> str:
    where = [f"only in {', '.join(promise.regions)}"] if promise.regions else []
    what = [f"only for {', '.join(promise.products)}"] if promise.products else []
    return " and ".join([*where, *what])


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
