"""SR218: can it be proved that a changed territory keeps to its borders?"""

from collections.abc import Iterator

from salesrepo.checks.borders import borders, told
from salesrepo.checks.rule import CheckContext, rule, sentence
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR218", "unprovable-border", audit=True, waivable=True)
def SR218(ctx: CheckContext) -> Iterator[Finding]:
    """A border that cannot be proved counts as an overlap.

    ## Why
    Nobody knows in which subdivision every postal prefix lies, and with very many excludes no proof comes to an end.
    What cannot be proved is refused rather than guessed, unless policy/territory.yml says `unprovable: warning`. It is
    the check T008 of the definition of territories.

    ## Fix
    Add the subdivision to the rule with the postal prefix, or say with fewer excludes what each territory covers.
    Where a prefix lies can be told once for all rules, under `postal_places:` of policy/territory.yml.
    """
    found = borders(ctx)
    if found is None:
        return
    severity = Severity.WARNING if found.strict.unprovable == "warning" else Severity.ERROR
    for overlap in found.overlaps:
        if not overlap.certain:
            at = Location(found.file_of(overlap), ("rules",))
            yield Finding("SR218", severity, sentence(overlap.message), at, hint=overlap.hint)
    yield from told(ctx, "SR218", "unprovable", severity=severity)
