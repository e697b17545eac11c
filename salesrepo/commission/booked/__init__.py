"""How a line is written into the ledger and read from it again, part by part."""
