"""What does a command that reads records need? The working copy, main as it was last seen, and the outbox over it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from weakref import finalize

from salesrepo.domain.kinds.node import NODE, Node
from salesrepo.domain.kinds.settings import SETTINGS, Settings
from salesrepo.domain.period import day_in
from salesrepo.domain.record import Kind
from salesrepo.domain.snapshot import V
from salesrepo.errors import RefusedError, UnavailableError
from salesrepo.flows.here.place import Desk, Identity, find_desk
from salesrepo.forge.base import Forge
from salesrepo.store.outbox import Outbox
from salesrepo.store.snapshot import RecordSnapshot
from salesrepo.store.trees import CommitTree, overlay_bytes
from salesrepo.vcs.objects import Objects

SEEN_MAIN = "refs/remotes/origin/main"
SEEN_LEDGER = "refs/remotes/origin/ledger"


@dataclass(frozen=True)
class Workspace:
    """A seller's or maintainer's working copy, opened once per command; everything in it is read when asked for."""

    desk: Desk

    @cached_property
    def identity(self) -> Identity:
        """Who works here, and with which forge."""
        return self.desk.identity()

    @property
    def me(self) -> str:
        """This copy's node."""
        return self.identity.node

    @cached_property
    def forge(self) -> Forge:
        """The forge that this copy sends to. Raises UnavailableError where it is not to be found any more."""
        try:
            return forge_at(self.identity.forge, self.identity.place, self.desk.now, copy=self.desk.git_dir)
        except RefusedError as gone:
            raise UnavailableError(
                "The company cannot be reached from here.",
                hint="What you noted is kept. Check the network or the shared folder: salesrepo doctor",
            ) from gone

    @cached_property
    def objects(self) -> Objects:
        """Git's objects of this copy; the process that reads them ends with this workspace at the latest."""
        found = Objects(self.desk.git_dir)
        finalize(self, found.close)
        return found

    @cached_property
    def main(self) -> str:
        """Main's tip as last seen. Raises RefusedError in a copy that never saw one."""
        tip = self.objects.tip(SEEN_MAIN)
        if tip is None:
            raise RefusedError("This copy has not seen the company's records yet.", hint="Run: sr sync")
        return tip

    @cached_property
    def tip(self) -> RecordSnapshot:
        """Main as last seen."""
        return RecordSnapshot(CommitTree(self.objects, self.main), self.main)

    @cached_property
    def outbox(self) -> Outbox:
        """What is noted here and not accepted yet."""
        return Outbox(self.desk.folder)

    @property
    def view(self) -> RecordSnapshot:
        """Main with the outbox laid over it, as it is now, without what lost to somebody else."""
        lost = {
            item.path
            for item in self.outbox.items()
            if item.state == "refused" and item.base != self.base_of(item.path)
        }
        mine = {path: data for path, data in self.outbox.contents().items() if path not in lost}
        return RecordSnapshot(overlay_bytes(self.tip.tree, mine), self.main)

    @cached_property
    def settings(self) -> Settings:
        """The company's settings on main."""
        return self.needed(SETTINGS)

    @cached_property
    def today(self) -> date:
        """Today in the company's time zone."""
        return day_in(self.settings.time_zone, self.desk.now)

    def needed(self, kind: Kind[V], **ids: str) -> V:
        """A record of main that must be there."""
        value = self.tip.get(kind, **ids)
        if value is None:
            raise RefusedError(
                f"{kind.path.fill(**ids)} is missing from the company's records.", hint="Tell sales operations."
            )
        return value

    def node(self, name: str) -> Node | None:
        """A node's file on main."""
        return self.tip.get(NODE, node=name)

    def who(self, name: str) -> str:
        """A node as people call it."""
        found = self.node(name)
        return found.name if found else name

    def base_of(self, path: str) -> str | None:
        """The blob that main holds at a path now: what an edit of it is based on."""
        blob = self.tip.blob(path)
        return blob.oid if blob else None

    def note(self, path: str, data: bytes | None) -> None:
        """Put a file (None: its removal) into the outbox, based on main as last seen. The caller holds the lock."""
        self.outbox.put(path, data, base=self.base_of(path))

    def close(self) -> None:
        """End the Git process that reads objects."""
        if "objects" in self.__dict__:
            self.objects.close()


def open_workspace(desk: Desk | None = None) -> Workspace:
    """The workspace around the current folder."""
    return Workspace(desk or find_desk())


def forge_at(name: str, place: str, now: datetime, *, copy: Path | None = None) -> Forge:
    """A forge by its kind and where it is, its clock standing at `now`; `copy`: the git directory that asks."""
    from salesrepo.forge.base import ForgeSettings  # noqa: PLC0415 - what works offline needs no forge
    from salesrepo.forge.registry import open_forge  # noqa: PLC0415

    return open_forge(ForgeSettings(name=name, place=place, clock=lambda: int(now.timestamp()), copy=copy))
