"""The territory engine: who may claim what, and proof that no two territories claim the same account. Pure."""
