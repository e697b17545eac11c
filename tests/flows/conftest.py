"""The companies in which flows run here."""

from tests.helpers.office import founded, office, unchanged

__all__ = ["founded", "office", "unchanged"]
