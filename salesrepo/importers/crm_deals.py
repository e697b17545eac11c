"""What do the sound rows of the pipeline become: one claim for each account, and the deals that can stand beside it?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from salesrepo.domain.kinds.claim import CLAIM, Claim
from salesrepo.domain.kinds.deal import CLOSED, CLOSER, DEAL, Deal, DealCredit, DealLine
from salesrepo.domain.kinds.deal_hold import DEAL_HOLD, DealHold
from salesrepo.domain.kinds.hold import HOLD, Hold
from salesrepo.domain.kinds.imported import Imported
from salesrepo.domain.lease import term_of
from salesrepo.importers.crm_accounts import Listed
from salesrepo.importers.crm_people import Seller
from salesrepo.importers.crm_products import below_floor
from salesrepo.importers.crm_sales import Sale
from salesrepo.importers.crm_territories import name_account
from salesrepo.importers.fault import RowFault
from salesrepo.importers.job import Draft, Job
from salesrepo.importers.report import Waiver

_ONE = 1  # the export has no quantities: a row is one unit at its value


def holders_of(job: Job, sales: Iterable[Sale], sellers: Iterable[Seller]) -> dict[str, Seller | None]:
    """Who holds each account: whoever does already, else the seller engaged last; None is somebody else.

    Of equally late engagements the highest opportunity id holds. An account that nobody has ever been engaged with,
    by a dated row, is not in it.
    """
    known = tuple(sellers)
    last: dict[str, Sale] = {}
    for sale in sales:
        rival = last.get(sale.account)
        if sale.opened and (rival is None or _later(sale) > _later(rival)):
            last[sale.account] = sale
    holders: dict[str, Seller | None] = {}
    for account in dict.fromkeys(sale.account for sale in sales):
        if CLAIM.path.fill(account=account, layer=job.mapping.layer) in job.known.paths:
            holders[account] = _present_holder(job, account, known)
        elif account in last:
            holders[account] = last[account].seller
    return holders


def _later(sale: Sale) -> tuple[str, str]:
    return str(sale.opened), sale.id


def _present_holder(job: Job, account: str, sellers: Iterable[Seller]) -> Seller | None:
    layer = job.mapping.layer
    paths = ((HOLD.path.fill(node=seller.node, account=account, layer=layer), seller) for seller in sellers)
    return next((seller for path, seller in paths if path in job.known.paths), None)


@dataclass(frozen=True)
class Claims:
    """The claims with their pointers, and the locks that name each account to its holder's office."""

    drafts: tuple[Draft, ...]
    locks: tuple[Draft, ...]


def make_claims(
    job: Job,
    holders: Mapping[str, Seller | None],
    territories: Mapping[str, str],
    accounts: Mapping[str, Listed],
    sales: Iterable[Sale],
) -> Claims:
    """A claim, from the day of the import on, for each account that has none yet.

    It is provisional on an account that was here before: whether its facts are confirmed is not known here. Who bought
    from its holder of late is a customer, and is kept as long as policy keeps customers.
    """
    drafts: list[Draft] = []
    locks: list[Draft] = []
    named = {listed.key: name for name, listed in accounts.items()}
    unsure = {listed.key for listed in accounts.values() if listed.there}
    day, layer = job.terms.day, job.mapping.layer
    bought = _customers(job, sales)
    for account, seller in holders.items():
        if seller is None or CLAIM.path.fill(account=account, layer=layer) in job.known.paths:
            continue
        claim = Claim(
            account=account,
            layer=layer,
            status="held",
            holder=seller.node,
            territory=territories[seller.office],
            since=day,
            renewed=day,
            until=day,
            provisional=account in unsure,
            standing="customer" if (account, seller.node) in bought else "registered",
            imported=Imported(system=job.mapping.system, id=named[account], day=day),
        )
        claim = replace(claim, until=term_of(claim, job.terms.claims).until)
        drafts.extend(job.fresh(CLAIM, claim))
        drafts.extend(job.fresh(HOLD, Hold(node=seller.node, account=account, layer=layer)))
        locks.extend(name_account(job, account, claim.territory))
    return Claims(tuple(drafts), tuple(locks))


