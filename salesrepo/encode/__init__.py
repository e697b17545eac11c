"""How does a stranger's text enter another language and stay text? One file per sink; the terminal's is cli/console."""
