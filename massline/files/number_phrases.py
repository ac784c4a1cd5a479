"""Words and numbers as a reader takes them in; every sentence goes through gettext."""

import gettext as _gettext
from pathlib import Path

from massline.core.percentages import percent_text
from massline.engine.not_enough import NotEnough

_catalogue = _gettext.translation(
    "django", localedir=Path(__file__).resolve().parents[1] / "locale", fallback=True
)
gettext = _catalogue.gettext
ngettext = _catalogue.ngettext
_ = gettext
LANGUAGE = _catalogue.info().get("language", "en")


def number_phrase(value: int) -> str:
    """A count with thin spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def percent_phrase(share: float) -> str:
    """A share in whole per cent."""
    return percent_text(share, LANGUAGE)


def people_phrase(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=number_phrase(count))


def votes_phrase(count: int) -> str:
    return ngettext("{n} vote", "{n} votes", count).format(n=number_phrase(count))


def statements_phrase(count: int) -> str:
    return ngettext("{n} statement", "{n} statements", count).format(n=number_phrase(count))


def agreement_phrase(share: float) -> str:
    """A share as people say it: "Nine in ten of us agree"."""
    tenths = round(share * 10)
    sentences = (
        _("Hardly any of us agree"),
        _("One in ten of us agrees"),
        _("Two in ten of us agree"),
        _("Three in ten of us agree"),
        _("Four in ten of us agree"),
        _("Half of us agree"),
        _("Six in ten of us agree"),
        _("Seven in ten of us agree"),
        _("Eight in ten of us agree"),
        _("Nine in ten of us agree"),
        _("Nearly all of us agree"),
    )
    return sentences[min(max(tenths, 0), 10)]


def not_enough_phrase(short: NotEnough) -> str:
    """The answer of an estimate that had too little to start from."""
    return _("There is not enough yet: {have} of the {need} {what} we need.").format(
        have=number_phrase(short.have), need=number_phrase(short.need), what=short.what
    )


def left_out_phrase(key: str) -> str:
    """A reason for leaving something out, as it stands in `left_out`."""
    return key.replace("_", " ")
