"""Numbers of rows as addresses and forms send them."""

# A key of the databases has at most nineteen digits; Python refuses to read numbers of some thousand.
_LONGEST = 19


def read_row_number(text: object) -> int:
    """The number of a row; 0, which no row has, where the text is none or longer than any key."""
    typed = str(text or "")
    return int(typed) if typed.isdecimal() and len(typed) <= _LONGEST else 0
