"""The only door to Git: objects, history, commits and transfers, one small file per question."""
