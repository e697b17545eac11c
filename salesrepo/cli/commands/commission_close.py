"""`salesrepo commission close` and `quarantine`: close a month, and see what is kept out of pay."""

from typing import Annotated

import typer

from salesrepo.cli import console
from salesrepo.cli.closes import plain_figures, tell_draft
from salesrepo.cli.options import DryRun, Json
from salesrepo.cli.outcomes import sent_code, tell_sent
from salesrepo.errors import ExitCode


def add_to(group: typer.Typer) -> None:
    """Register the commands in their group."""
    group.command("close")(close)
    group.command("quarantine")(quarantine)


def close(
    period: Annotated[str, typer.Argument(help="The month, such as 2017-12; the next in order if left out.")] = "",
    reason: Annotated[str, typer.Option(help="What is to be known about it; it stands in the record.")] = "",
    with_open: Annotated[
        str, typer.Option("--with-open", metavar="REASON", help="Why it is closed although something waits.")
    ] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Work out what a month comes to, and send its close; somebody who did not prepare it must agree."""
    from salesrepo.flows.finance.close import close as send
    from salesrepo.flows.finance.close import prepare
    from salesrepo.flows.here.workspace import open_workspace
    from salesrepo.flows.sending.sync import sync

    sync(open_workspace())
    ws = open_workspace()
    draft = prepare(ws, period)
    if not json:
        tell_draft(draft, who=ws.who)
    done = send(ws, draft, with_open=with_open, reason=reason, dry_run=dry_run)
    if json:
        plain = {"period": draft.month, **plain_figures(draft.figures), "quarantine": draft.quarantined}
        asked = [one.id for one in draft.disputes]
        sent = {"fate": done.sent.fate, "would": done.sent.would, "number": done.sent.number}
        changed = bool(done.sent.number)
        console.say_json({**plain, "disputes": asked, "record": done.record, "sent": sent, "changed": changed})
        return sent_code(done.sent)
    tell_sent(done.sent, verbose=False)
    if done.sent.fate == "review":
        console.say(f"Next: somebody else runs  salesrepo review show {done.sent.number}  and approves it.")
    return sent_code(done.sent)


def quarantine(*, json: Json = False) -> int:
    """List what is kept out of pay and why: deals that cannot be paid as they are, merges that no rule allowed."""
    from salesrepo.flows.finance.close import quarantine as kept_out
    from salesrepo.flows.here.workspace import open_workspace

    found = kept_out(open_workspace())
    if json:
        console.say_json({"quarantine": found})
    elif not found:
        console.say("Nothing is kept out of pay.")
    for one in () if json else found:
        console.say(console.term(one.because))
    return ExitCode.FINDINGS if found else ExitCode.DONE
