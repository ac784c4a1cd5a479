"""Sections written one on each line, each with how many people or homes it has."""

import re
from dataclasses import dataclass

from massline.core.list_and_word_parser import COLONS, COMMAS

# A count stands behind a comma, a colon or a dash between spaces, so that "Elm Street 2–10" is a name.
COUNTED = re.compile(
    rf"^(?P<name>.*?\S)\s*(?:[{COMMAS}{COLONS}\t]\s*|\s[–—-]\s)(?P<count>\d{{1,6}})\D{{0,20}}$"
)
LONGEST_NAME = 60


@dataclass(frozen=True)
class SectionLine:
    name: str
    headcount: int


class UnreadableLine(ValueError):
    """A line that is no section; `number` counts from 1, `is_long` if only its name is too long."""

    def __init__(self, number: int, *, is_long: bool) -> None:
        super().__init__(f"line {number}")
        self.number, self.is_long = number, is_long


def parse_section_lines(text: str) -> list[SectionLine]:
    """Read one section from each line; empty lines are left out, and of two lines of one name the last counts.

    Raises UnreadableLine for a line without a count above 0, or whose name is longer than 60 letters.
    """
    found: dict[str, SectionLine] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        counted = COUNTED.match(line.strip())
        if counted is None or int(counted["count"]) == 0:
            raise UnreadableLine(number, is_long=False)
        name = " ".join(counted["name"].split())
        if len(name) > LONGEST_NAME:
            raise UnreadableLine(number, is_long=True)
        found[name.casefold()] = SectionLine(name, int(counted["count"]))
    return list(found.values())
