"""Commission: what each person earns for each event, as a pure function on whole numbers, and why."""
