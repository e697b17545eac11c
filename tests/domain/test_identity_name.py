"""Does a company's name give one key however it is spelt, and another company's another?"""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesrepo.domain.identity import aliases_of, name_key
from salesrepo.domain.identity import legal_forms as forms
from salesrepo.domain.identity.company_name import normalised
from salesrepo.errors import RefusedError
from tests.helpers.texts import ANY

COMPANIES = (
    """
Acme Corporation;Betasoloin;Betatech;Bioholding;Bioplex;Blackzim;Bluth Company;Bubba Gump;Cancity;Cheers;Codehow;Condax
Conecom;Dalttechnology;dambase;Domzoom;Doncon;Donquadtech;Dontechi;Donware;Fasehatice;Faxquote;Finhigh;Finjob
Funholding;Ganjaflex;Gekko & Co;Genco Pura Olive Oil Company;Globex Corporation;Gogozoom;Golddex;Goodsilron;Green-Plus
Groovestreet;Hatfan;Hottechi;Initech;Inity;Isdom;Iselectrics;J-Texon;Kan-code;Kinnamplus;Konex;Konmatfix;Labdrill
Lexiqvolax;Massive Dynamic;Mathtouch;Nam-zim;Newex;Ontomedia;Opentech;Plexzap;Plusstrip;Plussunin;Rangreen;Rantouch
Ron-tech;Rundofase;Scotfind;Scottech;Silis;Singletechno;Sonron;Stanredtax;Statholdings;Streethex;Sumace;Sunnamplex
The New York Inquirer;Toughzap;Treequote;Umbrella Corporation;Vehement Capital Partners;Warephase;Xx-holding;Xx-zobam
Y-corporation;Yearin;Zathunicon;Zencorporation;Zoomit;Zotware;Zumgoity
""".strip()
    .replace("\n", ";")
    .split(";")
)

NAME = st.lists(st.from_regex(r"[a-z]{4,9}q", fullmatch=True, alphabet=ANY), min_size=1, max_size=3)
ENDING = st.sampled_from(
    (
        "Inc|Inc.|, Inc.|LLC|L.L.C.|Ltd|Ltd.|Limited|Co.|Company|Corp.|Corporation|Co., Ltd.|PLC|GmbH|GmbH & Co. KG|AG"
        "|KG|& Co. KG|S.A.|SA|S/A|SAS|S.A.R.L.|Sàrl|S.p.A.|SpA|S.r.l.|B.V.|BV|N.V.|AB|AB (publ)|AS|A/S|Oy|Oyj|ApS"
        "|Pty Ltd|(Pty) Ltd|Pvt. Ltd.|Private Limited|Pte. Ltd.|Ltda.|S.A. de C.V.|S. de R.L. de C.V.|Sp. z o.o.|s.r.o."
        "|SE|Kft.|et Cie|y Cía.|und Co.|e.K.|UG (haftungsbeschränkt)|ООО|株式会社|有限公司|주식회사"
    ).split("|")
)
COUNTRY = st.sampled_from(["US", "DE", "JP"])


def test_no_two_of_85_companies_share_a_key() -> None:
    assert len(COMPANIES) == 85
    assert len({name_key(name, "US") for name in COMPANIES}) == 85


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme Corporation", "acme"),
        ("Gekko & Co", "gekko"),
        ("Bluth Company", "bluth"),
        ("The Limited", "the-limited"),
        ("The Company", "the-company"),
        ("Company Co", "company"),
        ("Company", "company"),
        ("LLC Ltd", "llc"),
        ("HP Inc.", "hp-inc"),
        ("3M Company", "3m-company"),
        ("Y-corporation", "y-corporation"),
        ("A & Co", "a-and-co"),
        ("Johnson & Johnson", "johnson-and-johnson"),
        ("AT&T Inc.", "at-and-t"),
        ("J.P. Morgan & Co.", "jp-morgan"),
        ("J. P. Morgan", "jp-morgan"),
        ("U.S. Steel", "us-steel"),
        ("A.B.C. S.A.", "abc"),
        ("Smith J. S.A.", "smith-j"),
        ("Grupo A S.A.", "grupo-a"),
        ("Wendy’s", "wendys"),
        ("Wendy's", "wendys"),
        ('Toys"R"Us', "toys-r-us"),
        ("Yahoo!", "yahoo"),
        ("Øresund Smørrebrød ApS", "oresund-smorrebrod"),
        ("Łódź Straße", "lodz-strasse"),
        ("ＡＣＭＥ　Ｉｎｃ", "acme"),
        ("San Diego Zoo", "san-diego-zoo"),
        ("AB Foods", "ab-foods"),
    ],
)
def test_a_latin_name_is_its_words_without_the_legal_form(name: str, slug: str) -> None:
    assert name_key(name, "US") == f"n-us-{slug}"