def _customers(job: Job, sales: Iterable[Sale]) -> set[tuple[str, str]]:
    """Account and node of each sale that was won so lately that the account is the node's customer still."""
    days = job.terms.claims.customer_days
    if days is None:
        return set()
    since = job.terms.day - timedelta(days=days)
    won = [sale for sale in sales if sale.stage == "won" and sale.closed is not None and sale.closed >= since]
    return {(sale.account, sale.seller.node) for sale in won}


def place_deals(job: Job, sales: Iterable[Sale], holders: Mapping[str, Seller | None]) -> Iterator[Draft]:
    """The deals that are new: closed ones all, open ones of the account's holder; the rivals' are reported."""
    file = job.mapping.deals.file
    here = {path.rpartition("/")[2]: path for path in job.known.paths if path.startswith("deals/")}
    for sale in sales:
        if f"{sale.id}.yml" in here:
            job.tally.known[file] += 1
            _remark_closed(job, sale, here[f"{sale.id}.yml"])
            continue
        try:
            deal = _deal(job, sale, holders)
        except RowFault as why:
            job.fault(file, sale.row, job.mapping.deals.id, why)
            continue
        job.tally.done[file] += 1
        _remarks(job, sale, deal)
        yield from job.fresh(DEAL, deal)
        if deal.is_open:
            yield from job.fresh(DEAL_HOLD, DealHold(node=deal.node, account=deal.account, deal=deal.deal))


def _deal(job: Job, sale: Sale, holders: Mapping[str, Seller | None]) -> Deal:
    if sale.stage not in CLOSED:
        _refuse_rival(sale, holders)
    words, day = job.mapping.words, job.terms.day
    won, lost = sale.stage == "won", sale.stage == "lost"
    waived = sale.value is not None and not lost and below_floor(job, sale.product, sale.value)
    return Deal(
        deal=sale.id,
        account=sale.account,
        layer=job.mapping.layer,
        node=sale.seller.node,
        stage=sale.stage,
        opened=sale.opened or day,
        currency=job.mapping.currency,
        lines=(DealLine(product=sale.product.sku, quantity=_ONE, price=sale.value),) if sale.value else (),
        credits=(DealCredit(node=sale.seller.node, role=CLOSER, share="100%"),),
        closes=None if won or lost else sale.closed,
        signed=sale.closed if won else None,
        order=words.order.replace("{id}", sale.written) if won else None,
        closed=sale.closed if lost else None,
        reason=words.lost if lost else None,
        note=None if sale.value else words.unpriced.replace("{product}", sale.product.name),
        imported=Imported(system=job.mapping.system, id=sale.written, day=day, waived=("price",) if waived else ()),
    )


def _refuse_rival(sale: Sale, holders: Mapping[str, Seller | None]) -> None:
    """One claim for each account: a second seller's open deal has no place."""
    holder = holders.get(sale.account)
    if holder is not None and holder.node == sale.seller.node:
        return
    if sale.account not in holders:
        says = "nobody holds the account, because no row of it says when anybody was engaged"
    else:
        says = f"the account is {holder.name}'s" if holder else "the account is somebody else's, or was given back"
    raise RowFault("rival", f"{sale.seller.name} has this open deal, but {says}.")


def _remarks(job: Job, sale: Sale, deal: Deal) -> None:
    """What stands in the record without standing in the row."""
    file, columns = job.mapping.deals.file, job.mapping.deals
    if sale.stage == "won":
        job.remark(file, f"no order reference in the export: {job.mapping.words.order} stands for it")
    if sale.stage == "lost":
        job.remark(file, f"no reason of the loss in the export: {job.mapping.words.lost} stands for it")
    if sale.opened is None:
        job.remark(file, f"{columns.opened} is empty: the deal counts as opened on the day of the import")
    if sale.value is None:
        job.remark(file, f"{columns.value} is empty: the product stands in the deal's note")
    if deal.imported and "price" in deal.imported.waived:
        waiver = Waiver(file, sale.row.line, sale.written, "price", job.terms.day)
        job.tally.waivers.append(waiver)


def _remark_closed(job: Job, sale: Sale, path: str) -> None:
    """A deal that is here already is never changed by an import, though the export may know more by now."""
    account = path.split("/")[-2]
    pointer = DEAL_HOLD.path.fill(node=sale.seller.node, account=account, deal=sale.id)
    if sale.stage in CLOSED and pointer in job.known.paths:
        job.remark(job.mapping.deals.file, f"{sale.stage} in the export, still open here: its seller closes it")
