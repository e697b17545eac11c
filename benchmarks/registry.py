"""Every measurement, in the order of the table. A new one is one file and one line below."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from benchmarks import brand, bulk_pay, log_call, one_deal, pr_check, sizes, startup, territories, whole_check
from benchmarks.measure import Effort, Row

ROWS: Mapping[str, Callable[[Effort], Iterator[Row]]] = MappingProxyType(
    {
        "startup": startup.rows,
        "log": log_call.rows,
        "pr": pr_check.rows,
        "whole": whole_check.rows,
        "territories": territories.rows,
        "brand": brand.rows,
        "bulk": bulk_pay.rows,
        "deal": one_deal.rows,
        "sizes": sizes.rows,
    }
)
