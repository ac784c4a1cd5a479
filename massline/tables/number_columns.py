"""Numbers in tables: decimal comma or point, and signs between thousands, told by the whole column."""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.,٬٫]*|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})+")


class NumberColumn:
    """The way one column writes its numbers.

    Examples
    --------
    >>> NumberColumn(["1.234,5", "2,5"]).read("1.234")
    1234.0
    >>> NumberColumn(["3.25", "1,000"]).read("1,000")
    1000.0
    >>> NumberColumn(["1,5"]).read("1,5")
    1.5
    """

    def __init__(self, cells: Iterable[str]) -> None:
        self.decimal = _decimal_sign([plain for cell in cells if (plain := _plain(cell))])

    def read(self, cell: str) -> float:
        """Read a number, with a per cent sign too. Raises ValueError."""
        plain = _plain(cell)
        share = plain.endswith("%")
        plain = plain.rstrip("%")
        if re.fullmatch(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", plain):
            return float(plain)
        if not _NUMBER.fullmatch(plain):
            raise ValueError(cell)
        other = "," if self.decimal == "." else "."
        number = float(plain.replace(other, "").replace(self.decimal, "."))
        return number / 100 if share else number

    def reads(self, cells: Iterable[str]) -> bool:
        """True if every cell that is not empty is a number, and some cell is."""
        filled = [cell for cell in cells if cell.strip()]
        try:
            for cell in filled:
                self.read(cell)
        except ValueError:
            return False
        return bool(filled)


def _plain(cell: str) -> str:
    """A cell without spaces between digits, its digits as 0 to 9 whatever their script."""
    text = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in cell.strip().replace("−", "-")
    )
    return _SPACES.sub("", text).replace("٬", "").replace("٫", ".")


def _decimal_sign(cells: list[str]) -> str:
    """The sign before decimals: what is written once and last, and not always before three digits."""
    for cell in cells:
        points, commas = cell.count("."), cell.count(",")
        if points and commas:
            return "." if cell.rfind(".") > cell.rfind(",") else ","
        if points > 1:
            return ","
        if commas > 1:
            return "."
    with_comma = [cell for cell in cells if "," in cell]
    with_point = [cell for cell in cells if "." in cell]
    if with_comma and not all(_GROUPED.fullmatch(cell.rstrip("%")) for cell in with_comma):
        return ","
    if with_comma and not with_point:
        return "."  # 1,000 in every cell is a thousand
    return "."
