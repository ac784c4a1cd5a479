"""Primary keys that say nothing about which row came first."""

import os


def unordered_key() -> int:
    return (int.from_bytes(os.urandom(7), "big") >> 3) + 1
