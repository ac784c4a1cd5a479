"""Numbers as people write them: digits of any script, words, percentages, fractions, "nine in ten".

The words are in `massline.engine.languages`. "One" is left alone, since it is mostly no number; so are clock times
and years.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from massline.desk.sumup.claims import chinese_numerals
from massline.embed.pii.flags import to_western_digits
from massline.engine.languages import LANGUAGES, NumberWords

Kind = Literal["count", "share", "ratio"]

_SPOKEN = [language.numbers for language in LANGUAGES.values()]
_VALUES = {word: value for spoken in _SPOKEN for word, value in spoken.values.items()}
_MULTIPLIERS = {word: value for spoken in _SPOKEN for word, value in spoken.multipliers.items()}
_FRACTIONS = {phrase: share for spoken in _SPOKEN for phrase, share in spoken.fractions.items()}
_NOT_ALONE = frozenset().union(*(spoken.not_alone for spoken in _SPOKEN))


def _any(expressions: Callable[[NumberWords], Iterable[str]]) -> str:
    return "|".join(expression for spoken in _SPOKEN for expression in expressions(spoken))


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_WORD = _longest_first(_VALUES | _MULTIPLIERS)
_JOIN = rf"(?:[\s-]+(?:{_any(lambda spoken: [spoken.joint] if spoken.joint else [])})?)"
_DIGITS = r"(?:\d{1,3}(?:[,.\u202f\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)[万萬亿]?"
_NUMBER = rf"(?:{_DIGITS}|{chinese_numerals.NUMERAL}|(?:{_WORD})(?:{_JOIN}(?:{_WORD}))*)"
_LETTER = r"[^\W\u4e00-\u9fff]"
_EDGE, _END = rf"(?:(?<!{_LETTER})(?<![.:/-])(?<!\d,)|(?<=\sو))", rf"(?!{_LETTER}|:|[.,/]\d)"
_ARTICLE = rf"(?:(?:{_any(lambda spoken: spoken.articles)})\s+)?"
_OF = rf"\s+(?:{_any(lambda spoken: spoken.out_of)})\s+{_ARTICLE}"
_RATIO = re.compile(rf"{_EDGE}({_NUMBER}){_OF}({_NUMBER}){_END}", re.IGNORECASE)
_PERCENT = re.compile(
    rf"{_EDGE}({_NUMBER})\s*(?:%|٪|{_any(lambda spoken: spoken.percent)})"
    rf"|(?:[%٪]\s*|{_any(lambda spoken: spoken.percent_before)})({_NUMBER})",
    re.IGNORECASE,
)
_FRACTION = re.compile(rf"(?<!{_LETTER})({_longest_first(_FRACTIONS)})(?!{_LETTER})", re.IGNORECASE)
_COUNT = re.compile(rf"{_EDGE}({_NUMBER}){_END}", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)(?=\s*(?:h|Uhr|am|pm)\b)|(?<!\d)\d{1,2}:\d{2}(?!\d)")
_CHINESE_DATE = re.compile(chinese_numerals.DATE)
_CHINESE_TENTHS = re.compile(chinese_numerals.TENTHS)
_CHINESE_RATIO = re.compile(
    rf"{_EDGE}({_NUMBER}|十){chinese_numerals.OUT_OF}({_NUMBER}|[{chinese_numerals.ONES}])"
)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,]?\d)")
_ROUGH = re.compile(rf"(?:{_any(lambda spoken: spoken.rough)})\s+(?:of\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number of a sentence: a count, a share of all (0 to 1), or so many of so many.

    Attributes
    ----------
    words : the number as written.
    whole : of how many, for a ratio.
    rough : "about", "nearly", or a fraction in words, so that an approximate match is enough.
    """

    start: int
    words: str
    kind: Kind
    value: float
    whole: float = 0.0
    rough: bool = False


