"""Codes as people say and type them, in the one way they are kept: k7q2mx of a sign-up, A07 of a row of the sheet."""

import re

from massline.desk.call.materials.sheet_tables import row_codes
from massline.square.envelopes.check_in_codes import is_whole

_ROW = re.compile(r"([a-z])0?(\d{1,2})")
ROWS = frozenset(code for page in row_codes() for code in page)


def plain(written: str) -> str:
    """Give a code without its spaces and capitals; empty where it is none.

    >>> plain(" a7 "), plain("A-07"), plain("Z99"), plain("Rosa")
    ('A07', 'A07', '', '')
    """
    joined = re.sub(r"[\s-]", "", written).casefold()
    row = _ROW.fullmatch(joined)
    code = f"{row[1].upper()}{int(row[2]):02d}" if row else joined
    return code if code in ROWS or is_whole(code) else ""
