"""How is a seller told of offers, queues, disputes and claims that end?"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from salesrepo.cli import console

if TYPE_CHECKING:
    from salesrepo.flows.claims.news import News
    from salesrepo.flows.claims.notices import Around, Notices
    from salesrepo.flows.claims.queue import Waiting
    from salesrepo.flows.here.ground import Leaving
    from salesrepo.flows.proposals.offers import Offer


_GAINED = {
    "asked": "your claim was accepted",
    "granted": "it was your turn in its queue",
    "imported": "it was brought in from another system",
    "transferred": "{by} handed it to you",
    "decided": "a dispute was decided for you",
}
_LOST = {
    "asked": "it had ended, and they asked for it",
    "granted": "it ended, and it was their turn in its queue",
    "given_up": "it was given back",
    "lapsed": "it lapsed",
    "transferred": "it was handed over",
    "left": "it was handed on",
    "decided": "a dispute was decided",
    "territory": "its territory passed on",
}
_TOLD = 12  # lines of news


def tell_news(found: "Sequence[News]") -> None:
    """Say what changed since the last look, each in a line with the next command."""
    for one in found[:_TOLD]:
        console.say(f"New: {_news(one)}")
    if len(found) > _TOLD:
        console.say(f"New: {len(found) - _TOLD} more changes of that kind.")


def _news(one: "News") -> str:
    who, by = console.term(f"{one.name} ({one.account})"), console.term(one.by)
    if one.what == "gained":
        how = _GAINED.get(one.how, "it passed to you").format(by=by)
        return f"{who} is yours until {one.until}: {how}. Next: sr log call {one.lead}"
    if one.what == "lost":
        how = _LOST.get(one.how, "it ended")
        whose = f"{by}'s now" if by else "yours no more"
        return f"{who} is {whose}: {how}{f' on {one.day}' if one.day else ''}. Next: sr show {one.lead}"
    return f"{console.term(one.title)}: accepted.{f' Next: sr show {one.lead}' if one.lead else ''}"


def tell_notices(found: "Notices") -> None:
    """Say what must be known besides the claims themselves."""
    for offer in found.offers:
        who = console.term(f"{offer.name} ({offer.account})")
        verb, command = ("brings", "refer") if offer.what == "referral" else ("offers", "transfer")
        console.say(f"{console.term(offer.giver_name)} {verb} you {who}. Next: sr {command} {offer.account} --accept")
    for offer in found.answers:
        who, to = console.term(f"{offer.name} ({offer.account})"), console.term(offer.receiver_name)
        console.say(f"{to} did not take over {who}: {console.term(offer.answer)}")
    for offer in found.given:
        who, to = console.term(f"{offer.name} ({offer.account})"), console.term(offer.receiver_name)
        console.say(f"You offer {who} to {to}, who has not answered. To keep it: {_withdrawing(offer)}")
    for wait in found.waits:
        console.say(_waiting(wait))
    for one in found.disputed:
        step = f"Next: sr dispute {one.account} --ground GROUND -m TEXT"
        told = f"You have answered; to be decided by {one.due}." if one.answered else step
        console.say(f"{console.term(one.by)} disputes your claim on {one.account}. {told}")
    for parting in found.leaving:
        console.say(f"{parting.account} {leaving_words(parting)}.")
    ending = [f"{console.term(claim.name)} on {claim.until}" for claim in found.ending]
    if ending:
        console.say(f"Ends soon: {', '.join(ending[:6])}{f' and {len(ending) - 6} more' if len(ending) > 6 else ''}")


def leaving_words(one: "Leaving") -> str:
    """A clause such as `ends on 2026-06-30: DACH is Ben's since 2026-04-02; kept until then because of acme/2`."""
    reason = console.term(one.reason)
    if one.last is None:
        return f"stays where it is because of {console.term(one.deal)}: {reason}"
    return f"{'ends with the next nightly run' if one.over else f'ends on {one.last}'}: {reason}"


def tell_around(found: Iterable["Around"]) -> None:
    """Say who waits for an account, disputes it, and brought it."""
    for one in found:
        if one.brought:
            console.say(f"{console.term(one.brought)} ({one.layer}).")
        if one.leaving:
            console.say(f"Its territory changes: it {leaving_words(one.leaving)} ({one.layer}).")
        if one.waiting:
            console.say(f"Waiting for it ({one.layer}): {console.term(', '.join(one.waiting))}.")
        if one.offer:
            console.say(_offered(one.offer))
        for case in one.disputed:
            console.say(f"It is disputed by {console.term(case.by)} ({one.layer}), to be decided by {case.due}.")


def _offered(offer: "Offer") -> str:
    giver, receiver = console.term(offer.giver_name), console.term(offer.receiver_name)
    told = f"{giver} offers it to {receiver} ({offer.layer}), who has not answered."
    mine = offer.sender == offer.giver
    return told + (f" To keep it: {_withdrawing(offer)}" if mine else "")


def _withdrawing(offer: "Offer") -> str:
    layer = "" if offer.layer == "core" else f" --layer {offer.layer}"
    return f"sr transfer {offer.account} --withdraw{layer}"


def _waiting(wait: "Waiting") -> str:
    who = console.term(f"{wait.name} ({wait.account})")
    if wait.turn:
        return f"It is your turn: {who} is free. Next: sr claim {wait.account}"
    behind = f"{wait.before} before you" if wait.before else "nobody before you"
    held = f", which {console.term(wait.holder)} has until {wait.until}" if wait.until else ""
    return f"You wait for {who}{held}: {behind}."
