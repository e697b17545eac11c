"""Do people hear what a deal would pay, and whose pay a change of a won deal changes, before it is sent?"""

from pathlib import Path

from tests.helpers.office import Office, office_after
from tests.helpers.words import git_words

FILE = '{"lines": [{"product": "pro", "quantity": 70, "price": "1000.00"}]}'


@office_after
def sold(office: Office) -> None:
    """Ana sold to Acme, and it is booked; beta.com is Ben's, with an open deal."""
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    agree(office)
    office.run("fay", "commission", "settle", "--forge", str(office.forge))
    office.run("ana", "sync")
    office.run("ben", "log", "deal", "beta", "--product", "pro")


def newest(office: Office) -> str:
    office.run("fay", "sync")
    return str(office.run("fay", "review", "list", "--json").json["proposals"][-1]["number"])


def agree(office: Office) -> None:
    number = newest(office)
    office.run("fay", "review", "approve", number)
    office.run("fay", "review", "merge", number)


def test_a_seller_asks_what_an_open_deal_would_pay(sold: Office) -> None:
    told = sold.run("ben", "pay", "if", "beta/1").out
    assert "beta/1 of 1,000.00 USD, if it is signed on 2026-03-02" in told
    assert "Ben Okoye: 50.00 USD" in told and "1,000.00 at 5% make 50.00 USD" in told
    assert "Another 49,000.01 USD takes accelerator to 2%, above 50,000.00 in 2026-q1." in told
    assert git_words(told) == []
    plain = sold.run("ben", "commission", "estimate", "beta", "--signed", "2026-04-01", "--json").json
    assert (plain["signed"], plain["pay"][0]["earned"]) == ("2026-04-01", "50.00")
    assert {part["event_on"] for part in plain["lines"]} == {"2026-04-01"}
    assert sold.outbox("ben").keys() == {path for path in sold.outbox("ben") if "beta" in path}  # only what was noted


def test_a_deal_in_a_file_is_estimated_and_recorded_nowhere(sold: Office) -> None:
    file = sold.top / "ana" / "what-if.json"
    file.write_text(FILE)
    plain = sold.run("ana", "commission", "estimate", "--deal", "what-if.json", "--signed", "2026-05-01", "--json").json
    assert plain["pay"] == [
        {"payee": "ana", "currency": "USD", "earned": "3900.00", "payable": "3900.00", "held": "0.00", "waits": []}
    ]
    assert sold.outbox("ana") == {}
    file.write_text('{"lines": [{"product": "pro", "quantity": 0, "price": "1"}]}')
    assert "quantity" in sold.run("ana", "commission", "estimate", "--deal", "what-if.json", code=3).said


REFUSED = (
    ("ana", ("pay", "if", "acme/1"), 3, "acme/1 is won already; it paid 50.00 USD to Ana Lima."),
    ("ana", ("pay", "if", "acme/7"), 3, "There is no deal acme/7."),
    ("ana", ("pay", "if", "nowhere"), 3, "nowhere is not known here."),
    ("ben", ("pay", "if", "beta/1", "--signed", "2015-12-31"), 3, "No plan pays Ben Okoye for a deal signed on"),
    ("ben", ("pay", "2026-03", "--signed", "2026-03-01"), 2, "Only a deal that is not won yet"),
    ("ben", ("pay", "if"), 2, "Ask for a period, or for why or if with a deal."),
    ("ben", ("commission", "estimate"), 2, "Which deal?"),
    ("ben", ("commission", "estimate", "--deal", "nowhere.yml"), 2, "nowhere.yml cannot be read"),
    ("ben", ("cancel", "beta/1", "--reason", "Off"), 3, "beta/1 is not won."),
    ("ana", ("cancel", "acme/1"), 2, "Why is it off?"),
    ("ana", ("amend", "acme/1", "--reason", "Nothing"), 2, "What is to change in acme/1?"),
    ("ana", ("amend", "acme/1", "--price", "900"), 2, "Why is it changed?"),
    ("ana", ("amend", "acme", "--price", "900"), 2, "acme is no deal."),
    ("ana", ("amend", "acme/1", "--price", "900", "--country", "DE"), 2, "acme/1 is a deal."),
)


