"""The rows of the sign-in sheet and the lines of wallet cards."""

from django.utils.translation import gettext as _

from massline.desk.call.call_settings.models import CallSetting
from massline.square.calls.printed.printed_subject import SubjectOnPaper

ROWS = 14
PAGES = ("A", "B", "C", "D", "E", "F")
MOST_LINES = 7


def row_codes() -> list[list[str]]:
    """The codes of all rows by page, A01 … F14, each used once, so that a typed-in row can be found on paper."""
    return [[f"{page}{row:02d}" for row in range(1, ROWS + 1)] for page in PAGES]


def sign_in_table(subject: SubjectOnPaper) -> dict[str, object]:
    title, consent = subject.sign_in_words()
    return {
        "title": title,
        "code": subject.code,
        "pages": row_codes(),
        "columns": [
            _("Row"),
            _("What should we call you?"),
            _("Phone, e-mail or username"),
            _("Building or department"),
            _("Language"),
            _("You can write to me"),
            _("I’ll help next time"),
        ],
        "consent": consent,
        "sheet": _("Sheet"),
    }


def wallet_lines(subject: SubjectOnPaper, setting: CallSetting | None) -> dict[str, object]:
    own = [line.strip() for line in (setting.rights if setting else "").splitlines() if line.strip()]
    return {
        "title": _("Know your rights"),
        "lines": (own or usual_rights())[:MOST_LINES],
        "call": _("Legal help"),
        "number": setting.legal_number if setting else "",
        "mind": _("Write this number on your arm."),
    }


def usual_rights() -> list[str]:
    """Rights that hold nearly everywhere, used until an organisation enters lines that a lawyer checked."""
    return [
        _("Stay calm. Keep your hands where they can see them."),
        _("Ask: “Am I free to go?” If yes, go."),
        _("You can stay silent. Say: “I want to speak to a lawyer.”"),
        _("Do not agree to a search. Do not resist one."),
        _("Don’t sign anything you don’t understand."),
        _("Note the badge number, place and time."),
    ]
