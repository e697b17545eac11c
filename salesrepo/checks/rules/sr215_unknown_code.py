"""SR215: does every code of a territory exist?"""

from collections.abc import Iterator

from salesrepo.checks.borders import told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding


@rule("SR215", "unknown-code", audit=True)
def SR215(ctx: CheckContext) -> Iterator[Finding]:
    """Codes are those of ISO 3166, the company's industry scheme and its regions; accounts are named by their key.

    ## Why
    A code that nobody knows means nothing: accounts would be without a seller, and nobody would notice. The company
    uses NAICS or ISIC, never both, because they do not translate into each other.
    It is the check T005 of the definition of territories.

    ## Fix
    Correct the code. A region such as DACH is defined once, under `regions:` of policy/territory.yml.
    """
    yield from told(ctx, "SR215", "unknown-code", "alias")
