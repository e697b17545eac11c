"""Does the holder of a claim still sell where its account lies; if not, since when, and until when is it left to them?

Only what main records is asked: the claim's own territory by path, and all territories once that one has lost the
account or its holder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from salesrepo.checks.rule import CheckContext
from salesrepo.checks.territories import facts_stand, outside
from salesrepo.domain.kinds.account import ACCOUNT, Account
from salesrepo.domain.kinds.claim import Claim
from salesrepo.domain.kinds.deal import DEAL
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT, NamedAccount
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY, Holdover
from salesrepo.domain.kinds.territory import TERRITORY, Territory, territory_file
from salesrepo.errors import RecordError
from salesrepo.territory.area import areas
from salesrepo.territory.atlas import Atlas, atlas
from salesrepo.territory.codes import PLAIN, codes_of
from salesrepo.territory.coverage import holds, left_on
from salesrepo.territory.holdover import keeper, kept_until
from salesrepo.territory.place import find
from salesrepo.territory.placing import place_all

_PLACED = "placed"
_ATLAS = "atlas of main"
_ELSEWHERE = ("group", "not-effective", "named-elsewhere", "outside-group", "outside", "taken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """That a claim's holder sells no longer, or soon will not, where its account lies.

    `since`: the first such day; None where no record dates it. `last`: the last day on which the claim is left to
    them; None where their deal keeps it as long as its lease. `deal`: the id of the deal that keeps it, empty for
    none. `territory`: the path of the one that has the account then, empty for none.
    """

    since: date | None
    last: date | None
    deal: str
    territory: str


def loss_of(ctx: CheckContext, claim: Claim) -> Loss | None:
    """What of a held claim's ground is lost today; None where its holder sells there, or it is a customer's.

    What an import brought in stands on a second person's word, so only a dated end takes it away.
    """
    account = ctx.tip.get(ACCOUNT, account=claim.account)
    if claim.status != "held" or claim.standing == "customer" or account is None:
        return None
    own = ctx.tip.read(TERRITORY, territory_file(claim.territory))
    fits = own is not None and _fits(ctx, claim, account, own)
    if own is not None and fits and _sells(ctx, claim, own, ctx.today):
        return None
    where = _where(ctx, claim, account, ctx.today)
    if where is not None and _sells(ctx, claim, where, ctx.today):
        return None
    since = _since(ctx, claim, own, where, fits=fits)
    if since is None and claim.imported is not None:
        return None
    told_wrong = claim.provisional and since is None and facts_stand(account, claim.holder)
    return _loss(ctx, claim, since, where, keeps=not told_wrong)


def coming_loss(ctx: CheckContext, claim: Claim) -> Loss | None:
    """What of its ground a claim loses on a day that is on record, before its lease ends; None for nothing."""
    account = ctx.tip.get(ACCOUNT, account=claim.account)
    own = ctx.tip.read(TERRITORY, territory_file(claim.territory))
    if claim.status != "held" or claim.standing == "customer" or account is None or own is None:
        return None
    since = left_on(own, claim.holder, day=ctx.today, policy=ctx.tip.get(TERRITORY_POLICY))
    if since is None or not ctx.today < since <= claim.until:
        return None
    where = _where(ctx, claim, account, since)
    sells = where is not None and _sells(ctx, claim, where, since)
    return None if sells else _loss(ctx, claim, since, where, keeps=True)


def place_ahead(ctx: CheckContext, claims: Iterable[Claim]) -> None:
    """Place the accounts of many claims at once, for whoever asks of each: what lies where its claim says is settled.

    What cannot be read is left to be found out claim by claim.
    """
    wanted: dict[str, dict[str, Account]] = {}
    locks: list[NamedAccount] = []
    try:
        for claim in claims:
            _note(ctx, claim, wanted.setdefault(claim.layer, {}), locks)
        whole = _whole(ctx)
    except RecordError:
        return
    ctx.memo[_PLACED] = {
        (key, layer): path
        for layer, accounts in wanted.items()
        for key, path in place_all(whole, accounts, layer=layer, day=ctx.today, named=locks).items()
    }


def _note(ctx: CheckContext, claim: Claim, accounts: dict[str, Account], locks: list[NamedAccount]) -> None:
    account = ctx.tip.get(ACCOUNT, account=claim.account)
    lock = ctx.tip.get(NAMED_ACCOUNT, account=claim.account, layer=claim.layer)
    if account is not None:
        accounts[claim.account] = account
    if lock is not None:
        locks.append(lock)


def _loss(ctx: CheckContext, claim: Claim, since: date | None, where: Territory | None, *, keeps: bool) -> Loss:
    policy = ctx.tip.get(TERRITORY_POLICY)
    terms = policy.holdover if policy else Holdover()
    folder = DEAL.path.fill(account=claim.account, deal="x").rsplit("/", 1)[0]
    deals = [deal for _, deal in ctx.tip.all(DEAL, folder)] if keeps else []
    far = keeper(terms, claim.holder, deals, layer=claim.layer)
    if since is None:
        last = None if far else ctx.today - timedelta(days=1)
    else:
        kept = kept_until(terms, claim.holder, deals, layer=claim.layer, changed=since)
        last = kept or since - timedelta(days=1)
    return Loss(since=since, last=last, deal=far.deal if far else "", territory=where.territory if where else "")


def _fits(ctx: CheckContext, claim: Claim, account: Account, own: Territory) -> bool:
    """Whether the account lies in the claim's own territory; facts that nobody else confirmed do not contradict it."""
    if own.kind == "group" or own.layer != claim.layer or not own.effective(ctx.today):
        return False
    placed = ctx.memo.get(_PLACED)
    if isinstance(placed, Mapping) and placed.get((claim.account, claim.layer)) == own.territory:
        return True
    if not facts_stand(account, claim.holder):
        return True
    reason = outside(ctx, claim, account, own)
    return reason is None or reason.name not in _ELSEWHERE


