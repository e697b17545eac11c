"""`salesrepo explain`: what a rule wants, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode

if TYPE_CHECKING:
    from salesrepo.checks.rule import Rule


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("explain")(explain)


def explain(
    code: Annotated[str, typer.Argument(help="A rule's code (SR201), name (claim-taken) or group (oversell).")],
    *,
    json: Json = False,
) -> int:
    """Explain a rule: what it wants, why, and how to mend it."""
    from salesrepo.checks.registry import RULES
    from salesrepo.checks.selection import named

    word = code.strip()
    exact = [rule for rule in RULES if word.upper() == rule.code]
    found = exact or list(named(word))
    if len(found) == 1:
        _page(found[0], json=json)
    else:
        _list(word, found, json=json)
    return ExitCode.DONE


def _page(rule: "Rule", *, json: bool) -> None:
    from inspect import cleandoc

    from salesrepo.checks.registry import ALIASES, GROUPS

    groups = [name for name, starts in GROUPS.items() if rule.code.startswith(starts)]
    aliases = [alias for alias, stands_for in ALIASES.items() if stands_for == rule.code]
    if json:
        told = {"code": rule.code, "name": rule.name, "aliases": aliases, "groups": groups}
        console.say_json({**told, "page": cleandoc(rule.page)})
        return
    also = [*(f"also {alias}" for alias in aliases), *(f"one of {name}" for name in groups)]
    note = f" ({', '.join(also)})" if also else ""
    console.say(f"{rule.code} {rule.name}{note}\n\n{cleandoc(rule.page)}")


def _list(word: str, rules: "list[Rule]", *, json: bool) -> None:
    """Several rules: each with the sentence that its page begins with."""
    from inspect import cleandoc

    told = [(rule.code, rule.name, " ".join(cleandoc(rule.page).partition("\n\n")[0].split())) for rule in rules]
    if json:
        rows = [{"code": code, "name": name, "wants": wants} for code, name, wants in told]
        console.say_json({"asked": word, "rules": rows})
        return
    for code, name, wants in told:
        console.say(f"{code} {name}\n  {wants}")
