"""Does an auditor get all that stands behind a line, the same each time, and the name of what is not here?"""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from salesrepo.domain.evidence import Evidence, Piece, Section
from salesrepo.domain.period import Calendar
from salesrepo.domain.statement import FxPart, LineItem, LineType, PlanRef
from salesrepo.flows.books.evidence_inputs import figures, rates
from salesrepo.flows.books.exhibits import Exhibits
from salesrepo.report.evidence import plain, render_markdown
from salesrepo.vcs.objects import Objects
from tests.flows.test_pay_disputes import ASKED, LINE, paid_office
from tests.helpers.company import build_company, flat_plan
from tests.helpers.office import Office

__all__ = ["paid_office"]
DEAL = LINE.partition(" ")[0]
EXPLAIN = ("commission", "explain")
SECTIONS = [
    "The line",
    "The deal",
    "Who proposed and approved it",
    "The payee",
    "The plan, as pinned",
    "Credit",
    "Prices",
    "Exchange rates",
    "Quotas and metrics",
    "Billing",
    "Claim and territory at the win",
    "Policy in force",
    "Related lines",
    "Questions and answers",
    "Close and exports",
]


def test_one_bundle_holds_everything_and_is_the_same_from_every_copy(paid: Office) -> None:
    paid.run("ana", "pay", "dispute", "acme/1", "Is the list price the base?")
    paid.run("fay", "sync")
    paid.run("fay", "commission", "answer", ASKED, "It is.", "--verdict", "right_as_it_is")
    paid.run("fay", "payment", "add", "acme/1", "--kind", "paid", "--amount", "400.00")
    for who in ("ana", "fay", "dana"):
        paid.run(who, "sync")
    found = paid.run("fay", *EXPLAIN, LINE, "--evidence", "--json").json
    assert [section["title"] for section in found["sections"]] == SECTIONS
    assert (found["missing"], found["line"], found["main"]) == ([], LINE, paid.main())
    pieces = {(section["title"], piece["what"]): piece for section in found["sections"] for piece in section["pieces"]}
    assert all(piece.get("text") or piece.get("said") for piece in pieces.values())
    assert "every step agrees" in pieces["The line", "Recomputed"]["said"][0]
    assert pieces["The line", "As booked"]["said"] == [f"Booked while main stood at {_won(pieces)['commit']}."]
    assert "Proposed by Ana Lima (ana); approved by Fay Long (fay)." in _won(pieces)["said"]
    for title, what, words in (
        ("The deal", "As it was booked", "order: PO-1"),
        ("The payee", "Terms when it was booked", "plan: account-executive"),
        ("The plan, as pinned", "Plan", "title: Account executive"),
        ("Prices", "Product pro", 'price: "1000.00"'),
        ("Claim and territory at the win", "Claim", "holder: ana"),
        ("Claim and territory at the win", "Territory", "kind: residual"),
        ("Questions and answers", f"Question {ASKED}", "Is the list price the base?"),
        ("Questions and answers", f"Answer {ASKED}", "verdict: right_as_it_is"),
    ):
        assert words in pieces[title, what]["text"], (title, what)
        assert len(pieces[title, what]["blob"]) == 40
    # What came after the booking is no part of what it was booked by.
    assert pieces["Billing", "Payment"]["said"] == ["Nothing is recorded there."]

    file = paid.top / "bundle.md"
    assert "Written: " in paid.run("dana", *EXPLAIN, LINE, "--evidence", "--to", str(file)).out
    assert file.read_text() == paid.run("fay", *EXPLAIN, "acme/1 base", "--evidence", "--node", "ana").out
    assert f"# Evidence for a line of pay\n\n- Line: `{LINE}`" in file.read_text()
    assert "cannot be written" in paid.run("fay", *EXPLAIN, LINE, "--evidence", "--to", str(paid.top), code=2).err


def test_what_a_copy_lacks_is_named(paid: Office) -> None:
    whole = paid.run("fay", *EXPLAIN, LINE, "--evidence", "--json").json
    plan = next(one for section in whole["sections"] for one in section["pieces"] if one["what"] == "Plan")
    _forget(paid.top / "fay" / ".git", plan["blob"])
    reply = paid.run("fay", *EXPLAIN, LINE, "--evidence", "--json", code=1)
    assert [one.partition(":")[0] for one in reply.json["missing"]] == [
        "The plan, as pinned, Plan",
        "Quotas and metrics, Figures",
    ]
    assert "2 pieces of the evidence cannot be shown" in reply.err
    text = paid.run("fay", *EXPLAIN, LINE, "--evidence", code=1).out
    assert text.index("**Missing in this copy:**") < text.index("## The line")
    assert plan["blob"] in text


