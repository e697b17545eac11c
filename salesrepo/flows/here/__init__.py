"""What the one who types has: the working copy, main as it was last seen, the outbox, and what is theirs."""