def test_what_cannot_be_told_says_why(sold: Office) -> None:
    for who, words, code, said in REFUSED:
        told = sold.run(who, *words, code=code).said
        assert said in told and git_words(told.replace("nowhere.yml", "")) == []


def test_a_win_says_whose_pay_it_changes_before_it_is_sent(sold: Office) -> None:
    told = sold.run("ben", "win", "beta/1", "--order", "PO-2", "--dry-run").out
    assert "Whose pay it changes:\n  Ben Okoye: +50.00 USD\n" in told and "sr submit" not in told
    assert sold.run("ben", "win", "beta/1", "--order", "PO-2", "--json").json["pay"]["changes"][0]["earned"] == "50.00"


def test_an_amended_deal_says_whose_pay_changes_and_who_must_agree(sold: Office) -> None:
    shares = ("--credit", "ana:closer:50%", "--credit", "ben:closer:50%")
    told = sold.run("ana", "amend", "acme/1", "--price", "900", *shares, "--reason", "Ben closed it with me").out
    block = "Whose pay it changes:\n  Ana Lima: -27.50 USD\n  Ben Okoye: +22.50 USD\n"
    assert block in told and "who is not paid by it: finance, manager, sales ops." in told
    assert git_words(told) == []
    sold.run("ana", "submit")
    shown = sold.run("fay", "review", "show", newest(sold)).out
    assert block in shown and "reason Ben closed it with me" in shown
    comment = sold.run("fay", "ci", "check", newest(sold), "--format", "markdown").out
    assert comment.endswith("**Whose pay it changes:**\n\n- Ana Lima: -27.50 USD\n- Ben Okoye: +22.50 USD\n")
    assert sold.run("fay", "ci", "check", newest(sold)).out.endswith(block)
    agree(sold)
    done = sold.run("fay", "commission", "settle", "--forge", str(sold.forge), "--json").json
    assert {total["payee"]: total["amount"] for total in done["totals"]} == {"ana": -2750, "ben": 2250}
    sold.run("ana", "sync")
    off = sold.run("ana", "cancel", "acme/1", "--reason", "They never paid", "--json").json
    assert [(c["payee"], c["earned"]) for c in off["pay"]["changes"]] == [("ana", "-22.50"), ("ben", "-22.50")]
    assert off["approvers"] == ["finance", "manager", "sales_ops"]
    sold.run("ana", "submit")
    plain = sold.run("fay", "review", "show", newest(sold), "--json").json
    assert plain["pay"] == off["pay"]


def test_shares_that_do_not_sum_up_are_told_instead_of_pay(sold: Office) -> None:
    sold.run("ana", "amend", "acme/1", "--price", "900", "--credit", "ana:closer:50%", "--reason", "Half of it")
    told = sold.run("ana", "amend", "acme/1", "--price", "800", "--reason", "Half of it", "--dry-run").out
    assert "The shares of role closer sum to 50%, not to 100%." in told


def test_another_plan_is_simulated_and_a_bad_one_refused(sold: Office) -> None:
    sold.run("fay", "sync")
    here: Path = sold.top / "fay"
    plan = (here / "plans" / "account-executive" / "2016-01-01.yml").read_text()
    (here / "seven.yml").write_text(plan.replace("rate: 5%", "rate: 7%"))
    told = sold.run("fay", "commission", "simulate", "--plan", "seven.yml", "--html", "page.html").out
    assert "now        50.00        0.00  USD" in told and "seven.yml  70.00       20.00  USD" in told
    assert "<td>seven.yml</td><td>70.00</td><td>20.00</td>" in (here / "page.html").read_text()
    plain = sold.run("fay", "commission", "simulate", "--plan", "seven.yml", "--node", "ana", "--json").json
    assert [one["cost"] for one in (plain["now"], *plain["candidates"])] == [{"USD": "50.00"}, {"USD": "70.00"}]
    (here / "bad.yml").write_text(plan.replace("rate: 5%", "rate: 7").replace("currency: USD", "currency: dollars"))
    bad = sold.run("fay", "commission", "simulate", "--plan", "bad.yml", code=1).out
    assert "currency must be" in bad and "components[0].rate must be" in bad
    assert "Which plan?" in sold.run("fay", "commission", "simulate", code=2).said
    assert "no node" in sold.run("fay", "commission", "simulate", "--plan", "seven.yml", "--node", "xy", code=2).said
