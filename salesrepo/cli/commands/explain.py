"""`salesrepo explain`: what a rule wants, and why."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode, UsageError


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("explain")(explain)


def explain(code: Annotated[str, typer.Argument(help="A rule's code such as SR201.")], *, json: Json = False) -> int:
    """Explain a rule: what it wants, why, and how to mend it."""
    from inspect import cleandoc

    from salesrepo.checks.registry import RULES

    wanted = code.upper()
    rule = next((rule for rule in RULES if wanted in (rule.code, rule.name.upper())), None)
    if rule is None:
        codes = ", ".join(rule.code for rule in RULES)
        raise UsageError(f"There is no rule {console.term(code)}.", hint=f"The rules: {codes}.")
    if json:
        console.say_json({"code": rule.code, "name": rule.name, "page": cleandoc(rule.page)})
    else:
        console.say(f"{rule.code} {rule.name}\n\n{cleandoc(rule.page)}")
    return ExitCode.DONE
