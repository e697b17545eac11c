"""How are things that happen named so that names sort by time and never collide?"""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_ulid(milliseconds: int, randomness: bytes) -> str:
    """A ULID in lower case: 48 bits of time since 1970 in milliseconds and 80 random bits (10 bytes)."""
    number = (milliseconds << 80) | int.from_bytes(randomness[:10], "big")
    return "".join(_DIGITS[(number >> shift) & 31] for shift in range(125, -5, -5))
