"""Passphrases that are refused: short ones, common ones and what is made of them, sayings, patterns, and names.

Follows NIST SP 800-63B-4: fifteen characters, a blocklist, no rules on kinds of characters, no forced change.
"""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_LETTERS = 6
LEFT_OVER = 10
SHORTEST_NAME = 4
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
SHORTEST_PIECE, LONGEST_PIECE, MOST_PIECES = 4, 20, 3
SAYINGS = Path(__file__).with_name("sayings.txt")
FIGURES_FOR_LETTERS = str.maketrans("013457@$", "oieastas")


def passphrase_problem(passphrase: str, *, names: Iterable[str] = ()) -> ValidationError | None:
    """Return what to do instead, as the error of a form, or None if the passphrase may be used.

    `names` are the account's own and its organisations'.
    """
    plain, read = _plain(passphrase), _plain(passphrase.translate(FIGURES_FOR_LETTERS))
    if len(passphrase) < settings.PASSPHRASE_LENGTH:
        said = _("Too short: use four or five words, at least %(n)d characters.")
        return ValidationError(said, code="too-short", params={"n": settings.PASSPHRASE_LENGTH})
    if is_pattern(plain):
        said = _(
            "This repeats itself or follows the keyboard or the alphabet. Use four or five words "
            "that have nothing to do with each other."
        )
        return ValidationError(said, code="pattern")
    if is_common_passphrase(plain) or is_made_of_common(read):
        said = _("This passphrase is on lists that attackers try first. Use words nobody else would choose.")
        return ValidationError(said, code="common")
    if any(is_mostly_name(plain, _plain(name)) for name in names):
        said = _(
            "This is mostly a name other people know. Use words that have nothing to do with you "
            "or your group."
        )
        return ValidationError(said, code="mostly-a-name")
    return None


def is_common_passphrase(plain: str) -> bool:
    """True if it is one of the 20,000 most common, also with digits around it or repeated, or a saying with little added."""
    bare = plain.strip("0123456789")
    if {plain, bare, _unit(plain), _unit(bare)} & common_passphrases() or is_made_of_common(plain):
        return True
    return any(is_mostly_name(plain, saying) for saying in sayings())


def is_made_of_common(plain: str) -> bool:
    """True if it is at most three of the most common ones in a row, with any digits between them."""
    fewest: list[int] = [0, *([len(plain)] * len(plain))]
    for end in range(1, len(plain) + 1):
        if plain[end - 1].isdigit():
            fewest[end] = fewest[end - 1]
        for start in range(max(0, end - LONGEST_PIECE), end - SHORTEST_PIECE + 1):
            if fewest[start] < MOST_PIECES and plain[start:end] in common_passphrases():
                fewest[end] = min(fewest[end], fewest[start] + 1)
    return fewest[-1] <= MOST_PIECES


def is_pattern(plain: str) -> bool:
    """True if it has few different letters, repeats itself, or mostly follows the keyboard or the alphabet."""
    if len(set(plain)) < FEWEST_LETTERS or len(_unit(plain)) * 2 <= len(plain):
        return True
    steps = [first + second for first, second in pairwise(plain)]
    return sum(step in keyboard_walks() for step in steps) * 3 >= len(steps) * 2


def is_mostly_name(plain: str, name: str) -> bool:
    """True if it is the name with little added."""
    return len(name) >= SHORTEST_NAME and name in plain and len(plain.replace(name, "")) < LEFT_OVER


@cache
def common_passphrases() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


@cache
def sayings() -> frozenset[str]:
    """Slogans, first lines and proverbs, without spaces and signs."""
    lines = SAYINGS.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if not line.startswith("#"))


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
