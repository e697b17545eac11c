"""The companies in which flows run here."""

from tests.helpers.office import founded, office

__all__ = ["founded", "office"]
