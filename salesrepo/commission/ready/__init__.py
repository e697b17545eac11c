"""From a plan as it is written to one that pay can be calculated by, and what is wrong with it on the way."""
