"""Passphrases that are refused: short ones, common ones, patterns, and names of the account or organisation.

Follows NIST SP 800-63B-4: fifteen characters, a blocklist, no rules on kinds of characters, no forced change.
"""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext as _

FEWEST_LETTERS = 6
LEFT_OVER = 10
SHORTEST_NAME = 4
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
FAMOUS = {
    "correcthorsebatterystaple",
    "tobeornottobethatisthequestion",
    "thequickbrownfoxjumpsoverthelazydog",
}


def passphrase_problem(passphrase: str, *, names: Iterable[str] = ()) -> str | None:
    """Return what to do instead, in a sentence, or None if the passphrase may be used.

    `names` are the account's own and its organisations'.
    """
    if len(passphrase) < settings.PASSPHRASE_LENGTH:
        return _("Too short: use four or five words, at least %(n)d characters.") % {
            "n": settings.PASSPHRASE_LENGTH
        }
    plain = _plain(passphrase)
    if is_pattern(plain):
        return _(
            "This repeats itself or follows the keyboard or the alphabet. Use four or five words "
            "that have nothing to do with each other."
        )
    if is_famous(plain):
        return _("This passphrase is on lists that attackers try first. Use words nobody else would choose.")
    if any(is_mostly(plain, _plain(name)) for name in names):
        return _(
            "This is mostly a name other people know. Use words that have nothing to do with you "
            "or your group."
        )
    return None


def is_famous(plain: str) -> bool:
    """True if it is one of the 20,000 most common, also with digits around it or repeated."""
    bare = plain.strip("0123456789")
    return plain in FAMOUS or bool({plain, bare, _unit(plain), _unit(bare)} & common_passphrases())


def is_pattern(plain: str) -> bool:
    """True if it has few different letters, repeats itself, or mostly follows the keyboard or the alphabet."""
    if len(set(plain)) < FEWEST_LETTERS or len(_unit(plain)) * 2 <= len(plain):
        return True
    steps = [first + second for first, second in pairwise(plain)]
    return sum(step in keyboard_walks() for step in steps) * 3 >= len(steps) * 2


def is_mostly(plain: str, name: str) -> bool:
    """True if it is the name with little added."""
    return len(name) >= SHORTEST_NAME and name in plain and len(plain.replace(name, "")) < LEFT_OVER


@cache
def common_passphrases() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


@cache
def keyboard_walks() -> frozenset[str]:
    """All pairs of neighbouring characters, in both directions."""
    pairs = {first + second for row in ROWS for first, second in pairwise(row)}
    return frozenset(pairs | {pair[::-1] for pair in pairs})


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _unit(text: str) -> str:
    """The shortest string whose repetition begins with the text."""
    for length in range(1, len(text) // 2 + 1):
        if (text[:length] * (len(text) // length + 1)).startswith(text):
            return text[:length]
    return text
