"""Are the budgets kept? Each is a ratio to a floor that is measured in turns with it, inside one run."""