@pytest.mark.parametrize(
    ("country", "spellings"),
    [
        ("SE", ["AB Volvo", "Volvo AB", "Volvo", "VOLVO (publ)"]),
        ("ID", ["PT Astra Internasional Tbk", "Astra Internasional"]),
        ("PL", ["Foo Sp. z o.o.", "FOO SP. Z O. O.", "Foo Sp.z o.o.", "Foo"]),
        ("JP", ["株式会社日立製作所", "日立製作所 株式会社", "㈱日立製作所", "（株）日立製作所", "日立 製作所"]),
        ("JP", ["ガス株式会社", "ｶﾞｽ(株)"]),
        ("CN", ["华为技术有限公司", "华为技术", "华为技术 有限公司"]),
        ("KR", ["삼성전자주식회사", "(주)삼성전자", "삼성전자"]),
        ("RU", ["ООО «Ромашка»", "Ромашка, ООО", "РОМАШКА", "Общество с ограниченной ответственностью «Ромашка»"]),
        ("RU", ["Зелёный мир", "Зеленый мир ООО"]),
        ("GR", ["Ελληνικά Πετρέλαια Α.Ε.", "ΕΛΛΗΝΙΚΑ ΠΕΤΡΕΛΑΙΑ"]),
        ("IL", ['חברת אקמה בע"מ', "חברת אקמה"]),
        ("TH", ["บริษัท ปูนใหญ่ จำกัด (มหาชน)", "ปูนใหญ่"]),
        (
            "US",
            ["Ac\u00adme Widgets", "ACME widgets, inc", "Acmé\u00a0Widgets LLC"],
        ),
        ("IN", ["Acme Private Limited", "Acme Pvt. Ltd.", "ACME (Private) Ltd"]),
    ],
)
def test_spellings_of_one_company_meet(country: str, spellings: list[str]) -> None:
    assert len({name_key(name, country) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("カス", "ガス"),
        ("Край", "Краи"),
        ("日立", "東芝"),
        ("三菱UFJ銀行", "三菱UFJ証券"),
        ("Delta", "Delta Faucet"),
        ("HP Inc", "HP"),
        ("Ромашка", "Romashka"),
        ("ปตท", "ปตทู"),
    ],
)
def test_two_companies_stay_apart(one: str, other: str) -> None:
    assert name_key(one, "JP") != name_key(other, "JP")


def test_the_country_is_part_of_the_key() -> None:
    assert name_key("Acme", "us") == "n-us-acme"
    assert name_key("Acme", "UK") == name_key("Acme", "GB") == "n-gb-acme"


def test_letters_beyond_latin_leave_a_hash_that_never_changes() -> None:
    assert name_key("日立製作所", "JP") == "n-jp-x2a72e22d99"
    assert name_key("三菱UFJ銀行", "JP") == "n-jp-ufj-x52f9d8f343"


def test_a_name_that_looks_like_a_hash_cannot_take_anothers_key() -> None:
    assert name_key("x2a72e22d99", "JP") != name_key("日立製作所", "JP")
    assert name_key("UFJ x52f9d8f343", "JP") != name_key("三菱UFJ銀行", "JP")


def test_a_long_name_keeps_its_beginning_and_a_hash() -> None:
    long = [name_key("Very Long " * 19 + last, "US") for last in ("one", "two")]
    assert long[0] != long[1]
    assert all(re.fullmatch(r"n-us-very-long-[a-z-]{1,70}-x[0-9a-f]{10}", key) and len(key) <= 100 for key in long)


@pytest.mark.parametrize("name", ["!!!", "★", "\u0301", "", " ", "a" * 201, "a\x07b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(RefusedError) as caught:
        name_key(name, "US")
    assert caught.value.hint


@pytest.mark.parametrize("country", ["", "USA", "U1", "Germany", "ßß", "ＵＳ"])
def test_what_is_no_country_is_refused(country: str) -> None:
    with pytest.raises(RefusedError):
        name_key("Acme", country)


@given(words=NAME, ending=ENDING, more=ENDING, country=COUNTRY)
def test_a_legal_form_does_not_change_the_key(words: list[str], ending: str, more: str, country: str) -> None:
    name = " ".join(words)
    key = f"n-{country.lower()}-{'-'.join(words)}"
    assert name_key(f"{name} {ending}", country) == key
    assert name_key(f"{name.title()} {more} {ending}", country) == key


@given(words=NAME, joint=st.sampled_from([" ", "  ", "-", ", ", " - ", "/", " / ", ". ", "_", "\u00a0", "·"]))
def test_punctuation_does_not_change_the_key(words: list[str], joint: str) -> None:
    assert name_key(f"«{joint.join(words)}»!", "FR") == f"n-fr-{'-'.join(words)}"


@given(name=st.text(ANY, max_size=30), country=COUNTRY)
def test_case_does_not_change_the_key(name: str, country: str) -> None:
    def key(text: str) -> str:
        try:
            return name_key(text, country)
        except RefusedError:
            return "refused"

    assert len({key(text) for text in (name, name.upper(), name.lower(), name.swapcase(), name.casefold())}) == 1


@given(name=st.text(st.characters(max_codepoint=0x24F), max_size=30))
def test_accents_composed_or_not_do_not_change_the_key(name: str) -> None:
    def key(text: str) -> str:
        try:
            return name_key(text, "FR")
        except RefusedError:
            return "refused"

    assert key(name) == key(unicodedata.normalize("NFD", name)) == key(unicodedata.normalize("NFC", name))


def test_every_form_stands_as_names_are_normalised() -> None:
    tables = [forms.ENDINGS, forms.ENDING_PHRASES, forms.FRONTS, forms.FRONT_PHRASES, forms.STOP_WORDS, forms.GLUED]
    tables += [*forms.NATIONAL_ENDINGS.values(), *forms.NATIONAL_FRONTS.values()]
    words = {word for table in tables for word in table}
    assert {word for word in words if normalised(word) != word} == set()
    assert {word for word in words if re.search(r"[a-z]", word) and not word.isascii()} == set()


def test_an_account_holds_its_name_key_and_never_its_own() -> None:
    assert aliases_of("d-acme.com", name="Acme Inc", country="US", others=["d-acme.de"]) == ("d-acme.de", "n-us-acme")
    assert aliases_of("n-us-acme", name="Acme Inc", country="US") == ()
    assert aliases_of("d-acme.com", name="Acme Inc", country=None, others=["d-acme.com"]) == ()
