"""Primary keys that say nothing about which row came first."""

import secrets


def unordered_key() -> int:
    return secrets.randbelow(2**53 - 1) + 1
