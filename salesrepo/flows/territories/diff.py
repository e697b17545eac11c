"""`salesrepo territory diff REV`: which territories mean something else than they did, and what moves with them?"""

from dataclasses import dataclass
from datetime import date

from salesrepo.errors import RefusedError
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.proposals.judge import snapshot_at
from salesrepo.flows.territories.moves import Move, moves
from salesrepo.flows.territories.now import accounts_of, ground_of, snapshot_now
from salesrepo.territory.changes import Changed, changes
from salesrepo.vcs.refs import resolve


@dataclass(frozen=True)
class Difference:
    """Territories that changed since a revision, and the known accounts that move by it on `day`.

    `later` are further days on which a changed territory begins.
    """

    revision: str
    day: date
    territories: tuple[Changed, ...]
    moves: tuple[Move, ...]
    later: tuple[date, ...]

    @property
    def claims(self) -> int:
        """How many held claims move."""
        return sum(bool(move.holder) for move in self.moves)

    @property
    def deals(self) -> int:
        """How many open deals move."""
        return sum(len(move.deals) for move in self.moves)


def difference(ws: Workspace, revision: str, *, day: date) -> Difference:
    """What changed between a revision and now (with what is noted or edited here).

    The accounts' facts are those of now. Raises RefusedError where the revision is not known.
    """
    oid = resolve(ws.desk.git_dir, revision)
    if oid is None:
        raise RefusedError(f"There is no revision {revision} here.", hint="Name a commit, a branch or a tag.")
    before, after = ground_of(snapshot_at(ws.objects, oid)), ground_of(snapshot_now(ws))
    changed = tuple(changes(before.whole, after.whole))
    found = tuple(moves(ws, before, after, accounts_of(ws), day=day))
    later = tuple(sorted({one.starts for one in changed if one.starts > day}))
    return Difference(revision, day, changed, found, later)
