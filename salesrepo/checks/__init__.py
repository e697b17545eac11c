"""The rules of the house: pure functions over a proposal and the records around it."""
