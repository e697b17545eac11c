"""Do quotas, metrics and adjustments reach the records by the hands that may set them, and no others?"""

from pathlib import Path

import pytest

from tests.helpers.office import Office

QUOTAS = "quota,window,node,amount,currency\nnew-arr,2026-q2,ana,640000,USD\nnew-arr,2026-q2,ben,500000.00,USD\n"


def written(office: Office, text: str, name: str = "quotas.csv") -> Path:
    file = office.top / name
    file.write_text(text, encoding="utf-8")
    return file


def waiting(office: Office) -> str:
    (one,) = office.run("max", "review", "list", "--json").json["proposals"]
    return str(one["number"])


def test_quotas_to_come_are_set_at_once_and_listed(office: Office) -> None:
    file = str(written(office, QUOTAS))
    tried = office.run("fay", "quota", "import", file, "--dry-run").out
    assert "2 read = 2 placed" in tried and "Ana Lima 640,000.00" in tried and office.files("quotas/") == {}
    done = office.run("fay", "quota", "import", file, "--json").json
    assert done["changed"] and [one["fate"] for one in done["sent"]] == ["accepted"]
    again = office.run("fay", "quota", "import", file)
    assert "2 read = 0 placed + 2 already there" in again.out and "nothing new" in again.out
    assert "No quota is set." in office.run("ben", "quota", "list").out  # nobody told Ben's copy yet
    office.run("ben", "sync")
    told = office.run("ben", "quota", "list", "--window", "2026-q2").out
    assert "640000.00  USD" in told and "Ben Okoye" in told


def test_a_quota_that_runs_waits_for_somebody_who_has_none(office: Office) -> None:
    wide = written(office, "node,2026-q1,2026-q2\nana,100,200\nben,,150\n")
    sent = office.run("fay", "quota", "import", str(wide), "--quota", "new-arr", "--currency", "USD").out
    assert "1 x empty cells: no quota there" in sent and "Next: somebody else runs" in sent
    number = waiting(office)
    assert "2026-q1 has begun, and the quota new-arr of Ana Lima" in office.run("max", "review", "show", number).out
    office.run("fay", "review", "approve", number, code=3)
    office.run("max", "review", "approve", number)
    office.run("max", "review", "merge", number)
    quota = office.file("quotas/new-arr/2026-q1")
    assert quota.endswith('amounts:\n  ana: "100.00"\n')
    assert office.run("dana", "commission", "verify").code == 0


def test_rows_that_are_none_are_told_and_only_finance_sets_figures(office: Office) -> None:
    bad = written(office, QUOTAS + 'new-arr,2026-q2,zoe,1.00,USD\nnew-arr,2026-q9,ana,"1.234,56",EUR\n')
    told = office.run("fay", "quota", "import", str(bad), "--dry-run", code=1).out
    assert 'line 4 (new-arr 2026-q2 zoe): node is "zoe"' in told
    assert "line 5" in told and "4 read = 2 placed + 2 reported" in told
    assert "is for the role finance" in office.run("ana", "quota", "import", str(bad), code=3).err
    missing = office.run("fay", "quota", "import", "nothing.csv", code=3).err
    assert "nothing.csv cannot be read" in missing
    metric = written(office, "metric,window,node,value\nchurn,2026-q1,ana,2.5%\nchurn,2026-q1,ben,1%\n", "churn.csv")
    assert "accepted" in office.run("fay", "metric", "import", str(metric)).out
    assert office.file("metrics/").endswith('figures:\n  ana: "2.5%"\n  ben: "1%"\n')
    metric.write_text("metric,window,node,value\nchurn,2026-q1,ana,1.5%\n", encoding="utf-8")
    assert "Ben" not in office.run("fay", "metric", "import", str(metric), "--dry-run").out
    assert "2.5% -> 1.5%" in office.run("fay", "metric", "import", str(metric)).out
    assert "The figure of Ana Lima in churn" in office.run("max", "review", "show", waiting(office)).out


def test_a_sum_by_hand_waits_for_a_third_and_is_paid_once(office: Office) -> None:
    words = ("commission", "adjust", "ana", "--amount", "-25.5", "--reason", "Double bonus of spring")
    sent = office.run("fay", *words, "--json").json
    assert sent["adjustment"]["amount"] == "-25.50" and sent["adjustment"]["currency"] == "USD"
    assert sent["sent"]["fate"] == "review" and sent["changed"]
    number = waiting(office)
    shown = office.run("max", "review", "show", number).out
    assert "adjustment of -25.50 USD for Ana Lima on 2026-03-02: Double bonus of spring" in shown
    office.run("fay", "review", "approve", number, code=3)
    office.run("max", "review", "approve", number)
    office.run("max", "review", "merge", number)
    assert "kind: adjustment" in office.file("adjustments/")
    assert "The same was recorded before." in office.run("fay", *words).out


@pytest.mark.parametrize(
    ("who", "words", "code", "told"),
    [
        ("fay", ("ana", "--reason", "x"), 2, "--amount"),
        ("fay", ("ana", "--amount", "1"), 2, "--reason"),
        ("fay", ("zoe", "--amount", "1", "--reason", "x"), 3, "There is no node zoe."),
        ("fay", ("ana", "--amount", "1.234,56", "--reason", "x"), 3, "is not an amount"),
        ("fay", ("ana", "--amount", "1", "--currency", "XYZ", "--reason", "x"), 3, "XYZ is no ISO 4217 currency"),
        ("fay", ("ana", "--amount", "1", "--reason", "x", "--deal", "acme/9"), 3, "No deal is known"),
        ("fay", ("ana", "--amount", "1", "--reason", "x", "--day", "2026-13-01"), 2, "is not a day"),
        ("fay", ("ana", "--amount", "1", "--reason", "x", "--day", "2026-03-03", "--dry-run"), 3, "has not come yet"),
        ("fay", ("fay", "--amount", "1", "--reason", "x", "--dry-run"), 3, "never comes from the one whom it pays"),
        ("fay", ("ana", "--amount", "-1", "--reason", "x", "--write-off", "--dry-run"), 3, "a sum above zero"),
        ("ana", ("ben", "--amount", "1", "--reason", "x"), 3, "is for the role finance"),
    ],
)
def test_an_adjustment_that_makes_no_sense(
    unchanged: Office, who: str, words: tuple[str, ...], code: int, told: str
) -> None:
    assert told in unchanged.run(who, "commission", "adjust", *words, code=code).said
