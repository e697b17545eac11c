"""Who is waited for, by others who ask for the same lead and by the sweep, and until when?"""

import re
from datetime import date

from salesrepo.domain.handover import passed
from salesrepo.domain.kinds.alias import ALIAS, Alias
from salesrepo.domain.kinds.claim import CLAIM
from salesrepo.domain.kinds.hold import HOLD
from salesrepo.domain.kinds.transfer import TRANSFER, Transfer
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import parse
from tests.helpers.hand import by_hand, noted
from tests.helpers.office import Office

ACME = "d-acme.com"
LAST = date(2026, 5, 31)  # Ana holds it until then


def on(office: Office, day: date) -> Office:
    """The same company on another day."""
    office.now = f"{day}T12:00:00Z"
    return office


def swept(office: Office, *words: str) -> str:
    """What the sweep says."""
    return office.run("", "ci", "sweep", "--forge", "forge", *words).out


def offer(office: Office, day: date) -> dict[str, bytes | None]:
    """The files with which Ana's claim on Acme would pass to Ben."""
    (path,) = (path for path in office.files("claims/") if path.endswith(f"/{ACME}/core.yml"))
    (claim,) = parse(CLAIM, office.files()[path], path=path)
    given = passed(claim, "ben", day=day, how="transferred", territory=claim.territory, provisional=claim.provisional)
    ids = {"account": ACME, "layer": "core"}
    term = Transfer(transfer="core-x", giver="ana", receiver="ben", day=day, **ids)
    files: dict[str, bytes | None] = dict([file_of(CLAIM, given), file_of(TRANSFER, term)])
    return files | {HOLD.path.fill(node="ana", **ids): None, HOLD.path.fill(node="ben", **ids): b""}


def ana_leaves_the_market(office: Office, day: date) -> None:
    """From a day on, only Ben sells there."""
    office.run("dana", "sync")
    (path,) = (office.top / "dana" / "territories").rglob("open.yml")
    text = path.read_text().rstrip("\n")
    after = re.sub(r"(node: ana\b.*?)(\n *- |\Z)", rf'\1\n    ends: "{day}"\2', text, flags=re.DOTALL)
    assert after != text
    path.write_text(after + "\n")
    office.run("dana", "submit")


def test_an_old_offer_of_a_lease_that_is_over_holds_nobody_up(office: Office) -> None:
    on(office, LAST)
    assert by_hand(office, "ana", offer(office, LAST))[1] == "review"
    on(office, date(2026, 6, 1)).run("ben", "sync")
    assert "d-acme.com (core)" in swept(office, "--dry-run")
    assert "Acme (d-acme.com) is yours until 2026-08-30" in office.run("ben", "claim", "acme.com").out


def test_who_asks_for_a_lead_afresh_is_left_the_days_of_a_review(office: Office) -> None:
    on(office, date(2026, 6, 1)).run("ben", "sync")
    office.run("ben", "claim", "acme.com", "--later")
    by_hand(office, "ben", noted(office, "ben"), judged=False)
    assert "d-acme.com (core)" not in swept(on(office, date(2026, 6, 4)))
    assert "d-acme.com (core)" in swept(on(office, date(2026, 6, 5)))


def test_neither_a_holder_nor_a_taker_puts_off_the_end_that_a_territory_brings(office: Office) -> None:
    day = date(2026, 3, 10)
    ana_leaves_the_market(office, day)
    files = office.files()
    (claim,), (account,) = (
        [path for path in files if path.startswith(room) and path.endswith(end)]
        for room, end in (("claims/", f"/{ACME}/core.yml"), ("accounts/", f"/{ACME}.yml"))
    )
    alias = dict([file_of(ALIAS, Alias(alias="n-us-acme-works", account=ACME))])
    known = files[account].replace(b"aliases:\n", b"aliases:\n  - n-us-acme-works\n")
    assert known != files[account]
    on(office, date(2026, 3, 9))
    said = by_hand(office, "ana", {claim: files[claim] + b"note: still mine\n", account: known, **alias})
    assert said[1] == "review"
    assert by_hand(office, "ben", offer(office, date(2026, 3, 9)))[1] == "review"
    assert "d-acme.com (core) ends, since its territory passed on: written down." in swept(on(office, day))


def test_a_claim_that_the_rules_refuse_by_now_holds_nobody_up(office: Office) -> None:
    on(office, date(2026, 3, 9)).run("ana", "sync")
    asked = office.run("ana", "claim", "one.com", "--company", "Beta", "--country", "US").out
    assert "under review" in asked  # called as a company that is known: somebody looks at it
    assert "Ana Lima asked first" in office.run("ben", "claim", "one.com", "--company", "One", "--country", "US").out
    ana_leaves_the_market(office, date(2026, 3, 10))
    on(office, date(2026, 3, 10)).run("ben", "sync")
    assert "holder: ben" in office.file("claims/", "d-one.com/core.yml")


def test_a_list_of_other_companies_names_keeps_nobody_from_them_but_ones_own_name_does(office: Office) -> None:
    office.run("ben", "claim", "zz.com", "--company", "Zz", "--country", "US", "--later")
    files = noted(office, "ben")
    (account,) = (path for path in files if path.startswith("accounts/") and path.endswith("/d-zz.com.yml"))
    data = files[account] or b""
    files[account] = data.replace(b"aliases:\n", b"aliases:\n  - n-us-siemens\n")
    files.update([file_of(ALIAS, Alias(alias="n-us-siemens", account="d-zz.com"))])
    assert files[account] != data and by_hand(office, "ben", files)[1] == "review"
    twin = office.run("ana", "claim", "zz.org", "--company", "Zz", "--country", "US").out
    assert "Zz (d-zz.org) is under review: Ben Okoye asked first" in twin
    taken = office.run("ana", "claim", "siemens.com", "--company", "Siemens", "--country", "US").out
    assert "Siemens (d-siemens.com) is yours until" in taken
