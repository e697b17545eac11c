"""Which exports can be read? A new one is its file here and one line below."""

from collections.abc import Mapping
from types import MappingProxyType

FORMATS: Mapping[str, str] = MappingProxyType({"crm-csv": "crm_csv:plan_import"})
