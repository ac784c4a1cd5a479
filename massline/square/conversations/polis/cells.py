"""Words in the cells of a table: a spreadsheet must not take somebody's sentence for a formula."""

FORMULAS = frozenset("=+-@\t\r")


def guarded(text: str) -> str:
    """Write a sentence so that a spreadsheet shows it; an apostrophe stands before what it would carry out.

    >>> guarded("=cmd|'/c calc'!A1"), guarded("'=1"), guarded("Lower the rent")
    ("'=cmd|'/c calc'!A1", "''=1", 'Lower the rent')
    """
    return f"'{text}" if text.lstrip("'")[:1] in FORMULAS else text


def unguarded(text: str) -> str:
    """Read what `guarded` wrote, to the byte.

    >>> unguarded("'=1"), unguarded("''=1"), unguarded("'tis cold")
    ('=1', "'=1", "'tis cold")
    """
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in FORMULAS else text
