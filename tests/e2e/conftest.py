"""The companies in which people live here."""

from tests.helpers.office import founded, office

__all__ = ["founded", "office"]
