"""`salesrepo init`: lay out a company's repository on the embedded forge, with its first maintainer."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from salesrepo.domain.change import FILE_MODE
from salesrepo.domain.kinds.node import NODE, Node, RoleTerm
from salesrepo.domain.kinds.registry import KINDS
from salesrepo.domain.kinds.user import USER, User
from salesrepo.domain.money import decimals_of
from salesrepo.domain.paths import place_of
from salesrepo.domain.period import day_in
from salesrepo.domain.private_pay import is_of_pay
from salesrepo.errors import ConflictError, RefusedError
from salesrepo.flows.people.join import Joined, join_as
from salesrepo.resources import resource
from salesrepo.store.emit import quoted
from salesrepo.store.records import file_of
from salesrepo.store.snapshot import parse

FIRST_ID = "1"  # the embedded forge counts its users from one
FIRST_ROLES = ("sales_ops", "finance", "brand", "import")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the company is called, its money and time zone, who maintains it first, and who may know what is paid."""

    company: str
    currency: str
    time_zone: str
    node: str
    name: str
    pay: Literal["open", "private"] = "open"


@dataclass(frozen=True, slots=True)
class Founded:
    """Where the forge is, and the first maintainer's working copies; `finance` is None where pay is open."""

    forge: Path
    root: str
    joined: Joined
    finance: Joined | None = None


def layout(wanted: Wanted, *, forge_id: str, now: datetime) -> dict[str, bytes]:
    """Every file of a new company's root commit, checked as any other record. Raises RecordError, RefusedError."""
    decimals_of(wanted.currency)
    if place_of(NODE.path.fill(node=wanted.node)) is None:
        raise RefusedError(
            f"{wanted.node[:60]!r} cannot be a node's name.", hint="Use a-z, 0-9 and -, such as ana-lima."
        )
    today = day_in(wanted.time_zone, now)
    top = resource("templates") / "repo"
    values = {'"@NAME@"': quoted(" ".join(wanted.company.split())), "@CURRENCY@": wanted.currency}
    values |= {"@TIME_ZONE@": wanted.time_zone, "pay: open\n": f"pay: {wanted.pay}\n"}
    files = {}
    for file in sorted(top.rglob("*")):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            for mark, value in values.items():
                text = text.replace(mark, value)
            files[file.relative_to(top).as_posix()] = text.encode()
    for kind in KINDS:
        schema = resource("schemas") / f"{kind.name}.schema.json"
        if schema.is_file():
            files[f"schemas/{schema.name}"] = schema.read_bytes()
    terms = tuple(RoleTerm(role=role, starts=today) for role in FIRST_ROLES)
    first = Node(node=wanted.node, name=wanted.name, forge_id=forge_id, roles=terms)
    files.update([file_of(NODE, first), file_of(USER, User(forge_id=forge_id, node=wanted.node))])
    _check(files)
    return files


def _check(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        place = place_of(path)
        if place is None:
            raise RefusedError(f"No record may stand at {path}.", hint="This is a fault of the template.")
        parse(place.kind, data, path=path)


def found(folder: Path, wanted: Wanted, *, now: datetime) -> Founded:
    """Make the embedded forge in `folder/forge` and the first maintainer's copy beside it.

    Raises ConflictError where something stands there already, RefusedError for a currency or time zone that is none.
    """
    from salesrepo.flows.proposals.mirror import followed  # noqa: PLC0415 - the other forges need none of it
    from salesrepo.forge.local import LocalForge  # noqa: PLC0415
    from salesrepo.forge.local_setup import FINANCE  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConflictError(f"{folder} is not empty.", hint="Choose a new folder.")
    files = layout(wanted, forge_id=FIRST_ID, now=now)
    when = int(now.timestamp())
    forge = LocalForge.create(folder / "forge", clock=lambda: when)
    forge.join(wanted.node)
    changes = {path: (FILE_MODE, data) for path, data in files.items()}
    apart = {path: changes.pop(path) for path in files if wanted.pay == "private" and is_of_pay(path)}
    root = forge.found(changes, message=f"Found {wanted.company}\n", when=when)
    joined = join_as(str(folder / "forge"), wanted.node, folder / wanted.node, name=wanted.name, now=now)
    if wanted.pay == "open":
        return Founded(folder / "forge", root, joined)
    place = folder / "forge" / FINANCE
    inner = LocalForge.create(place, clock=lambda: when)
    place.chmod(0o700)  # its owner lets others of finance in; Git would let in the group of whoever founded it
    inner.advance_main(followed(inner, None, first=apart)[0], old=None)
    copy = folder / f"{wanted.node}-finance"
    return Founded(folder / "forge", root, joined, join_as(str(place), wanted.node, copy, name=wanted.name, now=now))