def _sells(ctx: CheckContext, claim: Claim, territory: Territory, day: date) -> bool:
    policy = ctx.tip.get(TERRITORY_POLICY)
    return territory.effective(day) and holds(territory, claim.holder, day=day, policy=policy)


def _since(
    ctx: CheckContext, claim: Claim, own: Territory | None, where: Territory | None, *, fits: bool
) -> date | None:
    """The first day without coverage, where records date one within the claim's time."""
    policy = ctx.tip.get(TERRITORY_POLICY)
    known: list[date | None] = []
    if own is not None and (fits or not own.effective(ctx.today)):
        known.append(left_on(own, claim.holder, day=ctx.today, policy=policy))
    if not fits:
        lock = ctx.tip.get(NAMED_ACCOUNT, account=claim.account, layer=claim.layer)
        if lock is not None:
            known.append(lock.ends if lock.territory == claim.territory else lock.starts)
        if where is not None:
            known.append(left_on(where, claim.holder, day=ctx.today, policy=policy))
    return max((day for day in known if day is not None and claim.since < day <= ctx.today), default=None)


def _where(ctx: CheckContext, claim: Claim, account: Account, day: date) -> Territory | None:
    """The territory that has the account on a day, by what is stated of it."""
    lock = ctx.tip.get(NAMED_ACCOUNT, account=claim.account, layer=claim.layer)
    whole = _whole(ctx)
    path = find(whole, account, key=claim.account, layer=claim.layer, day=day, named=(lock,) if lock else ())
    return whole.by_path[path].territory if path else None


def _whole(ctx: CheckContext) -> Atlas:
    """All territories of main, encoded once for each judgement."""
    known = ctx.memo.get(_ATLAS)
    if isinstance(known, Atlas):
        return known
    policy = ctx.tip.get(TERRITORY_POLICY)
    found = (territory for _, territory in ctx.tip.all(TERRITORY, "territories"))
    whole = ctx.memo[_ATLAS] = atlas(areas(found, codes_of(policy) if policy else PLAIN))
    return whole
