"""What does a change mean, in the words of the business? Nothing that changes is left out.

Kinds with words of their own stand in `WORDS`; every other kind, and every field that those leave to it, is told field
by field: `price 1,000.00 -> 900.00`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.activity import ACTIVITY
from salesrepo.domain.kinds.adjustment import ADJUSTMENT
from salesrepo.domain.kinds.brand_index import BRAND_INDEX
from salesrepo.domain.kinds.cert import CERT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.dispute import DECISION, STATEMENT
from salesrepo.domain.kinds.exclusion import EXCLUSION
from salesrepo.domain.kinds.metric import METRIC
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.pay_dispute import PAY_ANSWER, PAY_QUESTION
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.kinds.policy_waivers import WAIVERS_POLICY
from salesrepo.domain.kinds.quota import QUOTA
from salesrepo.domain.kinds.referral import REFERRED_LEAD
from salesrepo.domain.kinds.request import REQUEST
from salesrepo.domain.kinds.territory import TERRITORY
from salesrepo.domain.kinds.transfer import TRANSFER
from salesrepo.report.described_deals import claim_said, claim_told, deal_said, deal_told
from salesrepo.report.described_pay import (
    adjustment_said,
    close_said,
    metric_said,
    metric_told,
    pay_answer_said,
    pay_question_said,
    quota_said,
    quota_told,
)
from salesrepo.report.described_records import (
    account_said,
    account_told,
    activities_told,
    cert_said,
    decision_said,
    exclusion_said,
    node_said,
    node_told,
    payment_said,
    referral_said,
    request_said,
    statement_said,
    territory_said,
    territory_told,
    transfer_said,
    waivers_said,
    waivers_told,
)
from salesrepo.report.wording import Names, fields_said, fields_told

_MOST = 8_000  # letters of one thing that is told


@dataclass(frozen=True, kw_only=True)
class Words:
    """How a kind is told: a new record, one that changes, one that goes (of which `{kind} removed` is said if empty).

    `said` and `told` each give all that the record holds, or all that differs.
    """

    said: Callable[[Any, Names], Iterable[str]] | None = None
    told: Callable[[Any, Any, Names], Iterable[str]] = fields_told
    gone: str = ""


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        ACCOUNT.name: Words(said=account_said, told=account_told),
        ACTIVITY.name: Words(told=activities_told),
        ADJUSTMENT.name: Words(said=adjustment_said),
        CLOSE.name: Words(said=close_said),
        BRAND_INDEX.name: Words(said=waivers_said, told=waivers_told),
        CERT.name: Words(said=cert_said),
        CLAIM.name: Words(said=claim_said, told=claim_told),
        DEAL.name: Words(said=deal_said, told=deal_told),
        DECISION.name: Words(said=decision_said),
        EXCLUSION.name: Words(said=exclusion_said, gone="may be claimed again"),
        METRIC.name: Words(said=metric_said, told=metric_told),
        NODE.name: Words(said=node_said, told=node_told),
        PAYMENT.name: Words(said=payment_said),
        PAY_ANSWER.name: Words(said=pay_answer_said),
        PAY_QUESTION.name: Words(said=pay_question_said),
        QUOTA.name: Words(said=quota_said, told=quota_told),
        REFERRED_LEAD.name: Words(said=referral_said),
        REQUEST.name: Words(said=request_said, gone="the request to join is settled"),
        STATEMENT.name: Words(said=statement_said),
        TERRITORY.name: Words(said=territory_said, told=territory_told),
        TRANSFER.name: Words(said=transfer_said),
        WAIVERS_POLICY.name: Words(said=waivers_said, told=waivers_told),
    }
)
_PLAIN = Words()


def describe(change: RecordChange[Any], names: Names) -> tuple[str, ...]:
    """What a change does, each thing as a few words without a full stop; nothing for a pointer, which goes along."""
    if change.place is None:
        return (f"{change.path}: no record stands there",)
    if change.place.kind.pointer:
        return ()
    return tuple(map(_cut, _told(change, names)))


def subject(change: RecordChange[Any], names: Names) -> str:
    """What a change is about: a company, a node, a territory, or the kind of record with its ids."""
    ids = change.ids
    if "account" in ids:
        return names.account(ids["account"])
    if "node" in ids:
        return names.who(ids["node"])
    value = change.value
    named: object = getattr(value, "name", "") or getattr(value, "title", "")
    if isinstance(named, str) and named:
        return named
    return " ".join((_kind(change), *ids.values())) if change.place else change.path


def _told(change: RecordChange[Any], names: Names) -> Iterator[str]:
    kind, words = _kind(change), WORDS.get(change.kind, _PLAIN)
    was, now = change.before, change.after
    if change.change.after is None:
        yield words.gone or f"{kind} removed"
    elif change.place is not None and change.place.kind.opaque:
        yield f"new {kind}" if change.change.before is None else f"{kind} written anew"
    elif now is None:
        yield f"a {kind} that cannot be read"
    elif was is None and change.change.before is None:
        yield from _new(change, words, names)
    elif was is None:
        yield f"{kind} written anew"
        yield from _new(change, words, names)
    else:
        yield from tuple(words.told(was, now, names)) or (f"{kind}: the same, written in another way",)


def _new(change: RecordChange[Any], words: Words, names: Names) -> Iterator[str]:
    """A new record: in its own words, or all that it says beyond what `subject` names."""
    now = change.after
    if isinstance(now, tuple):
        yield from words.told((), now, names)
    elif words.said:
        yield from words.said(now, names)
    else:
        shown = {"account"} & change.ids.keys() or {"node"} & change.ids.keys() or {"name"}
        said = fields_said(now, names, but=shown)
        yield f"new {_kind(change)}: {', '.join(said)}".removesuffix(": ")


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}… and {len(text) - _MOST:,} more letters"


def _kind(change: RecordChange[Any]) -> str:
    return change.kind.replace("-", " ")
