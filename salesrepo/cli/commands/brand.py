"""`salesrepo brand`: what the brand says of a text, and whether its rules are worth trusting."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import Json
from salesrepo.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesrepo.flows.brand.check import Draft, Read
    from salesrepo.flows.brand.rules import Proof
    from salesrepo.flows.here.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    brand = typer.Typer(help="What the brand says of a text; whether its rules hold.", rich_markup_mode=None)
    brand.command("check")(check)
    brand.command("check-rules")(check_rules)
    app.add_typer(brand, name="brand")


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Texts, or - for what comes in.", show_default=False)
    ] = None,
    audience: Annotated[
        str, typer.Option("--as", help="outbound, playbooks, stories, site, profile, deal or claim.")
    ] = "",
    country: Annotated[str, typer.Option(help="The country of whoever reads it, such as DE; else every rule.")] = "",
    *,
    json: Json = False,
) -> int:
    """Judge a text by the brand's rules before it goes anywhere: a letter, a post, a page."""
    from salesrepo.flows.brand.check import brand_check
    from salesrepo.flows.here.workspace import open_workspace

    if country and not _is_country(country):
        raise UsageError(f"{country} is not a country.", hint="Write its ISO 3166 code, such as DE.")
    ws = open_workspace()
    read = brand_check(ws, _drafts(ws, files or []), audience=audience, country=country.upper())
    if json:
        console.say_json(
            {"texts": read.texts, "rules": read.rules, "waived": len(read.waived), "findings": read.remarks}
        )
    else:
        _tell(read)
    return ExitCode.FINDINGS if read.refused else ExitCode.DONE


def check_rules(*, json: Json = False) -> int:
    """Run the examples of every brand rule of this folder, and look for rules that cannot find what they are for."""
    from salesrepo.flows.brand.rules import check_rules as prove
    from salesrepo.flows.here.workspace import open_workspace

    proof = prove(open_workspace())
    if json:
        console.say_json(
            {
                "rules": proof.rules,
                "examples": proof.examples,
                "waivers": proof.waivers,
                "findings": [
                    {
                        "path": fault.at.path,
                        "line": fault.at.line,
                        "column": fault.at.column,
                        "route": fault.at.route,
                        "severity": fault.severity.value,
                        "message": fault.message,
                        "hint": fault.hint,
                    }
                    for fault in proof.faults
                ],
            }
        )
    else:
        _tell_proof(proof)
    return ExitCode.DONE if proof.sound else ExitCode.FINDINGS


def _drafts(ws: "Workspace", files: "Sequence[Path]") -> "tuple[Draft, ...]":
    from salesrepo.domain.kinds.brand_text import WORDS_CAP
    from salesrepo.flows.brand.check import STANDARD_INPUT, Draft, drafts

    piped = [file for file in files if str(file) == STANDARD_INPUT]
    if not files and console.person_present():
        raise UsageError("Which text?", hint="Name a file, or - and type or pipe it in.")
    typed = (Draft("-", console.read_input(WORDS_CAP + 1)),) if piped or not files else ()
    return (*typed, *drafts(ws, [file for file in files if str(file) != STANDARD_INPUT]))


def _tell(read: "Read") -> None:
    for remark in read.remarks:
        where = "text" if remark.file == "-" else console.term(remark.file)
        console.say(f"{where}:{remark.line}:{remark.column}  {remark.severity}  {remark.rule}")
        console.say(f"  {console.term(remark.message)}")
        if remark.hint:
            console.say(f"  -> {console.term(remark.hint)}")
    found = len(read.remarks) - len(read.waived)
    ending = "This cannot go out like this." if read.refused else "Nothing stands in the way."
    rules = f"{_count(read.rules, 'rule')} for such texts"
    console.say(f"{_count(found, 'finding')} in {_count(read.texts, 'text')} by {rules}. {ending}")
    if read.waived:
        first = min(str(remark.waived_until) for remark in read.waived)
        console.say(f"{_count(len(read.waived), 'place')} under a waiver; the first one ends on {first}.")


def _tell_proof(proof: "Proof") -> None:
    for fault in proof.faults:
        where = f"{fault.at.path}:{fault.at.line}:{fault.at.column}" if fault.at.line else fault.at.path
        console.say(f"{console.term(where)}  {fault.severity}")
        console.say(f"  {console.term(fault.message)}")
        console.say(f"  -> {console.term(fault.hint)}")
    held = f", {_count(proof.waivers, 'waiver')} in force" if proof.waivers else ""
    ending = "Every rule does what its examples say." if proof.sound else "These rules cannot be trusted yet."
    console.say(f"{_count(proof.rules, 'rule')}, {_count(proof.examples, 'example')}{held}. {ending}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is_country(text: str) -> bool:
    from salesrepo.territory.geography import place_of

    return len(text) == 2 and text.isascii() and text.isalpha() and place_of(text.upper(), None) is not None
