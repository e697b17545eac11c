"""`salesrepo fx`: what was one currency worth in another?"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.options import DryRun, Json, day
from salesrepo.errors import ExitCode

_SHOWN = 8  # decimals of a rate that no decimals write exactly


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    fx = typer.Typer(help="Finance: the exchange rates by which pay is computed.", rich_markup_mode=None)
    fx.command("import")(import_)
    fx.command("show")(show)
    app.add_typer(fx, name="fx")


def import_(
    file: Annotated[
        Path,
        typer.Argument(help="A CSV file: date,from,to,rate,source, or the European Central Bank's reference rates."),
    ],
    currency: Annotated[
        list[str] | None, typer.Option(help="Take over rates of this currency alone; may be repeated.")
    ] = None,
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="Take over rates from this day on.")] = "",
    reason: Annotated[str, typer.Option(help="Why rates that stand are corrected.")] = "",
    report: Annotated[Path | None, typer.Option(help="Write every row that is no rate to this CSV file.")] = None,
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Record exchange rates; what stands is corrected only with a reason, and somebody else agrees."""
    from salesrepo.cli.imports import tell_import
    from salesrepo.flows.finance.rates import import_rates
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync
    from salesrepo.importers.rates import RatesWanted

    sync(open_workspace())
    wanted = RatesWanted(
        currencies=frozenset(code.upper() for code in currency or ()),
        since=date.fromisoformat(day(since)) if since else None,
        reason=" ".join(reason.split()),
    )
    done = import_rates(open_workspace(), file, wanted=wanted, dry_run=dry_run)
    return tell_import(done.report, done.sent, into=report, dry_run=dry_run, json=json)


def show(
    one: Annotated[str, typer.Argument(metavar="FROM", help="The currency that is changed, such as USD.")],
    other: Annotated[str, typer.Argument(metavar="TO", help="The currency that one gets for it, such as EUR.")],
    on: Annotated[str, typer.Argument(metavar="DAY", help="The day, such as 2027-09-01.")],
    *,
    json: Json = False,
) -> int:
    """Show the rate of a day, as pay is computed by it: that day's, or the last one of the ten days before."""
    from salesrepo.domain.money import round_half_away, show_ratio
    from salesrepo.flows.finance.rates import show_rate
    from salesrepo.flows.here.workspace import open_workspace

    one, other = one.upper(), other.upper()
    rate = show_rate(open_workspace(), one, other, date.fromisoformat(day(on)))
    found, exact = rate.found, show_ratio(rate.found.rate)
    if json:
        said = {"from": one, "to": other, "asked": on, "rate": exact, "day": found.day, "inverse": found.inverse}
        console.say_json({**said, "source": rate.source, "record": rate.path})
        return ExitCode.DONE
    over, under = found.rate
    whole, part = divmod(round_half_away(over * 10**_SHOWN, under), 10**_SHOWN)
    decimal = f"{whole}.{part:0{_SHOWN}}".rstrip("0").rstrip(".")
    is_exact = 10**_SHOWN % under == 0
    about = f"1 {one} = {decimal} {other}" if is_exact else f"1 {one} = {exact} {other}, about {decimal}"
    how = f" (1 divided by the rate of {other} in {one})" if found.inverse else ""
    console.say(f"{about}{how}.")
    console.say(f"The rate of {found.day}, from {console.term(rate.source)}.")
    return ExitCode.DONE
