"""Which part of a long bench one looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode


@dataclass(frozen=True)
class Look:
    """Which part of a long bench one looks at: words to find, one section or theme, and how far one has read.

    It travels in an address, or in the value of a button of the composer, so that a sentence half written and the
    boxes ticked so far come along.
    """

    find: str = ""
    section: str = ""
    theme: str = ""
    page: int = 1
    statements: int = 1

    @classmethod
    def at(cls, given: Mapping[str, str]) -> "Look":
        said = dict(parse_qsl(given.get("look", ""))) if given.get("look") else given
        return cls(
            find=given.get("find", "").strip()[:80],
            section=said.get("section", "")[:20],
            theme=said.get("theme", "")[:20],
            page=_number(said.get("page")),
            statements=_number(said.get("statements")),
        )

    def to(self, **change: object) -> str:
        """The same look but for this, as an address says it."""
        there = replace(self, **change)  # type: ignore[arg-type]
        said = {
            "find": there.find,
            "section": there.section,
            "theme": there.theme,
            "page": there.page if there.page > 1 else "",
            "statements": there.statements if there.statements > 1 else "",
        }
        return urlencode({key: value for key, value in said.items() if value}) or "page=1"


def _number(said: str | None) -> int:
    return min(int(said), 1000) if said and said.isdecimal() and len(said) < 5 and int(said) else 1
