"""Does a text hold what opens a door: a private key, or a token of a service? Known by their fixed beginnings only."""

import re
from collections.abc import Iterator

HINT = "Take it out, and revoke it where it was made: whatever has left your machine counts as known."

# A short text that each holds, so that most texts are done with at a glance; what it is; its whole form.
_FORMS: tuple[tuple[str, str, str], ...] = (
    ("PRIVATE KEY", "a private key", r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
    ("AGE-SECRET-KEY-", "an age key", r"AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{40}"),
    ("gh", "a GitHub token", r"\bgh[opsur]_[0-9A-Za-z]{30}"),
    ("github_pat_", "a GitHub token", r"\bgithub_pat_[0-9A-Za-z_]{40}"),
    ("glpat-", "a GitLab token", r"\bglpat-[0-9A-Za-z_-]{20}"),
    ("AKIA", "an AWS access key", r"\bAKIA(?=[A-Z]*[2-7])[2-7A-Z]{16}\b(?<!EXAMPLE)"),
    ("ASIA", "an AWS access key", r"\bASIA(?=[A-Z]*[2-7])[2-7A-Z]{16}\b(?<!EXAMPLE)"),
    ("xox", "a Slack token", r"\bxox[abeoprs]-[0-9A-Za-z-]{20}"),
    ("hooks.slack", "a Slack hook", r"hooks\.slack\.com/services/T[0-9A-Z]{6,12}/B[0-9A-Z]{6,12}/[0-9A-Za-z]{16}"),
    ("_live_", "a Stripe key", r"\b[rs]k_live_[0-9A-Za-z]{16}"),
    ("AIza", "a Google key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("npm_", "an npm token", r"\bnpm_[0-9A-Za-z]{36}\b"),
    ("pypi-", "a PyPI token", r"\bpypi-AgE[0-9A-Za-z_-]{40}"),
    ("sk-", "a key of an AI service", r"\bsk-(?:ant|proj|svcacct)-[0-9A-Za-z_-]{24}"),
    ("SG.", "a SendGrid key", r"\bSG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}"),
)  # fmt: skip
_WHOLE = tuple((mark, what, re.compile(form, re.ASCII)) for mark, what, form in _FORMS)
_BLANKED = re.compile(r"[xX0*.-]{12}")


def secrets_in(text: str) -> Iterator[tuple[str, int]]:
    """What a text holds that opens a door, such as `a private key`, and where it begins; never the thing itself.

    What a page shows as an example (`ghp_xxxxxxxxxxxx`, AWS's own `...EXAMPLE`) is none.
    """
    for mark, what, whole in _WHOLE:
        if mark in text:
            for found in whole.finditer(text):
                if not _BLANKED.search(found[0].strip("-")):
                    yield what, found.start()
