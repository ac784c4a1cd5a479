"""A check that a name is an organisation's or an office's; private persons are not entered."""

import re

from massline.embed.pii import flags as pii_flags

# Words that a name of an organisation or office has and a person's name has not.
_OFFICE = re.compile(
    r"\b(?:office|council|union|party|committee|association|company|court|police|city|town|ministry|minister|mayor|"
    r"councill?or|director|board|church|mosque|school|university|hospital|newspaper|times|post|news|radio|bank|group|"
    r"gmbh|ag|ltd|inc|llc|sa|housing|tenants?|workers?|students?|landlords?|homes?|agency|department|front|league|"
    r"alliance|coalition|network|chamber|federation|society|club|blocks?|amt|verein|gewerkschaft|partei|rat|"
    r"oficina|sindicato|partido|consejo|asociaci[oó]n|empresa|alcald[ií]a|ayuntamiento)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:mr|mrs|ms|mx|dr|herr|frau|sra?|señora?|السيدة?)\b\.?\s", re.IGNORECASE)


def is_private_name(text: str, *, kind: str = "") -> bool:
    """Guess that a name is a private person's: a courtesy title, an address or number, or two bare capitals."""
    if _TITLE.match(text):
        return True
    flags = pii_flags.find(text)
    if any(flag.sure for flag in flags):
        return True
    whole = any(flag.end - flag.start >= len(text.strip()) - 1 for flag in flags)
    return whole and kind in {"", "office", "organisation"} and not _OFFICE.search(text)
