"""Counts of people by lists that somebody may choose at will, rounded so that two of them do not give one person away.

Unbiased random rounding (Fellegi 1975; Willenborg and de Waal 2001, chapter 5.4): a count becomes the multiple of k
below it or the one above, the nearer one more often. Between two lists that differ by one person both figures are
most often the same, and where they differ it proves nothing. The draw must be fixed for a count of the same data by the same
list, or the count could be had by asking again and again.
"""

import hashlib


def round_randomly(count: int, k: int, draw: float) -> int:
    """Round to a multiple of `k`: up with a chance of the remainder over `k`, by a `draw` from [0, 1).

    Examples
    --------
    >>> round_randomly(12, 5, 0.39), round_randomly(12, 5, 0.41), round_randomly(0, 5, 0.0)
    (15, 10, 0)
    """
    if count < 0 or k < 1 or not 0 <= draw < 1:
        raise ValueError(f"cannot round {count} to multiples of {k} by {draw}")
    below, rest = divmod(count, k)
    return k * (below + (draw < rest / k))


def fixed_draw(secret: str, *about: object) -> float:
    """A number from [0, 1) that is always the same for the same question, and unknown without the secret."""
    key = hashlib.sha256(secret.encode()).digest()
    said = hashlib.blake2b(repr(about).encode(), key=key, digest_size=7).digest()
    return int.from_bytes(said, "big") / 2**56
