"""Sheets to print as PDF, made from the facts of a call, event, listening round or report-back."""

import json
from enum import StrEnum
from pathlib import Path

from django.utils import timezone

from massline.desk.call.materials.conversation_scripts import door_script, phone_script
from massline.desk.call.materials.models import CallSetting
from massline.desk.call.materials.printed_call import CallOnPaper
from massline.desk.call.materials.printed_subject import SubjectOnPaper
from massline.desk.call.materials.sheet_tables import sign_in_table, wallet_lines
from massline.web import pdf as web_pdf
from massline.web.language_choice import in_language

HERE = Path(__file__).parent


class Sheet(StrEnum):
    """Kinds of sheets. A page holds two flyers, four cards, eight or ten wallet cards."""

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
# By which letter of massline.square.calls.sharing.open_counts the code on a sheet counts.
SOURCES = {
    Sheet.POSTER: "p",
    Sheet.FLYER: "f",
    Sheet.CARDS: "c",
    Sheet.TEAR_OFF: "t",
    Sheet.DOOR: "d",
    Sheet.PHONE: "d",
}


def sheet_pdf(
    paper: SubjectOnPaper, sheet: Sheet, *, paper_size: Paper = Paper.A4, setting: CallSetting | None = None
) -> bytes:
    """Make one sheet. The same facts give the same bytes."""
    facts = paper.printed.as_dict() | _more(paper, sheet, setting)
    inputs = {
        "sheet": sheet.value,
        "paper": paper_size.value,
        "facts": web_pdf.remove_pictures(json.dumps(facts, ensure_ascii=False)),
        "qr": paper.qr(SOURCES.get(sheet, "")),
    }
    made_at = int(paper.changed_at.timestamp())
    return web_pdf.render_pdf(HERE / TEMPLATES[sheet], inputs, seconds=made_at, every_letter=True)


def _more(paper: SubjectOnPaper, sheet: Sheet, setting: CallSetting | None) -> dict[str, object]:
    """Texts of a sheet beyond the facts of its subject, in the subject's language. Only calls and events have scripts."""
    with in_language(paper.language), timezone.override(paper.organisation.zone):
        match sheet:
            case Sheet.SIGN_IN:
                return sign_in_table(paper)
            case Sheet.WALLET:
                return wallet_lines(paper, setting)
            case Sheet.DOOR if isinstance(paper, CallOnPaper):
                return door_script(paper)
            case Sheet.PHONE if isinstance(paper, CallOnPaper):
                return phone_script(paper)
            case _:
                return {}
