"""`sr log call|email|meeting|demo|note`: note what was done, in a few milliseconds, without asking anybody.

Nothing heavy is imported here: no Git, no pydantic, no YAML library, not even a record kind. What is noted is checked
when it is sent.
"""

import os
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from salesrepo.domain.holding import DealEntry, Holding, Holdings, deal_names, matching, named
from salesrepo.domain.lease_words import kept_words, renewed_to
from salesrepo.domain.outcomes import OUTCOMES
from salesrepo.domain.ulid import new_ulid
from salesrepo.errors import RefusedError, UsageError
from salesrepo.files import replace_file
from salesrepo.flows.here.place import Desk
from salesrepo.flows.here.spoken import LINE, spoken
from salesrepo.store.emit import emit_document
from salesrepo.store.index import read_index
from salesrepo.store.outbox import Outbox

FULL = 48 * 1024


class Told(NamedTuple):
    """What the seller typed: kind of activity, lead, free text, minutes, day, outcome, next step and its day."""

    kind: str
    lead: str
    text: str = ""
    minutes: int | None = None
    day: str = ""
    outcome: str = ""
    next: str = ""
    due: str = ""


class Logged(NamedTuple):
    """What it did for the seller. `renewed_to` is empty where it keeps the claim no longer; `kept`: how it is now.

    On a claim that is not accepted it renews nothing: `held` is false, `holder` who has the account, if anybody, and
    `until` how long they have it.
    """

    account: str
    name: str
    day: str
    outcome: str
    renewed_to: str
    until: str
    next: str
    due: str
    path: str
    kept: str
    held: bool = True
    holder: str = ""


def log_activity(desk: Desk, told: Told, *, dry_run: bool = False) -> Logged:
    """Append one activity to the day's open stream in the outbox.

    Raises RefusedError for a lead that is not the seller's own or is ambiguous, UsageError for a day or outcome that
    makes no sense.
    """
    known = read_index(desk.folder)
    claim = own_holding(desk, told.lead, known)
    today = desk.today(known.time_zone)
    day = told.day or today
    if date.fromisoformat(day) > date.fromisoformat(today):
        raise UsageError(f"{day} has not come yet.", hint="Log what happened; plan with --next and --due.")
    outcome = _outcome(told)
    told = told._replace(text=spoken(told.text), next=spoken(told.next, most=LINE))
    if told.due and not told.next:
        raise UsageError("A due day needs something to do.", hint="Add --next TEXT.")
    if told.due and told.due < today:
        raise UsageError(f"{told.due} is past: nothing can be due then.", hint="Give a day to come with --due.")
    plain = _record(told, claim, desk, day, outcome)
    path = ""
    if not dry_run:
        with desk.busy():
            path = _append(desk, known.log, today, emit_document(plain))
    held = claim.state == "held"
    worked = day if _renews(known, told.kind, outcome) else ""
    further = renewed_to(claim.lease, worked, due=told.due, today=today) if held else ""
    return Logged(
        claim.account,
        claim.name,
        day,
        outcome,
        further,
        claim.until if held else claim.held_until,
        told.next,
        told.due,
        path,
        _kept(desk, known, claim, today),
        held,
        claim.holder,
    )


def _renews(known: Holdings, kind: str, outcome: str) -> bool:
    return kind in known.meaningful or f"{kind}.{outcome}" in known.meaningful


def _kept(desk: Desk, known: Holdings, claim: Holding, today: str) -> str:
    """How long the claim is the seller's, and how much longer once what they noted before is accepted."""
    words, last = kept_words(claim.lease, name=claim.short, today=today), ""
    for one in _noted(desk, known, claim):
        if _renews(known, one.get("type", ""), one.get("outcome", "")):
            last = max(last, one.get("day", ""))
    further = renewed_to(claim.lease, last, due="", today=today) if last else ""
    return f"{words}; until {further} once what you noted is accepted" if further else words


def _noted(desk: Desk, known: Holdings, claim: Holding) -> Iterator[dict[str, str]]:
    """What is noted of an account and not accepted: the short fields of each activity, as they are written here."""
    box = Outbox(desk.folder)
    for file in (box.files / known.log).rglob("*.yml"):
        data = box.read(file.relative_to(box.files).as_posix()) or b""
        for document in data.decode("utf-8", "replace").split("\n---\n"):
            said = (line.partition(": ") for line in document.splitlines())
            one = {key: value.strip("\"'") for key, _, value in said}
            if (one.get("account"), one.get("layer")) == (claim.account, claim.layer):
                yield one


