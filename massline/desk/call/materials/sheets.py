"""Sheets to print, set from the facts of a call."""

import json
from enum import StrEnum
from pathlib import Path

from massline.desk.call.materials.facts import CallOnPaper
from massline.web import printing

TEMPLATE = Path(__file__).parent / "sheet.typ"


class Sheet(StrEnum):
    """How many stand on one A4 page: a poster, two A5 flyers, four A6 cards."""

    POSTER = "poster"
    FLYER = "flyer"
    CARDS = "cards"


def pdf(paper: CallOnPaper, sheet: Sheet) -> bytes:
    """Set one A4 page. The same facts give the same bytes."""
    facts = json.dumps(paper.printed.as_dict(), ensure_ascii=False)
    inputs = {"sheet": sheet.value, "facts": printing.letters(facts), "qr": paper.qr()}
    return printing.pdf(TEMPLATE, inputs, seconds=int(paper.event.changed_at.timestamp()))
