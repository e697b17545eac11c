"""How people come, change and leave."""
