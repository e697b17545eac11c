"""Which exports can be read? A new one is its file here and one line below."""

from collections.abc import Mapping
from types import MappingProxyType

FORMATS: Mapping[str, str] = MappingProxyType({"crm-csv": "crm_csv:plan_import"})

BILLING: Mapping[str, str] = MappingProxyType({"csv": "billing-csv.yml", "stripe": "billing-stripe.yml"})
"""Which reports of billing can be read, and the mapping that ships for each: a new one is its mapping alone."""
