"""Keep a spreadsheet from running a cell as a formula, and read such a cell back to the byte."""

import re

# The signs that begin a formula, in full width too; spreadsheets drop spaces and quotes before them. A semicolon,
# a tab or a line break begins another cell where a table is opened with another delimiter than ours.
_START = r"(^|[;\t\n\r])([ \"]*)('*)"
_FORMULA = r"(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])"
_GUARD = re.compile(_START + _FORMULA)
_UNGUARD = re.compile(_START + "'" + _FORMULA)
_PHONE = re.compile(r"\+[\d ()./-]*\d")


def guard_cell(text: str, *, phones: bool = False) -> str:
    """Write a cell so that a spreadsheet shows its text; an apostrophe goes before what it would run.

    With `phones`, a telephone number (`+` and digits, with the signs people put between them) is left as it is.

    >>> guard_cell("=cmd|'/c calc'!A1"), guard_cell("'=1"), guard_cell("Lower the rent")
    ("'=cmd|'/c calc'!A1", "''=1", 'Lower the rent')
    >>> guard_cell("rent;=1+1"), guard_cell("+1 718 555 0101", phones=True)
    ("rent;'=1+1", '+1 718 555 0101')
    """
    if phones and _PHONE.fullmatch(text):
        return text
    return _GUARD.sub(r"\1\2\3'", text)


def unguard_cell(text: str, *, phones: bool = False) -> str:
    """Read what `guard_cell` wrote, to the byte.

    >>> unguard_cell("'=1"), unguard_cell("''=1"), unguard_cell("'tis cold"), unguard_cell("rent;'=1+1")
    ('=1', "'=1", "'tis cold", 'rent;=1+1')
    """
    plain = _UNGUARD.sub(r"\1\2\3", text)
    return plain if guard_cell(plain, phones=phones) == text else text
