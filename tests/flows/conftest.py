"""The companies in which flows run here."""

from tests.helpers.office import founded, office, shipped, unchanged

__all__ = ["founded", "office", "shipped", "unchanged"]
