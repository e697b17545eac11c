"""SR222: does a changed territory say something that its own holder has already?"""

from collections.abc import Iterator

from salesrepo.checks.borders import borders, told
from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR222", "redundant-rule", audit=True)
def SR222(ctx: CheckContext) -> Iterator[Finding]:
    """Each rule, exclude and territory of one owner says something that the others do not say.

    ## Why
    A rule that others cover, an exclude that takes nothing away, or two territories of one holder that overlap do no
    harm today, and mislead whoever changes one of them tomorrow. It is the check T012 of the definition of
    territories.

    ## Fix
    Remove what is said twice, or merge the two territories.
    """
    yield from told(ctx, "SR222", "redundant", severity=Severity.WARNING)
    found = borders(ctx)
    if found is None:
        return
    for overlap in found.overlaps:
        owners = {who.rpartition(" ")[2] for who in overlap.first_holders}
        if overlap.certain and owners and owners == {who.rpartition(" ")[2] for who in overlap.second_holders}:
            names = ", ".join(ctx.who(owner) for owner in sorted(owners))
            message = f"{names} holds both {overlap.first} and {overlap.second} where they overlap."
            at = Location(found.file_of(overlap), ("rules",))
            yield Finding("SR222", Severity.WARNING, message, at, hint="Merge the two into one territory.")
