"""SR102: does every changed file stand where its content says?"""

from collections.abc import Iterator

from salesrepo.checks.rule import CheckContext, rule
from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.change_set import RecordChange
from salesrepo.domain.finding import Finding, Location, Severity


@rule("SR102", "path-and-content")
def SR102(ctx: CheckContext) -> Iterator[Finding]:
    """A file must stand at a path of the layout, be a plain file, and say the same as its path.

    ## Why
    The path is the index: "is it taken?" is one look-up. A record that stands elsewhere, or names another account than
    its path, would be invisible to every rule that looks for it.

    ## Fix
    Let `salesrepo` write the file, or move it to the path that the finding names.
    """
    for change in ctx.change.changes:
        at = Location(change.path)
        if change.place is None:
            hint = "See the layout in the guide; what does not belong there stays outside the repository."
            yield Finding("SR102", Severity.ERROR, "No record may stand at this path.", at, hint=hint)
        elif change.change.after and change.change.after.mode != FILE_MODE:
            message = f"This must be a plain file (mode {FILE_MODE}), not {change.change.after.mode}."
            yield Finding("SR102", Severity.ERROR, message, at, hint="Links, folders and programs are never records.")
        elif change.after is not None:
            yield from _disagreement(change)


def _disagreement(change: RecordChange[object]) -> Iterator[Finding]:
    place = change.place
    if place is None or place.kind.stream or place.kind.pointer or place.kind.opaque:
        return
    for slot, said in place.ids.items():
        written = getattr(change.after, slot, None)
        if written is not None and str(written) != said:
            yield Finding(
                "SR102",
                Severity.ERROR,
                f"The file says {slot} {str(written)!r}, its path says {said!r}.",
                Location(change.path, (slot,)),
                hint="Path and content must agree: change one of them.",
            )
