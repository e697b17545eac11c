"""Are LEI, VAT and register numbers checked, and does one company's number give one key?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import lei

from salesrepo.domain.identity import identify
from salesrepo.domain.identity.canonical import canonical_key
from salesrepo.domain.identity.numbers import is_lei
from salesrepo.errors import RefusedError

ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def one_key(*texts: str) -> str:
    keys = {identify(text).key for text in texts}
    assert len(keys) == 1
    return keys.pop()


def test_an_lei_is_read_in_every_spelling() -> None:
    assert (
        one_key("213800KUD8LAJWSQ9D15", "213800kud8lajwsq9d15", "2138 00KU D8LA JWSQ 9D15", "lei:213800KUD8LAJWSQ9D15")
        == "lei-213800kud8lajwsq9d15"
    )


@given(body=st.text(ALPHANUMERIC, min_size=18, max_size=18))
def test_an_lei_has_exactly_the_check_digits_of_iso_17442(body: str) -> None:
    remainder = int("".join(str(int(char, 36)) for char in f"{body}00")) % 97
    good = f"{body}{98 - remainder:02}"
    assert is_lei(good)
    assert lei.is_valid(good)
    assert identify(good).key == f"lei-{good.lower()}"
    assert [n for n in range(100) if is_lei(f"{body}{n:02}")] == [98 - remainder]


@pytest.mark.parametrize(
    "text", ["213800KUD8LAJWSQ9D16", "213800KUD8LXJWSQ9D15", "2138 00KU D8LA JWSQ 9D16", "lei:abc"]
)
def test_a_mistyped_lei_is_not_taken_for_a_name(text: str) -> None:
    with pytest.raises(RefusedError, match="LEI"):
        identify(text, country="US")


def test_a_d_u_n_s_number_is_an_identity_of_its_own_kind_in_every_spelling() -> None:
    assert (
        one_key(
            *("DUNS 12-345-6789", "duns:123456789", "duns: 12 345 6789", "D-U-N-S 123456789", "DUNS123456789"),
            *("DUNS number 123.456.789", "D-U-N-S No.: 12-345-6789", "ＤＵＮＳ １２３４５６７８９"),
        )
        == "duns-123456789"
    )
    found = identify("duns:123456789")
    assert (found.kind, found.shown, found.provisional) == ("duns", "DUNS 12-345-6789", False)
    assert canonical_key("duns-123456789") == "duns-123456789"


@pytest.mark.parametrize("text", ["duns:12345678", "DUNS 12-345-67890", "duns:abc", "DUNS 000000000", "duns:"])
def test_a_mistyped_d_u_n_s_number_says_what_to_type(text: str) -> None:
    with pytest.raises(RefusedError, match="D-U-N-S") as caught:
        identify(text, country="US")
    assert "duns:123456789" in caught.value.hint


@pytest.mark.parametrize("text", ["123456789", "12-345-6789", "(030) 123 45 67"])
def test_nine_digits_alone_may_be_anybodys_and_are_told_how_to_be_typed(text: str) -> None:
    with pytest.raises(RefusedError, match="bare number") as caught:
        identify(text, country="US")
    assert "duns:123456789" in caught.value.hint
    assert text not in caught.value.message


def test_a_long_word_is_still_a_name() -> None:
    assert identify("Internationalbuyersx", country="US").kind == "name"


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (("DE136695976", "de 136 695 976", "DE-136.695.976", "vat:DE136695976", "VAT DE136695976"), "vat-de-136695976"),
        (("ATU13585627", "AT U 1358 5627"), "vat-at-u13585627"),
        (("BE403019261", "BE 0403.019.261"), "vat-be-0403019261"),
        (("BG175074752",), "vat-bg-175074752"),
        (("CHE-107.787.577 MWST", "CHE-107.787.577 TVA", "CHE107787577"), "vat-ch-107787577"),
        (("CY10259033P",), "vat-cy-10259033p"),
        (("CZ25123891",), "vat-cz-25123891"),
        (("DK 13585628",), "vat-dk-13585628"),
        (("EE100931558",), "vat-ee-100931558"),
        (("EL094259216", "GR 094259216"), "vat-el-094259216"),
        (("ESB58378431", "ES B-58378431"), "vat-es-b58378431"),
        (("FI20774740",), "vat-fi-20774740"),
        (("FR 40 303 265 045",), "vat-fr-40303265045"),
        (("GB 980 7806 84", "XI980780684", "GB980780684001"), "vat-gb-980780684"),
        (("HR33392005961",), "vat-hr-33392005961"),
        (("HU12892312",), "vat-hu-12892312"),
        (("IE6433435OA",), "vat-ie-6433435oa"),
        (("IT00743110157",), "vat-it-00743110157"),
        (("LT119511515",), "vat-lt-119511515"),
        (("LU15027442",), "vat-lu-15027442"),
        (("LV40003521600",), "vat-lv-40003521600"),
        (("MT11679112",), "vat-mt-11679112"),
        (("NL004495445B01",), "vat-nl-004495445b01"),
        (("NO 995 525 828 MVA", "NO995525828"), "vat-no-995525828"),
        (("PL8567346215",), "vat-pl-8567346215"),
        (("PT501964843",), "vat-pt-501964843"),
        (("RO18547290",), "vat-ro-18547290"),
        (("SE556188840401",), "vat-se-556188840401"),
        (("SI50223054",), "vat-si-50223054"),
        (("SK2022749619",), "vat-sk-2022749619"),
    ],
)
def test_a_vat_number_gives_one_key_in_every_spelling(texts: tuple[str, ...], key: str) -> None:
    assert one_key(*texts) == key
    assert identify(texts[0]).kind == "vat"


@pytest.mark.parametrize(
    "text", ["DE136695977", "de 136 695 977", "CHE-107.787.578 MWST", "vat:DE12", "vat:US123456789"]
)
def test_a_mistyped_vat_number_is_not_taken_for_a_name(text: str) -> None:
    with pytest.raises(RefusedError, match="VAT"):
        identify(text, country="DE")


@pytest.mark.parametrize(
    "text",
    [
        "CZ7103192745",
        "ES54362315K",
        "LV16117519997",
        "SE120101123701",
        "BG7523169263",
        "reg:CZ:7103192745",
        "reg:RU:385768585948949",
    ],
)
def test_a_persons_own_number_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(RefusedError, match="person's own") as caught:
        identify(text)
    assert text[-8:] not in caught.value.message + caught.value.hint


@pytest.mark.parametrize("name", ["DE 12", "It 2000", "RO 12", "Fr Schmidt", "SE Labs", "BE1"])
def test_a_name_that_starts_like_a_vat_number_stays_a_name(name: str) -> None:
    assert identify(name, country="DE").kind == "name"


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (
            (
                "reg:DE:HRB 12345 München",
                "reg:de:HRB 12345 Munich",
                "REG:DE:hrb12345, Muenchen",
                "reg:DE:München, HRB 12345",
                "reg: DE : Amtsgericht München HRB 12345",
                "reg:DE:AG MUNICH HRB 12345",
            ),
            "reg-de-munchen-hrb-12345",
        ),
        (("reg:DE:HRB 5 Bad Homburg",), "reg-de-bad-homburg-v-d-h-hrb-5"),
        (("reg:DE:HRB 5 Homburg",), "reg-de-homburg-hrb-5"),
        (("reg:DE:HRB 5 Ulm",), "reg-de-ulm-hrb-5"),
        (("reg:DE:HRB 5 Giessen", "reg:DE:HRB 5 Gießen"), "reg-de-giessen-hrb-5"),
        (("reg:DE:HRB 5 Neuss",), "reg-de-neuss-hrb-5"),
        (("reg:DE:HRB 5 B Berlin", "reg:DE:Charlottenburg HRB 5 b"), "reg-de-berlin-charlottenburg-hrb-5-b"),
        (("reg:FR:404833048", "reg:fr:404 833 048"), "reg-fr-404833048"),
        (("reg:AT:FN 122119m", "reg:AT:122119 m"), "reg-at-122119m"),
        (("reg:CH:CHE-100.155.212", "reg:CH:100155212"), "reg-ch-che100155212"),
        (("reg:BE:403019261", "reg:BE:0403.019.261"), "reg-be-0403019261"),
        (("reg:RO:J52/750/2012",), "reg-ro-j52-750-2012"),
        (("reg:BR:16.727.230/0001-97",), "reg-br-16727230000197"),
        (("reg:JP:5-8356-7825-6246", "reg:JP:５８３５６７８２５６２４６"), "reg-jp-5835678256246"),
        (("reg:CN:91110000600037341L",), "reg-cn-91110000600037341l"),
        (("reg:SG:00192200M",), "reg-sg-00192200m"),
        (("reg:RU:1022200525819",), "reg-ru-1022200525819"),
    ],
)
def test_a_register_number_gives_one_key_in_every_spelling(texts: tuple[str, ...], key: str) -> None:
    assert one_key(*texts) == key
    assert identify(texts[0]).kind == "register"


@pytest.mark.parametrize(
    "text",
    [
        "reg:FR:404833047",
        "reg:DE:HRB 12345",
        "reg:DE:HRB 12345 Nowhere",
        "reg:DE:HRX 12345 Ulm",
        "reg:DE:HRB 1234567 Ulm",
        "reg:DE:München HRB 5 Bad Homburg",
        "reg:CN:\u0663\u0664",
        "reg:NO:x",
    ],
)
def test_a_wrong_register_number_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="no valid"):
        identify(text)


@pytest.mark.parametrize("text", ["reg:GB:01234567", "reg:US:12", "reg:", "reg:DE", "reg:DEU:5"])
def test_a_register_that_cannot_be_checked_is_refused_with_those_that_can(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        identify(text)
    assert "AT, AU, BE" in caught.value.hint


@given(
    text=st.text(ALPHANUMERIC + " -./ÄÖÜß,", max_size=22), country=st.sampled_from("DE FR CN SG RO RU BR CZ AT".split())
)
def test_no_register_number_breaks_the_reader(text: str, country: str) -> None:
    try:
        assert identify(f"reg:{country}:{text}").kind == "register"
    except RefusedError as error:
        assert error.hint


@given(
    prefix=st.sampled_from("AT BE CY ES FR GB IE LT LV NL RO SE XI".split()), body=st.text(ALPHANUMERIC, max_size=12)
)
def test_no_vat_number_breaks_the_reader(prefix: str, body: str) -> None:
    try:
        identify(f"vat:{prefix}{body}")
    except RefusedError as error:
        assert error.hint
