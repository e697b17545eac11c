"""What does the page of a rule say, and what the table of all of them? The docstrings of the rules."""

import inspect
from collections.abc import Iterable

from salesrepo.checks.registry import ROOMS
from salesrepo.checks.rule import Rule

_COLUMNS = ("| code | name | what it wants |", "|---|---|---|")
_INDEX = """\
# Rules

Written by `make generate` from the rules in `salesrepo/checks/rules/`. `salesrepo explain CODE` shows the same pages.
What the severities mean: [concepts.md](../concepts.md).
"""


def rule_page(rule: Rule) -> str:
    """A rule's page in Markdown."""
    return "\n\n".join([f"# {rule.code} {rule.name}", inspect.cleandoc(rule.page)]) + "\n"


def rule_index(rules: Iterable[Rule]) -> str:
    """The table of all rules, by the hundred that their codes belong to."""
    lines = [_INDEX]
    room = ""
    for rule in rules:
        if rule.code[2] != room:
            room = rule.code[2]
            lines += [*([""] if len(lines) > 1 else []), f"## {ROOMS[room]}", "", *_COLUMNS]
        lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {_sentence(rule)} |")
    return "\n".join(lines) + "\n"


def _sentence(rule: Rule) -> str:
    return inspect.cleandoc(rule.page).partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")
