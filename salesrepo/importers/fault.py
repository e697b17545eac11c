"""Why can a row not be placed?"""

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no-account": "name no account",
        "rival": "are open deals of sellers who do not hold the account",
        "unknown-account": "name an account that was not placed",
        "unknown-seller": "name a seller who was not placed",
        "unknown-product": "name a product that was not placed",
        "unknown-stage": "have a stage that the mapping does not know",
        "unknown-country": "have a country that the mapping does not know",
        "missing-value": "lack a value that a record needs",
        "bad-date": "have a date that is none",
        "dates-reversed": "were closed before they were opened",
        "future": "have a date after the day of the import",
        "bad-amount": "have an amount that is none",
        "bad-number": "have a number that is none",
        "bad-text": "hold text that a record cannot hold",
        "bad-id": "have an id that cannot be one here",
        "duplicate": "repeat an earlier row",
        "unknown-deal": "name no deal, or one that is not there",
        "several-deals": "could mean several deals",
        "unknown-kind": "are of a kind that the mapping does not know",
        "no-billing": "are no billing of a deal",
        "other-currency": "are in another currency than the deal",
        "recorded": "say otherwise than what is recorded already",
        "refused": "would be refused by the rules",
        "bad-rate": "have a rate that is none",
        "unknown-currency": "have a currency that is none",
        "other-source": "come from another source than the month's other rates",
        "other-rate": "have another rate than the one that stands",
        "unknown-node": "name a node that is not there",
        "bad-window": "have a window that is none",
        "same-row": "stand in one row with a cell that is none",
        "other-unit": "are in another unit than the others of their window",
        "cells": "have too few or too many cells",
        "unreadable": "are no CSV",
    }
)

DECIDED = frozenset(("no-billing",))
"""Reasons that the mapping gives itself: such a row is reported, and nobody needs to look at it."""

_SHOWN = 60


class RowFault(Exception):
    """Raised while a row is read: it goes to the report. `reason` is one of REASONS, `sentence` says it to a person."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


def shown(text: str) -> str:
    """What a cell holds, as a sentence quotes it: at most 60 characters, nothing that cannot be printed."""
    cut = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return '"' + "".join(char if char.isprintable() else "\ufffd" for char in cut) + '"'
