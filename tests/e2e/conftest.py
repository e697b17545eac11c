"""The companies in which people live here."""

from tests.helpers.office import founded, office, unchanged

__all__ = ["founded", "office", "unchanged"]
