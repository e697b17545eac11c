"""What does a change of territories, of names given to them, or of their policy do to the borders?

The areas are encoded once for each judgement, and every rule of SR211 to SR223 takes its own part of the answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from salesrepo.checks.rule import CannotJudge, CheckContext, sentence
from salesrepo.domain.finding import Finding, Location, Severity
from salesrepo.domain.kinds.account import ACCOUNT
from salesrepo.domain.kinds.alias import ALIAS
from salesrepo.domain.kinds.named_account import NAMED_ACCOUNT, NamedAccount
from salesrepo.domain.kinds.policy_territory import TERRITORY_POLICY, TerritoryPolicy
from salesrepo.domain.kinds.territory import TERRITORY, Coverage, Territory, territory_file
from salesrepo.territory.area import Area, area, areas
from salesrepo.territory.atlas import Atlas, atlas
from salesrepo.territory.codes import codes_of, unknown_in_postal_places, unknown_in_regions
from salesrepo.territory.coverage import is_overlay
from salesrepo.territory.gaps import Gap, Suspects, gaps
from salesrepo.territory.overlap import Overlap, overlaps
from salesrepo.territory.region import Product
from salesrepo.territory.structure import Problem
from salesrepo.territory.tree import problems

_MEMO = "borders"
_NAMED = "territories/named"
_CORRECT = "Correct this line of the territory."


@dataclass(frozen=True)
class Borders:
    """All territories after the change, and what of it is to be judged.

    `changed` are the paths of territories whose borders the change may have moved; None: all of them, in an audit or
    where the meaning of codes, layers or roles changed. `named` are the locks to be judged, `keys` the accounts of
    those that name an alias. `policy` says what codes mean after the change, `strict` (main's) how severe a doubt is.
    """

    whole: Atlas
    changed: frozenset[str] | None
    before: Mapping[str, Territory]
    named: tuple[NamedAccount, ...]
    keys: Mapping[str, str]
    policy: TerritoryPolicy
    strict: TerritoryPolicy
    today: date

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Pairs of territories that share an account, or may."""
        return tuple(overlaps(self.whole, changed=self.changed))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with single territories, their place in the tree, and locks."""
        found = problems(self.whole, policy=self.policy, changed=self.changed, named=self.named, keys=self.keys)
        return (*found, *self._regions())

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Parts of groups that the change has left to nobody."""
        suspects = None if self.changed is None else self._suspects(self.changed)
        return tuple(gaps(self.whole, layers=self.policy.layers, since=self.today, suspects=suspects))

    def file_of(self, overlap: Overlap) -> str:
        """The file at which an overlap is told: that of the territory which changed."""
        mine = overlap.first if self.changed is None or overlap.first in self.changed else overlap.second
        return territory_file(mine)

    def helps(self, cover: Coverage) -> bool:
        """Whether a holder is an overlay, who never claims."""
        return is_overlay(cover, policy=self.policy)

    def covers(self) -> Iterator[tuple[Area, int, Coverage]]:
        """The coverage to be judged, with its place: what is new and not over."""
        for found in self.whole.by_path.values():
            old = self.before.get(found.path)
            if self.changed is None or found.path in self.changed:
                stood = old.coverage if old is not None and self.changed is not None else ()
                for at, cover in enumerate(found.territory.coverage):
                    if cover not in stood and (cover.ends is None or cover.ends > self.today):
                        yield found, at, cover

    def _regions(self) -> Iterator[Problem]:
        if self.changed is None:
            for name, unknown in unknown_in_regions(codes_of(self.policy)).items():
                words = f"The region {name} holds {', '.join(unknown)}, which ISO 3166 does not know"
                route = ("regions", name)
                yield Problem("unknown-code", TERRITORY_POLICY.path.text, route, words, "Correct the code.")
            for country, unknown in unknown_in_postal_places(codes_of(self.policy)).items():
                words = f"The postal places of {country} hold {', '.join(unknown)}, which is no part of it"
                at = ("postal_places", country)
                yield Problem("unknown-code", TERRITORY_POLICY.path.text, at, words, "Correct the code.")

    def _suspects(self, changed: Iterable[str]) -> Suspects:
        """The groups in which the change may have opened a gap: where something stood that is smaller now, or gone."""
        groups = [path for path, found in self.whole.by_path.items() if found.territory.kind == "group"]
        found: dict[str, Sequence[Product] | None] = {}
        for path in changed:
            old = self.before.get(path)
            if path in groups:
                found[path] = None
            if old is None:
                continue
            was = area(old, self.whole.codes)
            if old.kind == "residual":
                found[was.above] = None
            for group in groups:  # leaves count wherever they lie
                known = found.get(group, ())
                found[group] = None if known is None else (*known, *was.region.includes)
        return found


def borders(ctx: CheckContext) -> Borders | None:
    """The borders after the change, computed once for all rules; None where the change does not touch them.

    Raises CannotJudge without a policy.
    """
    if _MEMO not in ctx.memo:
        ctx.memo[_MEMO] = _borders(ctx)
    found = ctx.memo[_MEMO]
    return found if isinstance(found, Borders) else None


def told(ctx: CheckContext, code: str, *names: str, severity: Severity = Severity.ERROR) -> Iterator[Finding]:
    """The findings of one rule: the problems of these names."""
    found = borders(ctx)
    for problem in found.problems if found else ():
        if problem.name in names:
            at = Location(problem.file, problem.route)
            yield Finding(code, severity, sentence(problem.message), at, hint=problem.hint or _CORRECT)


def _borders(ctx: CheckContext) -> Borders | None:
    changes = ctx.change.of(TERRITORY)
    policy_changed = _means_something_else(ctx)
    everything = policy_changed or ctx.tip is ctx.result  # an audit changes nothing
    named = () if everything else _locks(ctx)
    if not (changes or policy_changed or named):
        return None
    strict = ctx.tip.get(TERRITORY_POLICY)
    policy = ctx.result.get(TERRITORY_POLICY)
    if strict is None or policy is None:
        raise CannotJudge(f"{TERRITORY_POLICY.path.text} is missing")
    if everything:
        named = tuple(lock for _, lock in ctx.result.all(NAMED_ACCOUNT, _NAMED))
    known = areas((value for _, value in ctx.result.all(TERRITORY, "territories")), codes_of(policy))
    return Borders(
        whole=atlas(known),
        changed=None if everything else frozenset(f"{c.ids['folder']}/{c.ids['id']}" for c in changes),
        before={c.before.territory: c.before for c in changes if c.before},
        named=named,
        keys={lock.account: alias.account for lock in named if (alias := ctx.result.get(ALIAS, alias=lock.account))},
        policy=policy,
        strict=strict,
        today=ctx.today,
    )


def _means_something_else(ctx: CheckContext) -> bool:
    """Whether the policy gives codes, layers or roles another meaning."""
    for change in ctx.change.of(TERRITORY_POLICY):
        old, new = change.before, change.after
        if old is None or new is None or ctx.tip is ctx.result:
            return True
        if codes_of(old) != codes_of(new) or (old.layers, old.roles) != (new.layers, new.roles):
            return True
    return False


def _locks(ctx: CheckContext) -> tuple[NamedAccount, ...]:
    """The locks that change, that name a lost territory, or whose account learns a name; the changed ones come last.

    With each come the locks of the same account under its other names.
    """
    moved = dict(_orphans(ctx)) | {change.path: lock for change, lock in ctx.change.readable(NAMED_ACCOUNT)}
    if ctx.change.of(ALIAS) and ctx.result.blob(_NAMED) is not None:
        policy = ctx.tip.get(TERRITORY_POLICY)
        for _, alias in ctx.change.readable(ALIAS):
            for layer in policy.layers if policy else ():
                moved |= dict(_lock_at(ctx, alias.alias, layer))
    beside = {path: other for lock in moved.values() for path, other in _same_account(ctx, lock) if path not in moved}
    return (*beside.values(), *moved.values())


def _orphans(ctx: CheckContext) -> Iterator[tuple[str, NamedAccount]]:
    """Locks that stay and name a territory which is removed, or holds accounts of that layer no longer."""
    lost = {
        c.before.territory
        for c in ctx.change.of(TERRITORY)
        if c.before and (c.after is None or (c.before.kind, c.before.layer) != (c.after.kind, c.after.layer))
    }
    if lost:
        locks = ctx.result.all(NAMED_ACCOUNT, _NAMED)
        yield from ((path, lock) for path, lock in locks if lock.territory in lost)


def _identities(ctx: CheckContext, lock: NamedAccount) -> tuple[str, ...]:
    """The key of the account that a lock names, and the account's aliases."""
    alias = ctx.result.get(ALIAS, alias=lock.account)
    key = alias.account if alias else lock.account
    account = ctx.result.get(ACCOUNT, account=key)
    return (key, *(account.aliases if account else ()))


def _same_account(ctx: CheckContext, lock: NamedAccount) -> Iterator[tuple[str, NamedAccount]]:
    for name in _identities(ctx, lock):
        yield from _lock_at(ctx, name, lock.layer)


def _lock_at(ctx: CheckContext, name: str, layer: str) -> Iterator[tuple[str, NamedAccount]]:
    path = NAMED_ACCOUNT.path.fill(account=name, layer=layer)
    lock = ctx.result.read(NAMED_ACCOUNT, path)
    if lock is not None:
        yield path, lock
