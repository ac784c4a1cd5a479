"""Numbers in Chinese numerals: patterns that find them, and their value.

A number holds a unit: "万一" ("in case") and "三五" ("a few") are none. Two digits before a unit are a rough number
("二三十", twenty or thirty), and a last digit after a hundred or more counts tens of the next lower unit ("一百二", 120).
"""

from itertools import pairwise

from massline.engine.languages import LANGUAGES

_DIGITS = {**LANGUAGES["zh"].numbers.values, "兩": 2}
_UNITS = LANGUAGES["zh"].numbers.multipliers
ONES = "".join(_DIGITS)
UNITS = "".join(_UNITS)
LARGE_UNITS = "万萬亿"
NUMERAL = rf"(?<![{ONES}{UNITS}])(?=[{ONES}]*[{UNITS}])[{ONES}十][{ONES}{UNITS}]+"
# "十二月一日", "12月1日": a day, no count.
DATE = rf"(?:\d{{1,4}}|[{ONES}十]{{1,3}})\s*[年月日号號]"
# "九成": nine tenths.
TENTHS = r"([一二两三四五六七八九])成"
# "十人中有九人": the whole first, then the part.
OUT_OF = r"\s*[人户戶个個名位]?\s*(?:当中|之中|中|里)有\s*"


def value_of_numeral(signs: str) -> float:
    """The value of a numeral, such as 320 for "三百二十"; of a rough one the middle.

    >>> value_of_numeral("一万二"), value_of_numeral("二三十"), value_of_numeral("三亿")
    (12000.0, 25.0, 300000000.0)
    """
    total = section = 0.0
    digits: list[float] = []
    last_unit, past_zero = 1.0, False
    for sign in signs:
        if sign in _DIGITS:
            past_zero = past_zero or sign == "零"
            digits += [float(_DIGITS[sign])] if sign != "零" else []
            continue
        unit, before, digits = float(_UNITS[sign]), _middle(digits), []
        last_unit, past_zero = unit, False
        if sign in LARGE_UNITS:
            total, section = (total + section + before or 1) * unit, 0.0
        else:
            section += (before or 1) * unit
    if digits and last_unit >= 100 and not past_zero:
        return total + section + _middle(digits) * last_unit / 10
    return total + section + _middle(digits)


def is_rough(signs: str) -> bool:
    """True for two digits in a row before a unit, "一两百": one or two hundred."""
    return any(a in _DIGITS and b in _DIGITS and "零" not in (a, b) for a, b in pairwise(signs))


def _middle(digits: list[float]) -> float:
    return sum(digits) / len(digits) if digits else 0.0
