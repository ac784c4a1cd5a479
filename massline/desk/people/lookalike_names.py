"""Names as a reader sees them: two that can be taken for one another have the same skeleton (UTS #39).

Prototypes come from the confusables of Unicode, as the package confusable-homoglyphs carries them. Beyond the
standard, letters are compared without case, accents, spaces and punctuation, and i, l and 1 are one letter.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

from massline.core.invisible_characters import strip_invisible_characters

# Names that would speak for the software or for whoever runs it.
RESERVED_NAMES = (
    *("massline", "massline team", "massline support", "admin", "administrator", "moderator", "moderation"),
    *(
        "support",
        "help desk",
        "official",
        "security",
        "system",
        "root",
        "webmaster",
        "postmaster",
        "operator",
    ),
)


def name_skeleton(name: str) -> str:
    """The look of a name to a reader; equal for names that can be mistaken for one another.

    >>> name_skeleton("Riverside Ten\u0430nts") == name_skeleton("riverside-tenants.")
    True
    >>> name_skeleton("Harbour Tenants") == name_skeleton("Riverside Tenants")
    False
    """
    # As it is written first: normalising takes some signs apart that look like a letter, such as the ogonek alone.
    seen = _prototypes(strip_invisible_characters(name))
    seen = _prototypes(strip_invisible_characters(unicodedata.normalize("NFKC", seen)))
    seen = _prototypes(seen.casefold())
    letters = "".join(sign for sign in seen if sign.isalnum()).casefold()
    return letters.replace("i", "l").replace("1", "l").replace("0", "o") or name.strip()


def is_lookalike(name: str, others: Iterable[str]) -> bool:
    """True if a name can be mistaken for one of the others."""
    seen = name_skeleton(name)
    return any(seen == name_skeleton(other) for other in others)


def is_reserved_name(name: str) -> bool:
    return is_lookalike(name, RESERVED_NAMES)


def _prototypes(text: str) -> str:
    """Each sign replaced by its prototype, without the marks that stand above or below letters."""
    signs = (
        _prototype(sign) for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)
    )
    plain = unicodedata.normalize("NFD", "".join(signs))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@cache
def _prototype(sign: str) -> str:
    """The sign that stands for all that look like this one.

    The package lists for each sign all others that look like it. In each such circle the prototype is the member
    that most others point to; between two, the longer text, such as rn for m, then the first by number.
    """
    from confusable_homoglyphs.confusables import confusables_data  # type: ignore[import-untyped]

    # Letters that are written from right to left are listed between two marks of direction.
    listed = confusables_data.get(sign) or confusables_data.get(f"\u200e{sign}\u200e", ())
    circle = [sign, *(other["c"] for other in listed)]
    prototype: str = min(circle, key=lambda text: (-len(confusables_data.get(text, ())), -len(text), text))
    return prototype.replace("\u200e", "")