def parse_numbers(text: str) -> list[Number]:
    """All numbers of a sentence, in their order.

    >>> [(n.kind, n.value, n.whole) for n in parse_numbers("Nine in ten, 94 % and twenty-three of us")]
    [('ratio', 9.0, 10.0), ('share', 0.94, 0.0), ('count', 23.0, 0.0)]
    """
    plain = to_western_digits(text)
    taken = [
        (m.start(), m.end()) for pattern in (_CLOCK, _YEAR, _CHINESE_DATE) for m in pattern.finditer(plain)
    ]
    numbers: list[Number] = []
    for start, end, number in _candidates(plain, text):
        if all(end <= low or high <= start for low, high in taken):
            taken.append((start, end))
            numbers.append(number)
    return sorted(numbers, key=lambda number: number.start)


def _candidates(plain: str, text: str) -> Iterator[tuple[int, int, Number]]:
    for m in _RATIO.finditer(plain):
        part, whole = parse_number_value(m[1]), parse_number_value(m[2])
        if part is not None and whole and part <= whole:
            yield m.start(), m.end(), Number(m.start(), text[m.start() : m.end()], "ratio", part, whole)
    for m in _CHINESE_RATIO.finditer(plain):
        whole, part = parse_number_value(m[1]), parse_number_value(m[2])
        if part is not None and whole and part <= whole:
            yield m.start(), m.end(), Number(m.start(), text[m.start() : m.end()], "ratio", part, whole)
    for m in _CHINESE_TENTHS.finditer(plain):
        yield (
            *m.span(),
            Number(
                m.start(), text[slice(*m.span())], "share", (parse_number_value(m[1]) or 0) / 10, rough=True
            ),
        )
    for m in _PERCENT.finditer(plain):
        share = parse_number_value(m[1] or m[2])
        if share is not None:
            yield (
                *m.span(),
                Number(m.start(), text[slice(*m.span())], "share", share / 100, rough=_rough(plain, m)),
            )
    for m in _FRACTION.finditer(plain):
        share = _FRACTIONS[" ".join(m[1].lower().split())]
        yield *m.span(), Number(m.start(), text[slice(*m.span())], "share", share, rough=True)
    for m in _COUNT.finditer(plain):
        count = parse_number_value(m[1])
        if count is not None and m[1].lower() not in _NOT_ALONE:
            rough = _rough(plain, m) or chinese_numerals.is_rough(m[1])
            yield *m.span(), Number(m.start(), text[slice(*m.span())], "count", count, rough=rough)


def _rough(text: str, match: re.Match[str]) -> bool:
    return _ROUGH.search(text[: match.start()]) is not None


def parse_number_value(words: str) -> float | None:
    """Parse one number; None if it is 0 or not a number.

    >>> parse_number_value("1,250"), parse_number_value("two hundred and five"), parse_number_value("veintitrés"), parse_number_value("12.5")
    (1250.0, 205.0, 23.0, 12.5)
    >>> parse_number_value("三百二十"), parse_number_value("1.2万")
    (320.0, 12000.0)
    """
    if words[0].isdigit():
        bare = re.sub(r"(?<=\d)[,.\u202f\u00a0 ](?=\d{3}(?!\d))", "", words)
        times = _MULTIPLIERS.get(bare[-1], 1)
        return float(bare.rstrip(chinese_numerals.LARGE_UNITS).replace(",", ".")) * times
    if words[0] in chinese_numerals.ONES + chinese_numerals.UNITS:
        return chinese_numerals.value_of_numeral(words) or None
    total = now = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        word = word if word in _VALUES or word in _MULTIPLIERS else word.removeprefix("و")
        if word in _VALUES:
            now += _VALUES[word]
        elif word in _MULTIPLIERS and _MULTIPLIERS[word] == 100:
            now = (now or 1) * 100
        elif word in _MULTIPLIERS:
            total, now = total + (now or 1) * _MULTIPLIERS[word], 0.0
    return total + now or None
