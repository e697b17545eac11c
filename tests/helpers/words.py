"""Does a text that a seller reads speak of Git, of paths or of ids? (Rule 15: sellers never meet Git.)"""

import re

# Whole words, with their everyday endings. `salesrepo` itself is the tool's name and stays out of it.
_WORDS = re.compile(
    r"""(?ix)
    \b(?:
        git | forge
      | commit(?:s|ted|ting)? | branch(?:es|ed)? | fork(?:s|ed|ing)? | clon(?:e|es|ed|ing)
      | push(?:es|ed|ing)? | pull(?:s|ed|ing)? | fetch(?:es|ed|ing)? | check(?:ed)?[ -]?out
      | merg(?:e|es|ed|ing) | rebas(?:e|es|ed|ing) | stash(?:es|ed)? | diffs?
      | heads? | blobs? | shas? | refs? | upstream | remotes? | worktrees? | trailers? | changesets?
      | repos? | repositor(?:y|ies) | prs?
    )\b
    | \b[0-9a-f]{40}(?:[0-9a-f]{24})?\b             # an object id
    | \b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,12}\b  # a short one
    | (?:[\w.<>-]+/)+[\w.<>-]+\.(?:yml|yaml|md|git)\b  # a path in the repository
    | \brefs/\S+
    """
)


def git_words(text: str) -> list[str]:
    """What in `text` a seller should never have to read, in order; empty where all is well."""
    return [match[0] for match in _WORDS.finditer(text)]
