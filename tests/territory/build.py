"""How do tests of the territory room write territories down? As the plain YAML of a record, read strictly."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from salesrepo.domain.kinds.policy_territory import CoverageRole, TerritoryPolicy
from salesrepo.domain.kinds.territory import TERRITORY, Territory
from salesrepo.store.model import validate

CASES = Path(__file__).parent / "cases"
START = date(2027, 1, 1)
POLICY = TerritoryPolicy(
    layers=("core", "cloud"),
    roles={
        "closer": CoverageRole(exclusive=True, max_holders=1),
        "lead_generator": CoverageRole(max_holders=2),
        "specialist": CoverageRole(overlay=True),
    },
)


def plain(text: str) -> Any:
    """YAML with every scalar kept as text, as the strict reader does."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def table(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = plain((CASES / name).read_text(encoding="utf-8"))
    return found


def territory(path: str, given: dict[str, Any] | str = "", **more: Any) -> Territory:
    """A territory in force from START with these fields; `given` may be YAML."""
    fields = (plain(given) or {}) if isinstance(given, str) else given
    record = {"territory": path, "name": path, "starts": START.isoformat(), **fields, **more}
    return validate(TERRITORY, record, path=f"territories/{path}.yml")
