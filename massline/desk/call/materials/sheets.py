"""Sheets to print, set from the facts of a call on the paper that is at hand."""

import json
from enum import StrEnum
from pathlib import Path

from django.utils import timezone, translation

from massline.desk.call.materials.conversation_scripts import at_the_door, on_the_phone
from massline.desk.call.materials.models import CallSetting
from massline.desk.call.materials.printed_call import CallOnPaper
from massline.desk.call.materials.sheet_tables import sign_in, wallet
from massline.web import pdf as web_pdf

HERE = Path(__file__).parent


class Sheet(StrEnum):
    """What stands on one page; flyers are two, cards four, wallet cards eight or ten."""

    POSTER = "poster"
    FLYER = "flyer"
    CARDS = "cards"
    PLACARD = "placard"
    TEAR_OFF = "tear-off"
    SIGN_IN = "sign-in"
    WALLET = "wallet"
    DOOR = "door"
    PHONE = "phone"


class Paper(StrEnum):
    A4 = "a4"
    A3 = "a3"
    LETTER = "letter"


TEMPLATES = {
    Sheet.POSTER: "sheet.typ",
    Sheet.FLYER: "sheet.typ",
    Sheet.CARDS: "sheet.typ",
    Sheet.PLACARD: "placard.typ",
    Sheet.TEAR_OFF: "tear_off.typ",
    Sheet.SIGN_IN: "sign_in.typ",
    Sheet.WALLET: "wallet.typ",
    Sheet.DOOR: "script.typ",
    Sheet.PHONE: "script.typ",
}
# By which letter of massline.square.calls.sharing.openings the code on a sheet counts.
SOURCES = {
    Sheet.POSTER: "p",
    Sheet.FLYER: "f",
    Sheet.CARDS: "c",
    Sheet.TEAR_OFF: "t",
    Sheet.DOOR: "d",
    Sheet.PHONE: "d",
}


def pdf(
    paper: CallOnPaper, sheet: Sheet, *, paper_size: Paper = Paper.A4, setting: CallSetting | None = None
) -> bytes:
    """Set one sheet. The same facts give the same bytes."""
    facts = paper.printed.as_dict() | _more(paper, sheet, setting)
    inputs = {
        "sheet": sheet.value,
        "paper": paper_size.value,
        "facts": web_pdf.letters(json.dumps(facts, ensure_ascii=False)),
        "qr": paper.qr(SOURCES.get(sheet, "")),
    }
    made_at = int(paper.event.changed_at.timestamp())
    return web_pdf.pdf(HERE / TEMPLATES[sheet], inputs, seconds=made_at, every_letter=True)


def _more(paper: CallOnPaper, sheet: Sheet, setting: CallSetting | None) -> dict[str, object]:
    """What a sheet says beyond the call itself, in the call's language."""
    with (
        translation.override(paper.words.language),
        timezone.override(paper.published.organisation.zone),
    ):
        match sheet:
            case Sheet.SIGN_IN:
                return sign_in(paper)
            case Sheet.WALLET:
                return wallet(paper, setting)
            case Sheet.DOOR:
                return at_the_door(paper)
            case Sheet.PHONE:
                return on_the_phone(paper)
            case _:
                return {}
