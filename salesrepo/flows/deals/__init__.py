"""What is done with a lead that one has: activities, deals, quotes, stages."""
