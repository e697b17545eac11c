"""How is a seller told of offers, queues, disputes and claims that end?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salesrepo.cli import console

if TYPE_CHECKING:
    from salesrepo.flows.claims.ground import Leaving
    from salesrepo.flows.claims.notices import Around, Notices
    from salesrepo.flows.claims.queue import Waiting


def tell_notices(found: "Notices") -> None:
    """Say what must be known besides the claims themselves."""
    for offer in found.offers:
        who = console.term(f"{offer.name} ({offer.account})")
        verb, command = ("brings", "refer") if offer.what == "referral" else ("offers", "transfer")
        console.say(f"{console.term(offer.giver_name)} {verb} you {who}. Next: sr {command} {offer.account} --accept")
    for offer in found.answers:
        who, to = console.term(f"{offer.name} ({offer.account})"), console.term(offer.receiver_name)
        console.say(f"{to} did not take over {who}: {console.term(offer.answer)}")
    for wait in found.waits:
        console.say(_waiting(wait))
    for one in found.disputed:
        by = console.term(one.by)
        console.say(
            f"{by} disputes your claim on {one.account}. Next: sr dispute {one.account} --ground GROUND -m TEXT"
        )
    for parting in found.leaving:
        console.say(f"{parting.account} {leaving_words(parting)}.")
    ending = [f"{console.term(claim.name)} on {claim.until}" for claim in found.ending]
    if ending:
        console.say(f"Ends soon: {', '.join(ending[:6])}{f' and {len(ending) - 6} more' if len(ending) > 6 else ''}")


def leaving_words(one: "Leaving") -> str:
    """A clause such as `ends on 2026-06-30: DACH is Ben's since 2026-04-02; kept until then because of acme/2`."""
    by = console.term(" and ".join(one.by)) or "nobody"
    where = f"{console.term(one.place)} is {by}'s" if one.place else "no territory has it"
    since = f" {'since' if one.began else 'from'} {one.since}" if one.since else " now"
    if one.last is None:
        return f"stays where it is because of {console.term(one.deal)}: {where}{since}"
    ends = "ends with the next nightly run" if one.over else f"ends on {one.last}"
    kept = f"; kept until then because of {console.term(one.deal)}" if one.deal and not one.over else ""
    return f"{ends}: {where}{since}{kept}"


def tell_around(found: Iterable["Around"]) -> None:
    """Say who waits for an account, disputes it, and brought it."""
    for one in found:
        if one.brought:
            console.say(f"{console.term(one.brought)} ({one.layer}).")
        if one.waiting:
            console.say(f"Waiting for it ({one.layer}): {console.term(', '.join(one.waiting))}.")
        for case in one.disputed:
            console.say(f"It is disputed by {console.term(case.by)} ({one.layer}), to be decided by {case.due}.")


def _waiting(wait: "Waiting") -> str:
    who = console.term(f"{wait.name} ({wait.account})")
    if wait.turn:
        return f"It is your turn: {who} is free. Next: sr claim {wait.account}"
    behind = f"{wait.before} before you" if wait.before else "nobody before you"
    held = f", which {console.term(wait.holder)} has until {wait.until}" if wait.until else ""
    return f"You wait for {who}{held}: {behind}."
