"""Signs that no reader sees: control characters, marks that turn the direction of text, and invisible ones."""

import re
import unicodedata

# Bidirectional formatting (UAX #9): it can make a reader see another order than the one that is stored.
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Default-ignorable signs (UAX #44) except variation selectors, and the joiners that Persian and emoji need.
INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufff8"
JOINERS = "\u200c\u200d"
# With them the code points that no XML file may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_HIDDEN = re.compile(f"[{DIRECTION}{INVISIBLE}]")
_UNSEEN = re.compile(f"[{DIRECTION}{INVISIBLE}{JOINERS}\ufe00-\ufe0f\U000e0000-\U000e0fff]")


def strip_control_characters(text: str) -> str:
    """Text of several lines without control characters; line breaks and tabs stay.

    >>> strip_control_characters("one\\x0b\\x00\\ntwo")
    'one\\ntwo'
    """
    return _CONTROLS.sub("", text)


def to_single_line(text: str) -> str:
    """Text for one line: breaks become spaces; control characters, direction marks and invisible signs are left out.

    >>> to_single_line("Mass\\x0bmeeting\\u202e\\u00ad")
    'Mass meeting'
    """
    return _HIDDEN.sub("", _CONTROLS.sub("", _SPACES.sub(" ", text)))


def has_invisible_characters(text: str) -> bool:
    """True if a text holds a sign that no reader sees.

    >>> has_invisible_characters("a@\\u00ad.example"), has_invisible_characters("a@b.example")
    (True, False)
    """
    return any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} for sign in text) or bool(
        _UNSEEN.search(text)
    )


def strip_invisible_characters(text: str) -> str:
    """Text without any sign that no reader sees, joiners included: for comparing only, never for keeping."""
    return _CONTROLS.sub("", _UNSEEN.sub("", _SPACES.sub(" ", text)))
