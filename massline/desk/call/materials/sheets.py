"""Sheets to print: typst sets them from the facts, with the fonts we carry and no others."""

import json
import unicodedata
from enum import StrEnum
from pathlib import Path

import fontpkg_inter
import fontpkg_noto_sans_arabic
import typst

from massline.desk.call.materials.facts import CallOnPaper

TEMPLATE = Path(__file__).parent / "sheet.typ"
FONTS = [str(Path(package.ROOT) / "files") for package in (fontpkg_inter, fontpkg_noto_sans_arabic)]


class Sheet(StrEnum):
    """How many stand on one A4 page: a poster, two A5 flyers, four A6 cards."""

    POSTER = "poster"
    FLYER = "flyer"
    CARDS = "cards"


def pdf(paper: CallOnPaper, sheet: Sheet) -> bytes:
    """Set one A4 page. The same facts give the same bytes."""
    inputs = {
        "sheet": sheet.value,
        "facts": _letters(json.dumps(paper.printed.as_dict(), ensure_ascii=False)),
        "qr": paper.qr(),
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=int(paper.event.changed_at.timestamp()),
    )
    return made


def _letters(text: str) -> str:
    """Leave out pictures such as 🥶: our fonts have none, and an empty box on a poster helps nobody."""
    return "".join(char for char in text if unicodedata.category(char) != "So" and char != "\ufe0f")
