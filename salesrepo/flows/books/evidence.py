"""`salesrepo commission explain LINE --evidence`: all that stands behind one line, for somebody who believes nothing.

Read only, from this copy alone, and the same for the same commits. What this copy lacks is named, not left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from salesrepo.checks.pay_disputes import disputes_about
from salesrepo.commission.booked.line import book, read_line
from salesrepo.commission.explain.line import check_line, explain
from salesrepo.domain.evidence import Evidence, Piece, Section
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.close import CLOSE
from salesrepo.domain.kinds.deal import DEAL, Deal
from salesrepo.domain.kinds.export_batch import EXPORT_BATCH
from salesrepo.domain.kinds.node import NODE
from salesrepo.domain.kinds.pay_dispute import PAY_ANSWER, PAY_QUESTION
from salesrepo.domain.kinds.payment import PAYMENT
from salesrepo.domain.kinds.settings import SETTINGS
from salesrepo.domain.kinds.territory import territory_file
from salesrepo.domain.money import group_amount
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import LineItem
from salesrepo.errors import RefusedError, SalesRepoError
from salesrepo.flows.books.closed import closing_month
from salesrepo.flows.books.evidence_inputs import figures, prices, rates
from salesrepo.flows.books.exhibits import Exhibits
from salesrepo.flows.books.pay_questions import meant_line, payee_in
from salesrepo.flows.books.statement import find_lines
from salesrepo.flows.here.workspace import SEEN_LEDGER, Workspace
from salesrepo.store.emit import emit
from salesrepo.store.ledger import Ledger, settled_through
from salesrepo.store.plain import to_plain

_HOW = "salesrepo commission explain"


def evidence_of(ws: Workspace, text: str, *, node: str = "") -> Evidence:
    """The bundle of the one line that a key, a deal or handle means; of `node`'s lines where one is named.

    Raises RefusedError for no line and for several.
    """
    tip = ws.objects.tip(SEEN_LEDGER)
    if tip is None:
        raise RefusedError("Nothing has been booked yet, as far as this copy knows.", hint="Run: sr sync")
    ledger = Ledger(ws.objects, tip)
    line = meant_line(ws, text, node or payee_in(text) or _only_payee(ledger, text), how=_HOW)
    case = _Case(ws, ledger, line)
    sections = (
        Section("The line", tuple(case.booked())),
        Section("The deal", tuple(case.deal_record())),
        Section("Who proposed and approved it", tuple(case.merges())),
        Section("The payee", tuple(case.payee())),
        Section("The plan, as pinned", tuple(case.plan())),
        Section("Credit", tuple(case.credit())),
        Section("Prices", prices(case.shown, case.deal, line)),
        Section("Exchange rates", rates(case.shown, line)),
        Section("Quotas and metrics", figures(case.shown, line, case.calendar)),
        Section("Billing", tuple(case.billing())),
        Section("Claim and territory at the win", tuple(case.claim())),
        Section("Policy in force", tuple(case.policy())),
        Section("Related lines", tuple(case.related())),
        Section("Questions and answers", tuple(case.questions())),
        Section("Close and exports", tuple(case.closing())),
    )
    return Evidence(line=line.key, payee=line.payee, main=ws.main, ledger=tip, sections=sections)


def _only_payee(ledger: Ledger, text: str) -> str:
    payees = sorted({line.payee for line in find_lines(ledger, text.partition(" ")[0])})
    if len(payees) > 1:
        hint = f"Say whose line: {_HOW} {text} --evidence --node {payees[0]}"
        raise RefusedError(f"{text[:80]} paid several: {', '.join(payees)}.", hint=hint)
    return payees[0]


@dataclass(frozen=True)
class _Case:
    """One line, and where to look for what stands behind it."""

    ws: Workspace
    ledger: Ledger
    line: LineItem

    @cached_property
    def shown(self) -> Exhibits:
        return Exhibits(self.ws.objects)

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.ws.settings.fiscal_year_starts)

    @cached_property
    def account(self) -> str:
        return self.ledger.of_deal(self.line.deal).account if self.line.deal else ""

    @cached_property
    def deal(self) -> Deal | None:
        if not self.account:
            return None
        return self.shown.value(DEAL, self.line.deal_commit, account=self.account, deal=self.line.deal)

    @property
    def deal_path(self) -> str:
        return DEAL.path.fill(account=self.account, deal=self.line.deal)

    def booked(self) -> Iterator[Piece]:
        line = self.line
        text = emit(to_plain(book(line))).decode()
        yield self._place(Piece(what="As booked", text=text))
        wrong = check_line(line)
        verdict = f"It does not add up: {wrong}" if wrong else "Recomputed from these figures, every step agrees."
        yield Piece(what="Recomputed", said=(verdict,), text=explain(line) + "\n")

    def _place(self, piece: Piece) -> Piece:
        """The line with the file, commit and settlement in which the ledger holds it."""
        for file in self.ledger.batches(self.line.payee):
            if file.period == self.line.booking_period and self._holds(file.path):
                placed = replace(piece, path=file.path, blob=file.blob.oid)
                try:
                    (first, *_) = self.shown.commits(file.path, self.ledger.commit or "")
                except (SalesRepoError, ValueError):
                    return replace(placed, missing="The commit that booked it is not in this copy.")
                through = settled_through(first.message)
                said = (f"Booked while main stood at {through}.",) if through else ()
                return replace(placed, commit=first.oid, said=said)
        return piece

    def _holds(self, path: str) -> bool:
        files = (file for file in self.ledger.batches(self.line.payee) if file.path == path)
        return any(line.key == self.line.key for file in files for line in self.ledger.batch(file).lines)

    def deal_record(self) -> Iterator[Piece]:
        if not self.line.deal:
            yield Piece(what="Deal", said=("The line is about no deal.",))
            return
        then = self.shown.record("As it was booked", self.deal_path, self.line.deal_commit)
        yield then
        now = self.shown.record("As main has it now", self.deal_path, self.ws.main)
        if now.blob != then.blob:
            yield now

    def merges(self) -> Iterator[Piece]:
        found = self.shown.merges(self.deal_path, self.line.deal_commit) if self.line.deal else ()
        yield from found
        if all(piece.commit != self.line.deal_commit for piece in found):
            yield self.shown.merge_at(self.line.deal_commit)

    def payee(self) -> Iterator[Piece]:
        path = NODE.path.fill(node=self.line.payee)
        yield self.shown.input("Terms when it was booked", path, self.line.deal_commit)

    def plan(self) -> Iterator[Piece]:
        plan = self.line.plan
        if plan is None:
            yield Piece(what="Plan", said=("No plan rated this line.",))
            return
        yield self.shown.blob("Plan", plan.blob, path=plan.path)
        yield from self.shown.merges(plan.path, self.line.deal_commit)

    def credit(self) -> Iterator[Piece]:
        part = self.line.credit
        if part is None:
            yield Piece(what="Credit", said=("No credit of a deal is behind this line.",))
            return
        gives, whole = group_amount(part.gives, part.currency), group_amount(part.of, part.currency)
        whose = f", the credit of {part.node}" if part.node else ""
        said = (f"As {part.role}: {gives} of {whole} {part.currency}{whose}.",)
        yield Piece(what="Share", said=said)

    def policy(self) -> Iterator[Piece]:
        try:
            before = self.shown.before(self.line.deal_commit)
        except SalesRepoError as lacking:
            yield Piece(what="Policy", path="policy", commit=self.line.deal_commit, missing=lacking.message)
            return
        yield self.shown.record("Settings", SETTINGS.path.text, before)
        yield from self.shown.folder("Policy", "policy", before)

    def billing(self) -> Iterator[Piece]:
        if not self.line.deal:
            yield Piece(what="Payments", said=("The line is about no deal.",))
            return
        folder = PAYMENT.path.fill(deal=self.line.deal, payment="x").rpartition("/")[0]
        yield from self.shown.folder("Payment", folder, self.line.deal_commit)

    def claim(self) -> Iterator[Piece]:
        if not self.line.deal or self.deal is None:
            why = "" if not self.line.deal else "The deal of that time cannot be read here."
            said = () if why else ("The line is about no deal.",)
            yield Piece(what="Claim", said=said, missing=why)
            return
        won = self._won_at()
        yield self.shown.input("Account", ACCOUNT.path.fill(account=self.account), won)
        yield self.shown.record("Claim", CLAIM.path.fill(account=self.account, layer=self.deal.layer), won)
        claim = self.shown.value(CLAIM, won, account=self.account, layer=self.deal.layer)
        if claim is not None:
            yield self.shown.record("Territory", territory_file(claim.territory), won)

    def _won_at(self) -> str:
        """The merge by which main first had the deal as won; that which booked the line where history is not here."""
        try:
            merges = self.shown.commits(self.deal_path, self.line.deal_commit)
        except SalesRepoError:
            merges = ()
        for one in merges:
            deal = self.shown.value(DEAL, one.oid, account=self.account, deal=self.line.deal)
            if deal is not None and deal.stage == "won":
                return one.oid
        return self.line.deal_commit

    def related(self) -> Iterator[Piece]:
        own, found = self.line, list[LineItem]()
        for other in self._neighbours():
            near = other.key in (own.about, own.reverses) or own.key in (other.about, other.reverses)
            if other.key != own.key and near:
                found.append(other)
        yield from map(_told, found)
        if not found:
            yield Piece(what="Lines", said=("No other line stands about this one, or takes it back.",))

    def _neighbours(self) -> Iterable[LineItem]:
        """The lines of its deal; of a line without one those of its payee in the period."""
        if self.line.deal:
            return self.ledger.of_deal(self.line.deal).lines
        files = [one for one in self.ledger.batches(self.line.payee) if one.period == self.line.booking_period]
        return (read_line(line) for file in files for line in self.ledger.batch(file).lines)

    def questions(self) -> Iterator[Piece]:
        asked = disputes_about(self.ws.tip, self.line.payee, self.line.key)
        if self.line.deal:
            asked = (*asked, *disputes_about(self.ws.tip, self.line.payee, self.line.deal))
        for one in asked:
            for what, kind in (("Question", PAY_QUESTION), ("Answer", PAY_ANSWER)):
                yield self.shown.record(f"{what} {one.id}", kind.path.fill(dispute=one.id), self.ws.main)
        if not asked:
            yield Piece(what="Questions", said=("Nobody has asked anything about it.",))

    def closing(self) -> Iterator[Piece]:
        month = closing_month(self.calendar, self.line.booking_period)
        path = CLOSE.path.fill(period=month)
        record = self.shown.record(f"Close of {month}", path, self.ws.main)
        yield record
        if record.blob:
            yield from self.shown.merges(path, self.ws.main)
        periods = (month, self.line.booking_period)
        batches = [path for path, one in self.ws.tip.all(EXPORT_BATCH, "exports") if one.period in periods]
        for path in batches:
            yield self.shown.record("Export", path, self.ws.main)
            yield from self.shown.merges(path, self.ws.main)
        if not batches:
            yield Piece(what="Exports", said=(f"{month} was not exported.",))


def _told(line: LineItem) -> Piece:
    amount = f"{group_amount(line.amount, line.currency)} {line.currency}"
    said = (line.key, f"{amount} on {line.booked_on}, {line.booking_period}.", line.because)
    return Piece(what=line.type.value, said=said)
