"""The part of the material that a page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode


@dataclass(frozen=True)
class Selection:
    """The part of the material that a page shows: words to find, a section or theme, and the pages read so far.

    It is passed in a URL or in the value of a button of the claim form, so that an unfinished sentence and its
    ticks are kept.
    """

    find: str = ""
    section: str = ""
    theme: str = ""
    page: int = 1
    statements: int = 1

    @classmethod
    def at(cls, given: Mapping[str, str]) -> "Selection":
        values = dict(parse_qsl(given.get("look", ""))) if given.get("look") else given
        return cls(
            find=given.get("find", "").strip()[:80],
            section=values.get("section", "")[:20],
            theme=values.get("theme", "")[:20],
            page=_number(values.get("page")),
            statements=_number(values.get("statements")),
        )

    def to(self, **change: object) -> str:
        """The query string of this selection with some values changed."""
        selection = replace(self, **change)  # type: ignore[arg-type]
        values = {
            "find": selection.find,
            "section": selection.section,
            "theme": selection.theme,
            "page": selection.page if selection.page > 1 else "",
            "statements": selection.statements if selection.statements > 1 else "",
        }
        return urlencode({key: value for key, value in values.items() if value}) or "page=1"


def _number(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdecimal() and len(text) < 5 and int(text) else 1
