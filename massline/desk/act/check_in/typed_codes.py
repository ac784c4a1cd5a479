"""Check-in codes in the form they are stored: k7q2mx for a sign-up, A07 for a row of the sheet."""

import re

from massline.desk.call.materials.sheet_tables import row_codes
from massline.square.envelopes.check_in_codes import has_valid_check

_ROW = re.compile(r"([a-z])0?(\d{1,2})")
SHEET_ROWS = frozenset(code for page in row_codes() for code in page)


def parse_typed_code(written: str) -> str:
    """Normalise a code as somebody typed it; empty if it is not a code.

    >>> [parse_typed_code(typed) for typed in (" a7 ", "A-07", "Z99", "Rosa")]
    ['A07', 'A07', '', '']
    """
    joined = re.sub(r"[\s-]", "", written).casefold()
    row = _ROW.fullmatch(joined)
    code = f"{row[1].upper()}{int(row[2]):02d}" if row else joined
    return code if code in SHEET_ROWS or has_valid_check(code) else ""
