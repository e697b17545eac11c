"""How is pay worked out for very many events at once? DuckDB joins, partitions and sorts; the one engine calculates.

Needs `salesrepo[bulk]`. Nothing here decides what anybody is paid.
"""
