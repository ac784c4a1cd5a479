"""Keep a spreadsheet from running a cell as a formula, and read such a cell back to the byte."""

FORMULAS = frozenset("=+-@\t\r")


def guard_cell(text: str, *, phones: bool = False) -> str:
    """Write a cell so that a spreadsheet shows its text; an apostrophe goes before what it would run.

    With `phones`, a telephone number (`+` and digits) is left as it is.

    >>> guard_cell("=cmd|'/c calc'!A1"), guard_cell("'=1"), guard_cell("Lower the rent")
    ("'=cmd|'/c calc'!A1", "''=1", 'Lower the rent')
    >>> guard_cell("+1 718 555 0101", phones=True)
    '+1 718 555 0101'
    """
    if phones and _is_phone(text):
        return text
    return f"'{text}" if text.lstrip("'")[:1] in FORMULAS else text


def unguard_cell(text: str, *, phones: bool = False) -> str:
    """Read what `guard_cell` wrote, to the byte.

    >>> unguard_cell("'=1"), unguard_cell("''=1"), unguard_cell("'tis cold")
    ('=1', "'=1", "'tis cold")
    """
    return text[1:] if text[:1] == "'" and guard_cell(text[1:], phones=phones) == text else text


def _is_phone(text: str) -> bool:
    return text[:1] == "+" and text[1:].replace(" ", "").isdigit()
