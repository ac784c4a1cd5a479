"""All sheets by where they go, with the papers they are made for, and all texts to share."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from massline.desk.call.materials.share_texts import (
    ShareText,
    long_message,
    measure_text,
    short_post,
    text_message,
)
from massline.desk.call.materials.sheets import Paper, Sheet
from massline.square.calls.localized_call import CallWording
from massline.square.calls.models import PublishedCall
from massline.square.calls.printed.printed_call import CallOnPaper


@dataclass(frozen=True)
class Printable:
    """A sheet and the papers it is made for, the usual one first."""

    sheet: Sheet
    name: str | Promise
    papers: tuple[Paper, ...]

    def fitting(self, paper: Paper) -> Paper:
        """The paper asked for, or the usual one where the sheet is not made for it."""
        return paper if paper in self.papers else self.papers[0]


@dataclass(frozen=True)
class SheetPlace:
    """Where sheets go, with the sheets that go there."""

    name: str | Promise
    sheets: tuple[Printable, ...]


USUAL_PAPERS = (Paper.A4, Paper.LETTER)
KIT = (
    SheetPlace(
        _("For walls and windows"),
        (
            Printable(Sheet.POSTER, _("Poster"), (Paper.A4, Paper.A3, Paper.LETTER)),
            Printable(Sheet.TEAR_OFF, _("Poster with strips to tear off"), USUAL_PAPERS),
            Printable(Sheet.WINDOW, _("Window sign"), (Paper.A4, Paper.A3, Paper.LETTER)),
            Printable(Sheet.PLACARD, _("Placard: just the slogan"), (Paper.A3, Paper.A4, Paper.LETTER)),
            Printable(Sheet.BANNER, _("Banner for a copy shop (150 × 50 cm)"), (Paper.A4,)),
        ),
    ),
    SheetPlace(
        _("For hands and pockets"),
        (
            Printable(Sheet.FLYER, _("Two flyers (A5)"), USUAL_PAPERS),
            Printable(Sheet.CARDS, _("Four cards (A6)"), USUAL_PAPERS),
            Printable(Sheet.STICKERS, _("Eight stickers"), USUAL_PAPERS),
            Printable(Sheet.WALLET, _("Wallet cards: know your rights"), USUAL_PAPERS),
        ),
    ),
    SheetPlace(
        _("For knocking and calling"),
        (
            Printable(Sheet.DOOR, _("What to say at the door"), USUAL_PAPERS),
            Printable(Sheet.PHONE, _("What to say on the phone"), USUAL_PAPERS),
            Printable(Sheet.SIGN_IN, _("Sign-in sheet"), USUAL_PAPERS),
        ),
    ),
)

# Sheets that need no hour and place, and no script of a call.
PUBLIC_PAGE_SHEETS = frozenset(
    {
        Sheet.POSTER,
        Sheet.TEAR_OFF,
        Sheet.WINDOW,
        Sheet.PLACARD,
        Sheet.BANNER,
        Sheet.FLYER,
        Sheet.CARDS,
        Sheet.STICKERS,
        Sheet.SIGN_IN,
    }
)


def public_page_kit() -> list[SheetPlace]:
    """The kit of a listening round or a report-back."""
    places = [
        SheetPlace(place.name, tuple(row for row in place.sheets if row.sheet in PUBLIC_PAGE_SHEETS))
        for place in KIT
    ]
    return [place for place in places if place.sheets]


@dataclass(frozen=True)
class TextToShare:
    """A text for one channel, with the short address that counts openings by it."""

    channel: str
    name: str | Promise
    text: ShareText
    is_message: bool = False


def texts_to_share(published: PublishedCall, words: CallWording) -> list[TextToShare]:
    return texts_of(CallOnPaper(published, words.language))


def texts_of(subject: CallOnPaper) -> list[TextToShare]:
    return [
        TextToShare("sms", _("Text message"), text_message(subject), is_message=True),
        TextToShare("chat", _("For chats"), measure_text(long_message(subject, "m"))),
        TextToShare("mail", _("For e-mail"), measure_text(long_message(subject, "e", signed=True))),
        TextToShare("post", _("For social media"), measure_text(short_post(subject))),
    ]
