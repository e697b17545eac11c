"""How is it said to a seller how long an account is theirs, and why? Light: `sr log` says it too."""

from datetime import date, timedelta

from salesrepo.domain.holding import Lease


def kept_words(lease: Lease, *, name: str, today: str) -> str:
    """A clause such as `yours until 2026-12-21 (30 days after your last conversation)`; `name` is what one types."""
    until = lease.until
    if lease.bound == "territory":
        return f"yours {'no longer' if until < today else f'until {until}, whatever you log'}: {lease.ground}"
    if until < today:
        return f"yours no longer: it ended on {until}"
    if lease.bound == "reserved":
        return f"reserved for you until {until}: log a conversation and it is yours for {lease.days} days"
    if lease.bound == "first_touch":
        return f"yours until {until}: log a conversation by then and it is yours for {lease.days} days"
    if lease.bound in ("protection", "hard_limit"):
        return f"yours until {until}, whatever you log: {_limit_words(lease, name=name, today=today)}"
    return f"yours until {until} ({_pace_words(lease)})"


def mark_words(lease: Lease) -> str:
    """The same in a few words, for a table."""
    return {
        "reserved": "reserved: log a conversation",
        "first_touch": "log a first conversation",
        "protection": "its protection ends",
        "hard_limit": "the longest time without a proposal",
        "customer": "your customer",
        "name": "known by name only",
        "territory": "its territory passes on",
    }.get(lease.bound, "")


def renewed_to(lease: Lease, day: str, *, due: str, today: str) -> str:
    """The last day that work carries a claim to, with its next step due; empty for no further.

    `day` is that of a conversation; empty where there was none, so that only an extension of the limit counts.
    """
    if not day and lease.bound in ("reserved", "first_touch"):
        return ""
    later = date.fromisoformat(max(day, lease.renewed)) + timedelta(days=lease.days)
    if lease.limit:
        later = min(later, _limit(lease, due=due, today=today))
    return later.isoformat() if later.isoformat() > lease.until or lease.bound == "reserved" else ""


def _limit(lease: Lease, *, due: str, today: str) -> date:
    limit = date.fromisoformat(lease.limit)
    extended = lease.longer and lease.extend <= today <= lease.limit and due >= today
    return limit + timedelta(days=lease.longer) if extended else limit


def _pace_words(lease: Lease) -> str:
    days = (
        f"{lease.days} days after your last conversation" if lease.worked else f"{lease.days} days from {lease.renewed}"
    )
    if lease.bound == "customer":
        return f"your customer: {days}"
    return f"{days}, because only its name is known" if lease.bound == "name" else days


def _limit_words(lease: Lease, *, name: str, today: str) -> str:
    if lease.bound == "hard_limit":
        return "only a deal at proposal or later keeps it longer"
    if not lease.extend:
        return "its protection ends, and only a deal at proposal or later keeps it longer"
    since = "" if lease.extend <= today else f" from {lease.extend}"
    return f"its protection ends; longer: sr extend {name}{since}"
