"""The door for people: parse, call, print, exit."""
