"""Does a seller ever meet Git in what their commands say, also where something goes wrong? (Rule 15)"""

from collections.abc import Callable

import pytest

from tests.helpers.office import Office
from tests.helpers.words import git_words

SELLERS = {
    "claim",
    "log",
    "stage",
    "qualify",
    "hygiene",
    "win",
    "lose",
    "submit",
    "status",
    "sync",
    "show",
    "undo",
    "pay",
    "join",
    "",
}
Story = Callable[[Office], None]


def a_good_day(office: Office) -> None:
    office.run("ben", "join", "..", "--as", "zoe", "--into", str(office.top / "zoe"))
    office.run("ana", "claim", "brightwave.com", "--company", "Brightwave", "--country", "US")
    office.run("ana", "claim", "brightwave.com")
    office.run("ana", "claim", "later.com", "--country", "US", "--later")
    office.run("ana", "log", "call", "bright", "Hello", "+12", "--next", "quote", "--due", "2026-03-05")
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "950")
    office.run("ana")
    office.run("ana", "submit", "--dry-run")
    office.run("ana", "submit")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    office.run("ana", "status")
    office.run("ana", "sync")
    (waits,) = office.run("fay", "review", "list", "--json").json["proposals"]
    office.run("fay", "review", "approve", str(waits["number"]))
    office.run("fay", "review", "merge", str(waits["number"]))
    office.run("fay", "commission", "settle")
    office.run("ana", "pay")
    office.run("ana", "pay", "why", "acme/1")
    office.run("ana", "show", "acme")
    office.run("ana", "show", "products")


def what_goes_wrong(office: Office) -> None:
    office.run("ben", "claim", "acme.com", code=4)
    office.run("ben", "claim", "No Country", code=3)
    office.run("ana", "log", "call", "nobody", "Hello", code=3)
    office.run("ana", "log", "call", "acme", code=2)
    office.run("ana", "log", "call", "acme", "x", "--on", "2031-01-01", code=2)
    office.run("ana", "log", "deal", "acme", code=2)
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--price", "600", "-m", "guaranteed")
    office.run("ana", "submit", code=1)
    office.run("ana", "undo", "acme/1")
    office.run("ana", "undo", "acme/1", code=3)
    office.run("ana", "win", "acme/1", "--order", "PO-1", code=3)
    office.run("ana", "lose", "acme/1", code=2)
    office.run("ana", "show", "nobody", code=3)
    office.run("ana", "pay", "2020-01", code=3)
    office.run("ana", "pay", "why", "acme/9", code=3)
    office.run("ana", "submit", "--nonsense", code=2)
    office.run("ana", "join", "/nowhere", "--as", "zoe", code=3)
    office.run("", "status", code=3)


def others_were_first(office: Office) -> None:
    office.run("ana", "claim", "rival.com", "--country", "US", "--later")
    office.run("ben", "claim", "rival.com", "--country", "US")
    office.run("ana", "submit", code=4)
    office.run("ana", "status")
    office.run("ana", "sync")
    office.run("ana", "submit", code=4)
    office.run("ana", "undo", "rival")


def a_person_says_no(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "win", "acme/1", "--order", "PO-1")
    office.run("ana", "submit")
    (waits,) = office.run("fay", "review", "list", "--json").json["proposals"]
    office.run("fay", "review", "reject", str(waits["number"]), "-m", "Which Pro?")
    office.run("ana", "sync")
    office.run("ana", "submit", code=1)
    office.run("ana", "status")


def out_of_reach(office: Office) -> None:
    office.forge.rename(office.top / "away")
    office.run("ana", "claim", "widget.com", "--country", "US")
    office.run("ana", "claim", "acme.com")
    office.run("ana", "log", "email", "widget", "Hello")
    office.run("ana", "submit", code=5)
    office.run("ana", "sync", code=5)
    office.run("ana", "pay")
    office.run("ana", "status")


def the_clock_is_behind(office: Office) -> None:
    office.run("ana", "log", "call", "acme", "Hello")
    office.now = "2026-02-01T12:00:00Z"
    office.run("ana", "submit", code=3)
    office.run("ana", "claim", "early.com", "--country", "US", code=3)


def a_long_sale(office: Office) -> None:
    office.run("ana", "log", "deal", "acme", "--product", "pro", "--close", "2026-03-20")
    office.run("ana", "stage", "acme/1", "connected", code=2)
    office.run("ana", "stage", "acme/1", "connected", "--source", "fair")
    office.run("ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:user", code=3)
    office.run("ana", "log", "call", "acme", "Hello")
    office.run("ana", "stage", "acme/1", "discovery", "--contact", "c-7h2:user")
    office.run("ana", "qualify", "acme/1", "goal", "less waste", "--score", "1", "--evidence", "last")
    office.run("ana", "submit")
    office.now = "2026-06-30T12:00:00Z"
    for words in (("hygiene",), ("hygiene", "acme/1"), ("status",), ("show", "acme"), ("show", "acme/1")):
        office.run("ana", *words)
    office.run("ana", "log", "deal", "acme", "--product", "pro")
    office.run("ana", "submit", code=1)
    office.run("ana", "lose", "acme/1", "--to", "globex")
    office.run("ana", "submit", code=1)


STORIES = (
    a_good_day,
    a_long_sale,
    what_goes_wrong,
    others_were_first,
    a_person_says_no,
    out_of_reach,
    the_clock_is_behind,
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_seller_never_meets_git(office: Office, story: Story) -> None:
    story(office)
    typed = [heard for heard in office.heard if (heard.words or ("",))[0] in SELLERS]
    assert typed
    shown = str(office.top)  # people know the folders that they named themselves
    met = {heard.words: git_words(heard.reply.said.replace(shown, "")) for heard in typed}
    assert {words: found for words, found in met.items() if found} == {}
