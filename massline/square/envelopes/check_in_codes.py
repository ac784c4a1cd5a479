"""The code at the door: six letters and figures by which somebody is checked in without anybody reading a name.

It comes from the hash of the manage link, so it is stored nowhere and means nothing to who has not this event's
envelopes. Its last letter is a check over the first five: a phone without a network finds a slip of the tongue or
the thumb (any one sign, any two neighbours swapped) by itself.
"""

import hashlib

from massline.web.absolute_urls import TYPEABLE

FREE = 5


def check_in_code(token_hash: str) -> str:
    """Return the code of one sign-up.

    >>> check_in_code("00" * 32) == check_in_code("00" * 32)
    True
    >>> has_valid_check(check_in_code("00" * 32))
    True
    """
    drawn = int.from_bytes(
        hashlib.blake2b(token_hash.encode(), digest_size=8, person=b"at the door").digest()
    )
    signs = []
    for _ in range(FREE):
        drawn, place = divmod(drawn, len(TYPEABLE))
        signs.append(TYPEABLE[place])
    return "".join(signs) + _check(signs)


def spell_code(code: str) -> str:
    """Write it in two halves, as it is read out.

    >>> spell_code("k7q2mx")
    'k7q 2mx'
    """
    return f"{code[:3]} {code[3:]}"


def has_valid_check(code: str) -> bool:
    """True if the check fits, which is no proof that anybody has this code."""
    fits = len(code) == FREE + 1 and all(sign in TYPEABLE for sign in code)
    return fits and code[-1] == _check(list(code[:-1]))


def _check(signs: list[str]) -> str:
    """31 signs are a prime number of them, so weights 1 to 5 tell every single slip and every swap of neighbours."""
    weighed = sum(place * TYPEABLE.index(sign) for place, sign in enumerate(signs, start=1))
    return TYPEABLE[weighed % len(TYPEABLE)]
