"""Sections written one on each line, each with how many people or homes it has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from massline.core.list_and_word_parser import COLONS, COMMAS

ABOUT = r"(?:about|around|circa|ca\.?|[~≈])\s*"
# A count stands behind a comma, a colon or a dash between spaces, so that "Elm Street 2–10" is a name. "about" stands
# for the comma, too.
COUNTED = re.compile(
    rf"^(?P<name>.*?\S)\s*(?:(?:[{COMMAS}{COLONS}\t]\s*|\s[–—-]\s)(?:{ABOUT})?|\s{ABOUT})(?P<count>\d{{1,6}})\D{{0,20}}$",
    re.IGNORECASE,
)
LONGEST_NAME = 60


@dataclass(frozen=True)
class SectionLine:
    name: str
    headcount: int


class UnreadableLine(ValueError):
    """A line that is no section; `number` counts from 1, `is_long` if only its name is too long.

    `uncounted` holds all lines without a count, so that one look mends them.
    """

    def __init__(self, number: int, *, is_long: bool, uncounted: Sequence[str] = ()) -> None:
        super().__init__(f"line {number}")
        self.number, self.is_long, self.uncounted = number, is_long, list(uncounted)


def parse_section_lines(text: str) -> list[SectionLine]:
    """Read one section from each line; empty lines are left out, and of two lines of one name the last counts.

    Raises UnreadableLine for a line without a count above 0, or whose name is longer than 60 letters.
    """
    found: dict[str, SectionLine] = {}
    uncounted: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        counted = COUNTED.match(line.strip())
        if counted is None or int(counted["count"]) == 0:
            uncounted[number] = line.strip()
            continue
        name = " ".join(counted["name"].split())
        if len(name) > LONGEST_NAME:
            raise UnreadableLine(number, is_long=True)
        found[name.casefold()] = SectionLine(name, int(counted["count"]))
    if uncounted:
        raise UnreadableLine(min(uncounted), is_long=False, uncounted=list(uncounted.values()))
    return list(found.values())
