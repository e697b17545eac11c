"""Which forges there are, and how the chosen one is opened; the others never load."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from salesrepo.errors import RefusedError
from salesrepo.forge.base import Forge, ForgeSettings

FORGES: Mapping[str, str] = MappingProxyType(
    {
        "local": "salesrepo.forge.local:open_local",
        "ssh": "salesrepo.forge.ssh:open_ssh",
    }
)


def open_forge(settings: ForgeSettings) -> Forge:
    """The forge that these settings name. Raises RefusedError for an unknown name, or where there is none."""
    if settings.name not in FORGES:
        raise RefusedError(
            f"There is no forge called {settings.name[:40]!r}.", hint=f"Choose one of: {', '.join(FORGES)}."
        )
    module, _, maker = FORGES[settings.name].partition(":")
    opener: Callable[[ForgeSettings], Forge] = getattr(import_module(module), maker)
    return opener(settings)
