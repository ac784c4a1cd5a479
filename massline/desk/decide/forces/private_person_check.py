"""A check that a name is an organisation's or an office's; private persons are not entered."""

import re

from massline.embed.pii import flags as pii_flags
from massline.engine.languages import regex_alternatives

_OFFICE = re.compile(rf"\b{regex_alternatives(lambda language: language.office_words)}\b", re.IGNORECASE)
_TITLE = re.compile(
    rf"^{regex_alternatives(lambda language: language.courtesy_titles)}\b\.?\s", re.IGNORECASE
)


def is_private_name(text: str, *, kind: str = "") -> bool:
    """Guess that a name is a private person's: a courtesy title, an address or number, or two bare capitals."""
    if _TITLE.match(text):
        return True
    flags = pii_flags.find_flags(text)
    if any(flag.sure for flag in flags):
        return True
    whole = any(flag.end - flag.start >= len(text.strip()) - 1 for flag in flags)
    return whole and kind in {"", "office", "organisation"} and not _OFFICE.search(text)
