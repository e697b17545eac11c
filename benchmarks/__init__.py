"""Are the budgets of docs/budgets.md kept? Each is a ratio to a floor, measured in turns with it inside one run."""
