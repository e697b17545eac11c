"""A small company in a real Git repository: literal records in, merges with receipts on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.receipt import Receipt
from salesrepo.vcs.commit import Draft, write_commits
from salesrepo.vcs.merge import plan_merge, write_merge
from salesrepo.vcs.objects import Objects
from salesrepo.vcs.refs import move_ref, resolve
from salesrepo.vcs.transfer import init_bare

MAIN = "refs/heads/main"
LEDGER = "refs/heads/ledger"
FOUNDED = date(2017, 1, 1)

SETTINGS = """\
name: Acme Sales
currency: USD
time_zone: Europe/Berlin
forge: local
pay: open
format: "1"
"""


@dataclass
class Company:
    """A repository with main, which grows by `merge`; proposals are numbered from 1."""

    git_dir: Path
    root: str
    proposals: int = 0

    @property
    def main(self) -> str:
        """Main's tip."""
        return self._tip(MAIN) or self.root

    @property
    def ledger(self) -> str | None:
        """The ledger's tip."""
        return self._tip(LEDGER)

    def merge(
        self,
        files: Mapping[str, str | None],
        *,
        on: date = FOUNDED,
        title: str = "Change records",
        actor: str = "1",
        approvals: tuple[str, ...] = (),
        base: str | None = None,
    ) -> str:
        """Propose these files (None: removed) on top of `base` (main's tip) and merge them; returns main's tip."""
        main = self.main
        self.proposals += 1
        when = noon(on)
        (head,) = write_commits(self.git_dir, [Draft(_changes(files), title, when)], parent=base or main)
        with Objects(self.git_dir) as objects:
            plan = plan_merge(objects, main, head)
        receipt = Receipt(self.proposals, actor, plan.base, head, "auto", approvals)
        message = receipt.message(title)
        merged = write_merge(self.git_dir, plan.changes, main=main, head=head, message=message, when=when)
        move_ref(self.git_dir, MAIN, merged, main)
        return merged

    def _tip(self, ref: str) -> str | None:
        return resolve(self.git_dir, ref)


def build_company(path: Path, files: Mapping[str, str], *, on: date = FOUNDED) -> Company:
    """A bare repository at `path` whose root commit holds the settings and these files."""
    init_bare(path)
    held = {"salesrepo.yml": SETTINGS, **files}
    (root,) = write_commits(path, [Draft(_changes(held), "Found the company", noon(on))], parent=None)
    move_ref(path, MAIN, root, None)
    return Company(path, root)


def noon(day: date) -> int:
    """Noon of a day in UTC, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def _changes(files: Mapping[str, str | None]) -> dict[str, tuple[str, str | bytes] | None]:
    return {path: None if text is None else (FILE_MODE, text.encode()) for path, text in files.items()}


# --- records as literal text -----------------------------------------------------------------------------------------


def node(name: str, *, plan: str | None = "rep", starts: str = "2017-01-01", forge_id: int = 1) -> dict[str, str]:
    """A seller's node file, on a plan from a day on."""
    plans = f'plans:\n  - plan: {plan}\n    starts: "{starts}"\n' if plan else ""
    text = f'node: {name}\nname: {name.title()}\nforge_id: "{forge_id}"\n{plans}'
    return {NODE.path.fill(node=name): text}


def flat_plan(rate: str = "10%", *, effective: str = "2017-01-01", plan: str = "rep", **words: str) -> dict[str, str]:
    """A plan that pays one rate on all that a closer sells."""
    return _plan(f"    rate: {rate}\n", effective=effective, plan=plan, **words)


def tier_plan(
    *steps: tuple[str, str], effective: str = "2017-01-01", plan: str = "rep", **words: str
) -> dict[str, str]:
    """A plan that pays slices of the month's sales; steps are (at least, rate)."""
    rows = "".join(f'          - {{at_least: "{bound}", rate: {rate}}}\n' for bound, rate in steps)
    table = f"    over: month\n    rate:\n      table:\n        by: base\n        mode: slice\n        steps:\n{rows}"
    return _plan(table, effective=effective, plan=plan, **words)


def _plan(rate: str, *, effective: str, plan: str, currency: str = "USD", paid: str = "month") -> dict[str, str]:
    text = f"""\
plan: {plan}
effective: "{effective}"
title: Rep
summary: What you sell.
currency: {currency}
paid: {paid}
version_by: signed
fx: refuse
pay_in: plan
running_totals: continue
measures:
  sales: {{event: won, credit: {{role: closer, of: own}}, value: amount}}
components:
  - name: commission
    says: A share of what you sell.
    measure: sales
    lines: event
    release: at_once
    reversal: none
{rate}pay:
  draws: []
  negative: {{carry: next_period, limit: none, written_off_by: finance}}
  leaving: {{unreleased: {{otherwise: pay}}, residuals: stop, owed: written_off}}
"""
    return {f"plans/{plan}/{effective}.yml": text}


def product(sku: str = "pro", *, price: str = "1000", category: str | None = None) -> dict[str, str]:
    """A product of the price list."""
    more = f"category: {category}\n" if category else ""
    return {f"products/{sku}.yml": f'sku: {sku}\nname: {sku.title()}\nprice: "{price}"\ncurrency: USD\n{more}'}


def deal(
    name: str,
    amount: str = "1000",
    *,
    account: str = "d-acme.com",
    signed: str = "2017-03-01",
    credits: Mapping[str, str] | None = None,
    stage: str = "won",
    currency: str = "USD",
    note: str = "",
) -> dict[str, str]:
    """A deal of one line, won unless told otherwise; `credits` are closers' shares (all of it is Ana's by default)."""
    shares = credits or {"ana": "100%"}
    held = "".join(f"  - {{node: {who}, role: closer, share: {share}}}\n" for who, share in shares.items())
    closing = f'signed: "{signed}"\norder: PO-{name}\n' if stage == "won" else ""
    text = f"""\
deal: {name}
account: {account}
node: {next(iter(shares))}
stage: {stage}
opened: "2017-01-02"
currency: {currency}
lines:
  - {{product: pro, quantity: "1", price: "{amount}"}}
credits:
{held}{closing}"""
    return {DEAL.path.fill(account=account, deal=name): text + (f"note: {note}\n" if note else "")}
