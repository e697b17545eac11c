"""Is every comment found, and no text taken for one?"""

import pytest

from salesrepo.store.comments import first_comment


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "# yaml-language-server: $schema=../x.json\na: b\n",
        "a: \"one # two\"\nb: it#is\nc: [x#y, '# z']\n",
        "a: |\n  one\n  # two\nb: c\n",
    ],
)
def test_a_text_is_no_comment(text: str) -> None:
    assert first_comment(text.encode()) is None


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("# x\na: b\n", 1, 1),
        ("a: b # x\n", 1, 6),
        ("a: b\n  # x\n", 2, 3),
        ("a: | # x\n  one\n", 1, 6),
        ("a: |\n  one\n# x\n", 3, 1),
        ("a: é # x\n", 1, 6),
        ("---\na: [b, # x\n c]\n", 2, 8),
        ("a: b\n# yaml-language-server: $schema=x\n", 2, 1),
        ("# yaml-language-server: $schema=x call jo\na: b\n", 1, 1),
    ],
)
def test_a_comment_is_found_where_it_begins(text: str, line: int, column: int) -> None:
    assert first_comment(text.encode()) == (line, column)
