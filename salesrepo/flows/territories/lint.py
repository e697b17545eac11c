"""`salesrepo territory lint`: what is wrong with the territories as they are now?"""

from salesrepo.checks.engine import run_checks
from salesrepo.checks.registry import RULES
from salesrepo.checks.rule import CheckContext
from salesrepo.domain.change import PathChange
from salesrepo.domain.finding import CheckReport
from salesrepo.flows.here.workspace import Workspace
from salesrepo.flows.territories.now import FOLDER, POLICY, snapshot_now
from salesrepo.store.changes import read_changes
from salesrepo.store.positions import places_in

_FIRST, _LAST = "SR211", "SR223"


def lint(ws: Workspace) -> CheckReport:
    """Everything that the rules of territories say of all of them, with what is noted or edited here."""
    now = snapshot_now(ws)
    files = [*now.tree.list(FOLDER), *((POLICY, blob) for blob in (now.blob(POLICY),) if blob)]
    changes = tuple(PathChange(path, None, blob) for path, blob in files)
    context = CheckContext(
        change=read_changes(changes, now, now),
        tip=now,
        result=now,
        actor_id=ws.identity.forge_id,
        actor=ws.node(ws.me),
        today=ws.today,
    )
    return run_checks(context, (rule for rule in RULES if _FIRST <= rule.code <= _LAST), locate=places_in(now))
