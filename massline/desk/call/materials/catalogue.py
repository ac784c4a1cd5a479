"""The whole kit: which sheets there are on which paper, and the words for every way to pass a call on."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from massline.desk.call.materials.printed_call import CallOnPaper
from massline.desk.call.materials.share_texts import ShareText, long_message, measured, message, short_post
from massline.desk.call.materials.sheets import Paper, Sheet
from massline.square.calls.localized import Words
from massline.square.calls.models import PublishedCall


@dataclass(frozen=True)
class Printable:
    """One thing to print and the papers it is made for, the usual one first."""

    sheet: Sheet
    name: str | Promise
    papers: tuple[Paper, ...]


ALL = (Paper.A4, Paper.LETTER)
KIT = (
    Printable(Sheet.POSTER, _("Poster"), (Paper.A4, Paper.A3, Paper.LETTER)),
    Printable(Sheet.TEAR_OFF, _("Poster with strips to tear off"), ALL),
    Printable(Sheet.FLYER, _("Two flyers (A5)"), ALL),
    Printable(Sheet.CARDS, _("Four cards (A6)"), ALL),
    Printable(Sheet.PLACARD, _("Placard: the slogan alone"), (Paper.A3, Paper.A4, Paper.LETTER)),
    Printable(Sheet.DOOR, _("What to say at the door"), ALL),
    Printable(Sheet.PHONE, _("What to say on the phone"), ALL),
    Printable(Sheet.SIGN_IN, _("Sign-in sheet"), ALL),
    Printable(Sheet.WALLET, _("Wallet cards: know your rights"), ALL),
)


@dataclass(frozen=True)
class ToPassOn:
    """Words for one way; each carries the address that counts this way."""

    way: str
    name: str | Promise
    text: ShareText
    is_message: bool = False


def texts(published: PublishedCall, words: Words) -> list[ToPassOn]:
    paper = CallOnPaper(published, words.language)
    return [
        ToPassOn("sms", _("Text message"), message(paper), is_message=True),
        ToPassOn("chat", _("For chats"), measured(long_message(paper, "m"))),
        ToPassOn("mail", _("For e-mail"), measured(long_message(paper, "e", signed=True))),
        ToPassOn("post", _("For networks"), measured(short_post(paper))),
    ]
