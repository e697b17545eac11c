"""Records out of other systems' exports: rows in, records and a report out. No disk, no Git, no clock."""
