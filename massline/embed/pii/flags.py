"""Flag personal data in what people wrote: e-mail, phone, link, handle, id-like number; names only for review.

Own patterns, any script's digits, nothing leaves the machine. A flag is a hint for the person who reviews: text
without flags is never called anonymous, and text with flags is never changed here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from massline.embed.pii.identifying_numbers import find_number_spans
from massline.embed.pii.person_names import find_name_spans

FlagKind = Literal["email", "phone", "link", "handle", "number", "name"]

# Bounded as addresses are (RFC 5321, 1035): without bounds a long line of one sign takes the square of its length.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_EMAIL_ANY_SCRIPT = re.compile(r"[^\s@<>(),;:\"]{1,64}@[^\s@<>(),;:\"]{1,250}\.[^\W\d_]{2,}")
_EMAIL_SPELT = re.compile(
    r"[\w.+-]{1,64}\s{0,9}[\[({]\s*at\s*[\])}]\s*[\w-]+(?:\s*(?:\.|[\[({]\s*dot\s*[\])}])\s*[\w-]+)+",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_BARE_LINK = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9-]{1,63}\.)+(?:com|org|net|info|me|ly|be|io|co|gg|app|page|site|link|chat)\b(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@./])@[\w.]*\w{2,}")
_AT = re.compile("@")
_BRACKET = re.compile(r"[\[({]")
_DIGIT = re.compile(r"\d")
_FULL_WIDTH = str.maketrans("－（）＋．／＠：", "-()+./@:")
_END_OF_SENTENCE = ".,;:!?)]}»”'\"。，！？"


@dataclass(frozen=True, order=True)
class Flag:
    """A flagged stretch of a text: text[start:end].

    Attributes
    ----------
    sure : False for names, which are guessed from cues and capitals.
    """

    start: int
    end: int
    kind: FlagKind
    sure: bool = True


def to_western_digits(text: str) -> str:
    """The same text, character for character, with any script's digits as 0–9 and full-width signs narrow.

    >>> to_western_digits("٠٥٠ १२३")
    '050 123'
    """
    if text.isascii():
        return text
    plain = text.translate(_FULL_WIDTH)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in plain)


def find_flags(text: str, *, language: str | None = None, names: Iterable[str] = ()) -> tuple[Flag, ...]:
    """Flags of one text in order of place; stretches that overlap are flagged once, the surest kind first.

    Parameters
    ----------
    text : as written.
    language : where every noun has a capital (German), capitals alone are no hint of a name.
    names : names that the organisers know should not go out, in any case.

    Examples
    --------
    >>> [(flag.kind, flag.sure) for flag in find_flags("Call Maria Lopez, +1 (415) 555-0132")]
    [('name', False), ('phone', True)]
    >>> find_flags("The budget was 1,250,000 in 2023")
    ()
    """
    plain = to_western_digits(text)
    flags: list[Flag] = []
    for candidate in _candidates(plain, language, names):
        if all(candidate.end <= flag.start or flag.end <= candidate.start for flag in flags):
            flags.append(candidate)
    return tuple(sorted(flags))


def _candidates(text: str, language: str | None, names: Iterable[str]) -> Iterator[Flag]:
    # Most texts lack a mark that such a stretch must hold; they need not be searched for it.
    for mark, pattern in ((_AT, _EMAIL), (_AT, _EMAIL_ANY_SCRIPT), (_BRACKET, _EMAIL_SPELT)):
        if mark.search(text):
            yield from (Flag(match.start(), match.end(), "email") for match in pattern.finditer(text))
    for pattern in (_LINK, _BARE_LINK):
        yield from (Flag(*_trimmed(text, match), "link") for match in pattern.finditer(text))
    if _AT.search(text):
        yield from (Flag(match.start(), match.end(), "handle") for match in _HANDLE.finditer(text))
    if _DIGIT.search(text):
        yield from (Flag(start, end, kind) for start, end, kind in find_number_spans(text))
    for name in sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name)):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        yield from (Flag(match.start(), match.end(), "name", sure=False) for match in pattern.finditer(text))
    yield from (Flag(start, end, "name", sure=False) for start, end in find_name_spans(text, language))


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    end = match.end()
    while end > match.start() and text[end - 1] in _END_OF_SENTENCE:
        end -= 1
    return match.start(), end
