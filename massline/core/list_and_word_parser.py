"""Lists and words in one field, with the commas of whatever script they are typed in."""

import re

# Latin, Arabic and Chinese commas and semicolons; the Chinese ones are full-width or slanted.
COMMAS = ",،\uff0c、;؛\uff1b"
COLONS = ":\uff1a"
_COMMA = re.compile(f"[{COMMAS}\n]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def split_list(text: str) -> list[str]:
    """Split at commas, semicolons and line breaks; parts without anything in them are left out.

    >>> split_list("strike, lockout،إضراب、罢工")
    ['strike', 'lockout', 'إضراب', '罢工']
    """
    return [part.strip() for part in _COMMA.split(text) if part.strip()]


def split_at_last_comma(line: str) -> tuple[str, str]:
    """The text before the last comma of any script and the one after it; the first is empty where there is none.

    >>> split_at_last_comma("Stewards, marshals, 6"), split_at_last_comma("Stewards 6")
    (('Stewards, marshals', '6'), ('', 'Stewards 6'))
    """
    cut = max(line.rfind(comma) for comma in COMMAS)
    return (line[:cut].strip(), line[cut + 1 :].strip()) if cut >= 0 else ("", line.strip())


def count_words(text: str) -> int:
    """Count the words of a text; in Chinese, which sets none apart, two signs are taken for one.

    >>> count_words("Heat now!"), count_words("冬天来了要暖气")
    (2, 4)
    """
    signs = len(_HAN.findall(text))
    return len(_HAN.sub(" ", text).split()) + (signs + 1) // 2


def count_han(text: str) -> int:
    """Count the Chinese signs of a text, each of them one syllable."""
    return len(_HAN.findall(text))
