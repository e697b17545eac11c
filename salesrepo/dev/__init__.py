"""The door for developers: what is generated from the code, and whether it still agrees."""