def own_holding(desk: Desk, lead: str, known: Holdings) -> Holding:
    """The claim that a text means; of what is somebody else's, or came back, the refusal says so.

    A whole name or key of another account never means one's own that begins, or is spelt, much like it.
    """
    if not lead.strip() or named(_bare(lead), known.claims):
        return find_claim(lead, known)
    from salesrepo.flows.claims.whose import whose  # noqa: PLC0415 - only what is not named whole pays for it

    try:
        found = find_claim(lead, known)
    except RefusedError as none:
        why = "" if matching(_bare(lead), known.claims) else whose(desk, lead)
        raise RefusedError(why, hint=none.hint) if why else none from None
    if why := whose(desk, lead):
        raise RefusedError(why, hint="If you mean one of yours, type its key: sr status shows it.")
    return found


def find_claim(lead: str, known: Holdings) -> Holding:
    """The one claim of the seller's own that a text means. Raises RefusedError for none or several."""
    if not lead.strip():
        raise UsageError("Which account?", hint="Type a few letters of one of yours; sr status lists them.")
    wanted = lead.partition("/")[0] if "://" not in lead else lead
    found = matching(_bare(wanted), known.claims)
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{c.account.partition('-')[2]} ({c.name})" for c in found)
        raise RefusedError(f"{lead} could be several of your accounts: {several}.", hint="Type a little more.")
    raise RefusedError(f"You hold no account like {lead}.", hint="See yours: sr status. To get another: sr claim LEAD")


def is_deal(text: str, known: Holdings) -> bool:
    """Whether a text is written as a deal's handle or id is, rather than an account's name."""
    return ("/" in text and "://" not in text) or any(text == entry.deal for entry in known.deals)


def find_deal(handle: str, known: Holdings) -> DealEntry:
    """The one open deal of the seller's own that a handle (`acme/2`) or an id means. Raises RefusedError."""
    if not handle.strip():
        raise UsageError("Which deal?", hint="Type its name, such as acme/1; sr status lists yours.")
    lead, slash, number = handle.partition("/")
    named = [d for d in known.deals if handle.casefold() in deal_names(d.account, d.deal)]
    accounts = () if named else {claim.account for claim in matching(_bare(lead), known.claims)}
    found = named or [
        d for d in known.deals if d.account in accounts and (not slash or d.handle.endswith(f"/{number}"))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        several = " or ".join(d.handle for d in found)
        raise RefusedError(f"{handle} could be {several}.", hint="Name one of them.")
    raise RefusedError(f"You have no open deal {handle}.", hint="See yours: sr status")


def _bare(text: str) -> str:
    host = text.split("://", 1)[-1].split("/", 1)[0].rsplit("@", 1)[-1]
    return host.removeprefix("www.")


def _outcome(told: Told) -> str:
    allowed = OUTCOMES[told.kind]
    if not told.outcome:
        return allowed[0] if allowed else ""
    if told.outcome not in allowed:
        choices = ", ".join(allowed) or "none"
        article = "An" if told.kind[0] in "aeiou" else "A"
        raise UsageError(f"{article} {told.kind} has no outcome {told.outcome}.", hint=f"Choose one of: {choices}.")
    return told.outcome


def _record(told: Told, claim: Holding, desk: Desk, day: str, outcome: str) -> dict[str, object]:
    plain: dict[str, object] = {
        "id": new_ulid(int(desk.now.timestamp() * 1000), os.urandom(10)),
        "at": desk.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "day": day,
        "type": told.kind,
        "account": claim.account,
        "layer": claim.layer,
    }
    if outcome:
        plain["outcome"] = outcome
    if told.minutes is not None:
        plain["minutes"] = str(told.minutes)
    if told.text:
        plain["note"] = told.text
    if told.next:
        plain["next"] = {"text": told.next, **({"due": told.due} if told.due else {})}
    return plain


def _append(desk: Desk, log: str, today: str, document: bytes) -> str:
    box = Outbox(desk.folder)
    year, month, day = today.split("-")
    folder = f"{log}/{year}/{month}"
    streams = sorted((f"{folder}/{file.name}" for file in (box.files / folder).glob(f"{day}-*.yml")), reverse=True)
    for path in streams:
        item = box.item(path)
        if item and item.state != "sent" and item.base is None:
            data = box.read(path) or b""
            if len(data) + len(document) <= FULL:
                replace_file(box.files / path, data + document)
                return path
    path = f"{folder}/{day}-{new_ulid(int(desk.now.timestamp() * 1000), os.urandom(10))}.yml"
    schema = "../" * path.count("/") + "schemas/activity.schema.json"
    replace_file(box.files / path, f"# yaml-language-server: $schema={schema}\n".encode() + document)
    return path
