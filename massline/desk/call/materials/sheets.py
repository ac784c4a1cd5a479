"""Sheets to print as PDF, made from the facts of a call, event, listening round or report-back."""

import json
from enum import StrEnum
from pathlib import Path

from django.utils import timezone

from massline.desk.call.call_settings.models import CallSetting
from massline.desk.call.materials.conversation_scripts import door_script, phone_script
from massline.desk.call.materials.sheet_tables import sign_in_table, wallet_lines
from massline.square.calls.printed.drawn import Form, chosen_design, design_pdf
from massline.square.calls.printed.models import Design
from massline.square.calls.printed.printed_call import CallOnPaper
from massline.square.calls.printed.printed_subject import SubjectOnPaper
from massline.web import pdf as web_pdf
from massline.web.language_choice import in_language

HERE = Path(__file__).parent


class Sheet(StrEnum):
    """Kinds of sheets. A page holds two flyers, four cards, eight or ten wallet cards."""

    POSTER = "poster"
    FLYER = "flyer"
    CARDS = "cards"
    PLACARD = "placard"
    WINDOW = "window"
    STICKERS = "stickers"
    BANNER = "banner"
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
# Sheets that are always set in a design: the chosen one, or else the one they are named after.
DESIGNED = {
    Sheet.WINDOW: (Form.WINDOW, Design.WINDOW),
    Sheet.STICKERS: (Form.STICKERS, Design.STICKER),
    Sheet.BANNER: (Form.BANNER, Design.STICKER),
}
# By which letter of massline.square.calls.sharing.open_counts the code on a sheet counts.
SOURCES = {
    Sheet.POSTER: "p",
    Sheet.WINDOW: "p",
    Sheet.FLYER: "f",
    Sheet.CARDS: "c",
    Sheet.TEAR_OFF: "t",
    Sheet.DOOR: "d",
    Sheet.PHONE: "d",
}


def sheet_pdf(
    subject: SubjectOnPaper, sheet: Sheet, *, paper_size: Paper = Paper.A4, setting: CallSetting | None = None
) -> bytes:
    """Make one sheet, a poster in the chosen design if there is one. The same facts give the same bytes."""
    designed = _design_of(subject, sheet)
    if designed:
        form, design = designed
        return design_pdf(subject, design, form, paper=paper_size.value, source=SOURCES.get(sheet, ""))
    facts = subject.printed.as_dict() | _more(subject, sheet, setting)
    inputs = {
        "sheet": sheet.value,
        "paper": paper_size.value,
        "facts": web_pdf.remove_pictures(json.dumps(facts, ensure_ascii=False)),
        "qr": subject.qr(SOURCES.get(sheet, "")),
    }
    made_at = int(subject.changed_at.timestamp())
    return web_pdf.render_pdf(HERE / TEMPLATES[sheet], inputs, seconds=made_at, every_letter=True)


def _design_of(subject: SubjectOnPaper, sheet: Sheet) -> tuple[Form, Design] | None:
    """Form and design of a sheet; None for a sheet of the usual make."""
    if sheet != Sheet.POSTER and sheet not in DESIGNED:
        return None
    chosen = chosen_design(subject)
    if sheet == Sheet.POSTER:
        return (Form.POSTER, chosen.known_design) if chosen else None
    form, usual = DESIGNED[sheet]
    return form, chosen.known_design if chosen else usual


def _more(subject: SubjectOnPaper, sheet: Sheet, setting: CallSetting | None) -> dict[str, object]:
    """Texts of a sheet beyond the facts of its subject, in the subject's language. Only calls and events have scripts."""
    with in_language(subject.language), timezone.override(subject.organisation.zone):
        match sheet:
            case Sheet.SIGN_IN:
                return sign_in_table(subject)
            case Sheet.WALLET:
                return wallet_lines(subject, setting)
            case Sheet.DOOR if isinstance(subject, CallOnPaper):
                return door_script(subject)
            case Sheet.PHONE if isinstance(subject, CallOnPaper):
                return phone_script(subject)
            case _:
                return {}
