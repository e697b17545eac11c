"""Do previews judge what would be sent, and nothing that was sent already?"""

from tests.helpers.office import Office


def test_a_claim_on_its_way_is_no_part_of_what_is_noted_beside_it(office: Office) -> None:
    alike = ("claim", "acmee.com", "--company", "Acmee", "--country", "US", "--not-same", "acme.com")
    assert "under review" in office.run("ana", *alike).out
    for words in (("log", "deal", "acme", "--product", "pro"), ("lose", "acme/1", "--reason", "price")):
        assert "refused" not in office.run("ana", *words).out
    report = office.run("ana", "check", "--format", "json").json
    assert "SR205" not in [finding["code"] for finding in report["findings"]]


def test_a_deal_that_sells_nothing_has_nothing_to_quote(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit")
    path = next((office.top / "ana" / "deals").rglob("d-acme.com-1.yml"))
    text = path.read_text()
    start = text.index("lines:\n")
    after = text.index("credits:")
    path.write_text(text[:start] + text[after:])
    office.run("ana", "submit")
    told = office.run("ana", "quote", "acme/1", "--discount", "15%", code=2).err
    assert "acme/1 has nothing to quote." in told and "sr log deal acme/1 --product P" in told