def test_rates_and_figures_are_those_that_settlement_read(tmp_path: Path) -> None:
    looked_up = """\
quotas:
  goal: {measure: sales, over: quarter, amount: records}
  own: {measure: sales, over: quarter, amount: "1000"}
metrics:
  churn: {over: quarter, lag: 1, missing: 5%}
"""
    ((path, text),) = flat_plan().items()
    before = {
        path: text + looked_up,
        "metrics/churn/2017-q1.yml": "metric: churn\nwindow: 2017-q1\nfigures: {ana: 2.5%}\n",
        "fx/eur-usd/2017-05.yml": 'pair: eur-usd\nmonth: 2017-05\nsource: ECB\nrates: {"2017-05-02": "1.1"}\n',
    }
    acme = build_company(tmp_path / "master.git", before)
    churn = before["metrics/churn/2017-q1.yml"].replace("2.5%", "9%")
    quota = 'quota: goal\nwindow: 2017-q2\ncurrency: USD\namounts: {ana: "10.00"}\n'
    acme.merge({"metrics/churn/2017-q1.yml": churn, "quotas/goal/2017-q2.yml": quota}, on=date(2017, 5, 2))
    with Objects(acme.git_dir) as objects:
        shown, pinned = Exhibits(objects), objects.at(acme.root, path)
        assert pinned is not None
        line = _line(acme.main)._replace(plan=PlanRef(path, pinned.oid))
        told = figures(shown, line, Calendar())
        assert [(one.what, one.commit == acme.root) for one in told] == [("Quota goal", False), ("Metric churn", True)]
        assert "10.00" in told[0].text and "2.5%" in told[1].text
        assert figures(shown, line._replace(plan=PlanRef(path, "1" * 40)), Calendar())[0].missing
        fx = FxPart("USD", "EUR", (10, 11), date(2017, 5, 2), "ECB", 91)
        (rate,) = rates(shown, line._replace(fx=fx))
        assert (rate.path, rate.what) == ("fx/eur-usd/2017-05.yml", "USD into EUR at the rate of 2017-05-02")
        (none,) = rates(shown, line._replace(fx=fx._replace(into="CHF")))
        assert none.said == ("Nothing is recorded there.",)


def _line(commit: str) -> LineItem:
    return LineItem(
        key="d-acme.com-1 won ana commission 2017-01-01 1",
        type=LineType.EARNING,
        payee="ana",
        deal="d-acme.com-1",
        event="won",
        item=1,
        event_on=date(2017, 5, 2),
        booked_on=date(2017, 5, 2),
        earning_period="2017-05",
        booking_period="2017-05",
        currency="USD",
        amount=0,
        engine="1",
        deal_commit=commit,
        because="",
    )


def test_no_line_and_several(paid: Office) -> None:
    assert "There is no deal acme/9" in paid.run("fay", *EXPLAIN, "acme/9", "--evidence", code=3).err
    assert paid.run("fay", *EXPLAIN, "acme/1", "--json").json == paid.run("fay", *EXPLAIN, DEAL, "--json").json
    assert paid.run("fay", *EXPLAIN, "acme/1", "--evidence", "--json").json["line"] == LINE
    assert "No line of ana's" in paid.run("fay", *EXPLAIN, f"{LINE[:-1]}9", "--evidence", code=3).err


@pytest.mark.parametrize("hostile", ["](https://evil.example)", "<img src=x>", "```\n# Paid", "@ana #12"])
def test_what_strangers_wrote_stays_text(hostile: str) -> None:
    piece = Piece(what="Deal", path=f"deals/{hostile}", said=(hostile,), text=f"note: {hostile}\n", missing=hostile)
    found = Evidence(line="a", payee="ana", main="1", ledger="2", sections=(Section("The deal", (piece,)),))
    text = render_markdown(found)
    fenced = text[text.rindex("note: ") :]
    assert text.count("\n# ") == fenced.count("\n# ")  # no heading but inside of the block that shows the record
    assert not re.search(r"(?<!\\)<img", text.replace(fenced, "").replace(f"`deals/{hostile}`", ""))
    assert plain(found)["missing"] == [f"The deal, Deal: {hostile}"]


def _won(pieces: dict[tuple[str, str], dict[str, str]]) -> dict[str, str]:
    ((_, found),) = [(key, one) for key, one in pieces.items() if key[0] == "Who proposed and approved it"]
    return found


def _forget(repo: Path, blob: str) -> None:
    """Take one object out of a copy, as a partial clone lacks it."""
    for pack in list((repo / "objects" / "pack").glob("*.pack")):
        data = pack.read_bytes()
        for part in pack.parent.glob(f"{pack.stem}.*"):
            part.unlink()
        subprocess.run(["git", "--git-dir", str(repo), "unpack-objects", "-q"], input=data, check=True)
    (repo / "objects" / blob[:2] / blob[2:]).unlink()
