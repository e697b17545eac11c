"""What do journals of plain text share: accounts by name, and amounts that stand in a column?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from salesrepo.domain.money import show_amount
from salesrepo.errors import RefusedError
from salesrepo.export.job import Export, Job
from salesrepo.export.mapping import ACCOUNTS
from salesrepo.export.rows import OF_A_PAYEE, Entry, Role, entries, payouts


@dataclass(frozen=True)
class Chart:
    """The accounts. With `capital`, a payee's own begins as beancount wants it; no two payees share one, since the
    ids of nodes have no capitals."""

    names: Mapping[Role, str]
    capital: bool = False

    def account(self, role: Role, node: str) -> str:
        """The account of a role, of one payee where each has their own."""
        if role not in OF_A_PAYEE:
            return self.names[role]
        return f"{self.names[role]}:{node[:1].upper() + node[1:] if self.capital else node}"


def chart_of(own: Mapping[Role, str], *, capital: bool = False) -> Chart:
    """The usual accounts, with finance's own in place of some. Raises RefusedError where two would be the same."""
    names = {**ACCOUNTS, **own}
    if len(set(names.values())) < len(names):
        raise RefusedError("Two accounts of the mapping have the same name.", hint="Give each of them its own.")
    return Chart(names, capital)


def journal_entries(job: Job) -> tuple[Entry, ...]:
    """The period's entries under the mapping's section `journal`."""
    draws = job.mapping.journal.expensed_draws
    return entries(job.lines, job.window, undone=job.undone, expensed_draws=draws)


def journal_chart(job: Job, *, capital: bool) -> Chart:
    """The accounts under the mapping's section `journal`."""
    return chart_of({Role(name): account for name, account in job.mapping.journal.accounts.items()}, capital=capital)


def postings(entry: Entry, chart: Chart) -> tuple[str, ...]:
    """A line for each posting: account, two blanks or more, amount, currency."""
    line = entry.line
    rows = [(chart.account(part.role, line.payee), show_amount(part.amount, line.currency)) for part in entry.postings]
    width = max(len(account) + len(amount) for account, amount in rows) + 2
    return tuple(f"  {account}{amount:>{width - len(account)}} {line.currency}" for account, amount in rows)


def accounts(made: Iterable[Entry], chart: Chart) -> tuple[str, ...]:
    """Every account that is used, sorted."""
    return tuple(sorted({chart.account(part.role, one.line.payee) for one in made for part in one.postings}))


def summary(entry: Entry) -> str:
    """What an entry is about: its kind, deal and component."""
    return " ".join(part for part in (entry.what, entry.line.deal, entry.line.component) if part)


def written(job: Job, ending: str, lines: Iterable[str]) -> Export:
    """The journal as one file in UTF-8."""
    data = ("\n".join(lines) + "\n").encode()
    return Export(files={f"{job.batch}.{ending}": data}, paid=payouts(job.lines))
