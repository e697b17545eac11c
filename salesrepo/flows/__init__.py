"""The verbs: one file each; the only floor where Git, forge, checks and money meet."""
