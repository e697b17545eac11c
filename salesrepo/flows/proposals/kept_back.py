"""For whose open proposals does the sweep leave a claim as it is for a while?

What ends a claim or passes it on waits for whoever asks for the lead (`contested.py`): once its lease is over, anybody
may; while it runs, only who acts for the company, since its holder and who would get it could put the end off by one
offer after another. What leaves a claim with its holder waits for the holder's own changes, and for the company's.
"""

from collections.abc import Mapping
from datetime import date

from salesrepo.domain.finding import Verdict
from salesrepo.domain.transitions import Transition
from salesrepo.errors import SalesRepoError
from salesrepo.flows.proposals.contested import asks_for, claim_at, is_patient, verdict_on
from salesrepo.flows.proposals.judge import node_of, snapshot_at
from salesrepo.forge.base import Forge, ProposalState
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.vcs.objects import Objects


def kept_back(forge: Forge, tip: RecordSnapshot, due: Mapping[str, Transition], today: date) -> set[str]:
    """Those of the claims for which something is due (by their paths) that an open proposal keeps as they are.

    A proposal that the rules would refuse now keeps nothing, nor does one that waits for longer than policy lets it.
    """
    kept: set[str] = set()
    for proposal in forge.list(ProposalState.OPEN):
        paths = [path for path in proposal.updates[-1].claims if path in due and path not in kept]
        if not paths or not is_patient(tip, proposal, today):
            continue
        sender = node_of(tip, proposal.actor)
        me = sender.node if sender else ""
        try:
            with Objects(forge.repository(tip.commit, proposal.head)) as objects:
                head = snapshot_at(objects, proposal.head)
                asked = {path for path in paths if _keeps(tip, head, path, due[path], me, today)}
        except SalesRepoError:
            continue  # what cannot be read is refused
        if asked and verdict_on(forge, proposal, tip, today)[0] is not Verdict.REFUSED:
            kept |= asked
    return kept


def _keeps(tip: RecordSnapshot, head: RecordSnapshot, path: str, due: Transition, me: str, today: date) -> bool:
    held, asked = claim_at(tip, path), claim_at(head, path)
    holder, gets = held.holder if held else "", asked.holder if asked else ""
    if (due.claim.status, due.claim.holder) == ("held", holder):
        return me == holder or me != gets
    runs = held is not None and held.status == "held" and held.until >= today
    return asks_for(tip, head, path, today) and not (runs and me in (holder, gets))
