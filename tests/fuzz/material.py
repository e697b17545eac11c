"""What are fuzz tests made of: records of a company, the signs that hostile texts consist of, and changes of bytes?"""

from hypothesis import strategies as st

from salesrepo.domain.paths import place_of
from tests.checks.build import company

RECORDS = sorted(
    (path, data) for path, data in company().items() if (place := place_of(path)) and not place.kind.opaque
)

# Signs that mean something to YAML, terminals, Markdown, HTML, CSV, shells, workflows, Git or a reader of text.
SIGNS = [
    *(
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "<<: ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "# ",
        "|\n",
        ">-\n",
        "? ",
        ": ",
        "- ",
        "[",
        "]",
        "{",
    ),
    *(
        "}",
        ",",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        '"',
        "'",
        "\\",
        "\\u202e",
        "\\ud800",
        "~",
        "null",
        "yes",
        "0x1F",
        "1e9",
        "NaN",
    ),
    *(
        "\x00",
        "\x07",
        "\x1b[2J",
        "\x1b]8;;http://x\x07",
        "\x7f",
        "\x85",
        "\x9b31m",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
    ),
    *(
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u202e",
        "\u2066",
        "\u00ad",
        "\u034f",
        "\u3164",
        "\u2800",
        "\U000e0041",
        "\ue000",
    ),
    *(
        "::error::",
        "::set-output name=x::",
        "##[group]",
        "%0A",
        "%25",
        "${{ x }}",
        "$(id)",
        "`id`",
        "```",
        "``",
        "&&",
        "|",
        ";",
    ),
    *(
        "=1+1",
        "@SUM",
        "+1",
        "-1",
        "＝1",
        "|x",
        "<script>",
        "</td>",
        "<!--",
        "]]>",
        "&lt;",
        "&#x0;",
        "javascript:",
        "https://x",
    ),
    *("[a](b)", "![", "@ana", "#12", "GH-1", "www.x", "**", "__", "~~", "1. ", "> ", "$x$", "\\[", "http://", "a@b.c"),
    *(
        "é",
        "e\u0301",
        "\u0316\u0301",
        "ﷺ",
        "ß",
        "İ",
        "ſ",
        "Ω",
        "Ａ",
        "٣",
        "株式会社",
        "می‌خواهم",
        "👩‍💻",
        "🏴",
        "a" * 300,
    ),
    *(
        "../",
        "/",
        "//",
        ".git",
        "con",
        "nul.yml",
        "\udcff",
        "--output=x",
        "-",
        "..",
        "xn--a",
        "localhost",
        "127.0.0.1",
        "[::1]",
    ),
]

# Numbers made characters: a table of all characters takes Hypothesis seconds to build.
characters = st.integers(0, 127).map(chr) | st.integers(0, 0xFFFF).map(chr) | st.integers(0, 0x10FFFF).map(chr)
texts = st.lists(st.sampled_from(SIGNS) | characters, max_size=14).map("".join)


def out_of(letters: str, least: int, most: int) -> st.SearchStrategy[str]:
    """Texts of these letters alone."""
    return st.lists(st.sampled_from(letters), min_size=least, max_size=most).map("".join)


LETTERS, DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
postals = st.tuples(out_of(DIGITS + "AZ#", 1, 1), out_of(DIGITS + "AZ# -", 0, 11)).map("".join)
words = texts.map(lambda text: text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A record of the company with a few changes: bytes put in, taken out, turned, lines doubled, moved, cut off."""
    path, data = draw(st.sampled_from(RECORDS))
    for _ in range(draw(st.integers(1, 4))):
        data = _changed(draw, data)
    return path, data


def _changed(draw: st.DrawFn, data: bytes) -> bytes:
    at = draw(st.integers(0, len(data)))
    before, after = data[:at], data[at:]
    lines = data.splitlines(keepends=True) or [b""]
    row = at % len(lines)
    bit = draw(st.integers(0, 7))
    changes = {
        "sign": before + draw(st.sampled_from(SIGNS)).encode("utf-8", "surrogatepass") + after,
        "bytes": before + draw(st.binary(max_size=6)) + after,
        "cut": before + after[draw(st.integers(1, 40)) :],
        "turn": before + bytes(byte ^ 1 << bit for byte in after[:1]) + after[1:],
        "double": b"".join([*lines[:row], *lines[row : row + 1] * draw(st.integers(2, 9)), *lines[row + 1 :]]),
        "move": b"".join([*lines[row:], *lines[:row]]),
        "end": before,
    }
    return changes[draw(st.sampled_from(sorted(changes)))]
