"""How the ledger is written, read and proved."""
