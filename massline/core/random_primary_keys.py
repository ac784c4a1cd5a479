"""Primary keys that say nothing about which row came first."""

import os

KEY_BITS = 53


def random_primary_key() -> int:
    """A random number from 1 to 2 to the 53rd."""
    return (int.from_bytes(os.urandom(7), "big") >> (56 - KEY_BITS)) + 1
