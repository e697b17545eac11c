"""What do libyaml's complaints mean to a person who wrote the file?"""

_CLOSE_QUOTE = "Add the closing quote."
_DIRECTIVE = ("Directives (%) are not allowed.", "Delete this line.")
_SENTENCES = {
    "mapping values are not allowed in this context": (
        "A colon stands where no field can begin.",
        'Check the indent of this line, and put text that contains ": " in double quotes.',
    ),
    "found character that cannot start any token": (
        "A value cannot begin with this character, and lines cannot be indented with tabs.",
        "Indent with spaces, or put the text in double quotes.",
    ),
    "could not find expected ':'": ("A colon is missing after the field's name.", "Write `field: value`."),
    "did not find expected key": ("A field's name was expected here.", "Check the indent and the quotes around here."),
    "did not find expected '-' indicator": ("An item of the list was expected here.", "Check the indent of this line."),
    "did not find expected ',' or ']'": ("The list in [ ] is not closed.", "Add the missing comma or ]."),
    "did not find expected ',' or '}'": ("The fields in { } are not closed.", "Add the missing comma or }."),
    "found unexpected end of stream": ("A quote is opened and never closed.", _CLOSE_QUOTE),
    "found unexpected document indicator": ("A quote is opened and never closed.", _CLOSE_QUOTE),
    "found unknown escape character": (
        "Text in double quotes has an unknown \\ escape.",
        "Write \\\\ for a backslash.",
    ),
    "found invalid Unicode character escape code": ("This \\u escape is no character.", "Write the character itself."),
    "block sequence entries are not allowed in this context": (
        "A list item stands where no list can begin.",
        "Put the list on lines of its own below the field.",
    ),
    "did not find expected <document start>": ("The file goes on after its record ended.", "Check the indent."),
    "found undefined tag handle": ("Tags (!) are not allowed.", "Write it as plain text."),
    "found unknown directive name": _DIRECTIVE,
    "found incompatible YAML document": _DIRECTIVE,
    "found duplicate %YAML directive": _DIRECTIVE,
}


def explain(problem: str) -> tuple[str, str]:
    """Sentence and hint for a problem in libyaml's words; one that people seldom cause is quoted as it is."""
    return _SENTENCES.get(problem, (f"This is not valid YAML ({problem}).", "Check the indent and the quotes."))
