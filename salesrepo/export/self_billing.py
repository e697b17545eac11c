"""What document does a contractor get who does not write the invoice? One numbered page for each payee and currency.

It computes no tax and says so: rate, exemption and wording depend on both parties and their countries.
"""

from collections.abc import Iterator
from datetime import timedelta

from salesrepo.domain.money import group_amount
from salesrepo.domain.statement import LineItem, LineType
from salesrepo.encode.html_ import words
from salesrepo.errors import RefusedError
from salesrepo.export.job import Export, Job, Paid, chosen
from salesrepo.export.mapping import SelfBillingTerms
from salesrepo.export.people import Person

_STYLE = (
    "body{font:15px/1.45 sans-serif;max-width:52em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25em .6em;border-bottom:1px solid #ccc}"
    "td:last-child,th:last-child{text-align:right;white-space:nowrap}.parties{display:flex;gap:4em}"
)
_HEADS = ("Day", "For", "Deal", "Earned in", "Amount")


def export_self_billing(job: Job) -> Export:
    """An HTML page for each payout, numbered by payee. Raises RefusedError where an address is missing."""
    terms = job.mapping.self_billing
    if terms is None:
        raise RefusedError("Self-billing needs the issuer.", hint="Write the section self_billing in --mapping.")
    paid, left = chosen(job, "self-billing")
    files: dict[str, bytes] = {}
    for count, one in enumerate(paid, 1):
        if not one.person.address:
            raise RefusedError(
                f"{one.person.name} ({one.person.node}) has no address, which a bill must name.",
                hint="Add it in the file of people.",
            )
        number = f"{terms.series}-{job.window.id}-{count:03}"
        page = "\n".join(_page(job, terms, one, number)) + "\n"
        files[f"{number}-{one.person.node}.html"] = page.encode()
    return Export(files=files, paid=tuple(one.payout for one in paid), left=left)


def _page(job: Job, terms: SelfBillingTerms, one: Paid, number: str) -> Iterator[str]:
    payout, person = one
    last = job.window.ends - timedelta(days=1)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f"<title>Self-billing {words(number)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<h1>Self-billing document {words(number)}</h1>"
    yield f"<p>Commission from {job.window.starts} to {last}. Issued by the customer in the name of the supplier.</p>"
    yield '<div class="parties">'
    yield from _party("Supplier", person.business or person.name, person.address or "", person.tax_id)
    yield from _party("Customer", terms.issuer, terms.address, terms.tax_id)
    yield "</div>"
    yield from _table(job, one)
    due = f"{group_amount(payout.amount, payout.currency)} {payout.currency}"
    yield f"<p><strong>Payable: {words(due)}</strong></p>"
    yield "<p>VAT and other taxes are not computed here: whoever issues this adds what the law asks.</p>"
    if terms.note:
        yield f"<p>{_broken(terms.note)}</p>"
    yield f"<p>{_reference(job, person)}</p>\n</body>\n</html>"


def _party(title: str, name: str, address: str, tax_id: str | None) -> Iterator[str]:
    told = f"<br>Tax id {words(tax_id)}" if tax_id else ""
    yield f"<div><h2>{title}</h2><p>{words(name)}<br>{_broken(address)}{told}</p></div>"


def _table(job: Job, one: Paid) -> Iterator[str]:
    payee, currency, amount = one.payout
    own = [line for line in job.lines if (line.payee, line.currency) == (payee, currency) and line.amount]
    lines = [line for line in own if line.type is not LineType.PAYOUT]
    yield "<table>\n<tr>" + "".join(f"<th>{head}</th>" for head in _HEADS) + "</tr>"
    yield from (_row(line) for line in lines)
    carried = amount - sum(line.amount for line in lines)
    if carried:
        text = "Carried over from earlier periods" if carried > 0 else "Carried over to later periods"
        yield _cells(("", text, "", "", group_amount(carried, currency)))
    yield "</table>"


def _row(line: LineItem) -> str:
    what = " ".join(part for part in (line.type.value, line.component) if part)
    amount = group_amount(line.amount, line.currency)
    return _cells((line.event_on.isoformat(), what, line.deal, line.earning_period, amount))


def _cells(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td>{words(cell)}</td>" for cell in cells) + "</tr>"


def _broken(text: str) -> str:
    return "<br>".join(words(line) for line in text.splitlines())


def _reference(job: Job, person: Person) -> str:
    return f"Batch {words(job.batch)}, payee {words(person.node)}."
