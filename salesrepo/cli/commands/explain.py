"""`salesrepo explain`: what a rule wants, and why."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.checks.rule import Rule
    from salesrepo.commission.lint.warning import PlanWarning

_PHRASE = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+", re.ASCII)  # as brand check names a rule of the company


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("explain")(explain)


def explain(
    code: Annotated[
        str,
        typer.Argument(help="A code (SR201, PL01), a name (claim-taken) or a group (oversell); all if left out."),
    ] = "",
    *,
    json: Json = False,
) -> int:
    """Explain a rule: what it wants, why, and how to mend it; without one, list them all."""
    from salesrepo.checks.registry import RULES
    from salesrepo.checks.selection import named

    word = code.strip()
    if not word:
        _all(json=json)
        return ExitCode.DONE
    if _PHRASE.fullmatch(word.lower()):
        raise UsageError(
            f"{word[:60]} is a rule of the brand, which the company's own file explains.",
            hint=f"Read brand/styles/{word[:60].lower().replace('.', '/', 1)}.yml",
        )
    exact = [rule for rule in RULES if word.upper() == rule.code]
    found = exact or _of_plans(word) or list(named(word))
    if len(found) == 1:
        _page(found[0], json=json)
    else:
        _list(word, found, json=json)
    return ExitCode.DONE


def _of_plans(word: str) -> "list[Rule | PlanWarning]":
    """The warnings about plans that a word means by code (PL01), its beginning (PL) or name."""
    from salesrepo.commission.lint.registry import WARNINGS

    starts = word.upper() if len(word) > 1 else " "
    return [one for one in WARNINGS if one.name == word.lower() or one.code.startswith(starts)]


def _page(rule: "Rule | PlanWarning", *, json: bool) -> None:
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


def _list(word: str, rules: "Sequence[Rule | PlanWarning]", *, json: bool) -> None:
    """Several rules: each with the sentence that its page begins with."""
    told = [(rule.code, rule.name, _wants(rule)) for rule in rules]
    if json:
        rows = [{"code": code, "name": name, "wants": wants} for code, name, wants in told]
        console.say_json({"asked": word, "rules": rows})
        return
    for code, name, wants in told:
        console.say(f"{code} {name}\n  {wants}")


def _all(*, json: bool) -> None:
    """Every rule by what it is about, a line for each."""
    from salesrepo.checks.registry import GROUPS, ROOMS, RULES
    from salesrepo.commission.lint.registry import WARNINGS

    if json:
        _list("", [*RULES, *WARNINGS], json=True)
        return
    for digit, title in ROOMS.items():
        console.say(title)
        for rule in (rule for rule in RULES if rule.code[2] == digit):
            console.say(f"  {rule.code} {rule.name}: {_wants(rule)}")
    console.say("Pitfalls of plans (salesrepo commission lint)")
    for warning in WARNINGS:
        console.say(f"  {warning.code} {warning.name}: {_wants(warning)}")
    console.say(f"One of them: salesrepo explain SR201. Several: salesrepo explain {', '.join(GROUPS)} or SR2")


def _wants(rule: "Rule | PlanWarning") -> str:
    from inspect import cleandoc

    return " ".join(cleandoc(rule.page).partition("\n\n")[0].split())
