"""What is paid out when a pay period closes: draws, recoveries, a leaver's debt, the payout."""
