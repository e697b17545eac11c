"""One command per file: parse, call a flow, print, exit."""
