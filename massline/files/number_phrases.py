"""Words and numbers as a reader takes them in; every sentence goes through gettext."""

import gettext as _gettext
from pathlib import Path

from massline.core.percentages import write_percent
from massline.engine.not_enough import NotEnough

_catalogue = _gettext.translation(
    "django", localedir=Path(__file__).resolve().parents[1] / "locale", fallback=True
)
gettext = _catalogue.gettext
ngettext = _catalogue.ngettext
_ = gettext
LANGUAGE = _catalogue.info().get("language", "en")


def number(value: int) -> str:
    """A count with thin spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def percent(share: float) -> str:
    """A share in whole per cent."""
    return write_percent(share, LANGUAGE)


def people(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=number(count))


def votes(count: int) -> str:
    return ngettext("{n} vote", "{n} votes", count).format(n=number(count))


def statements(count: int) -> str:
    return ngettext("{n} statement", "{n} statements", count).format(n=number(count))


def in_ten(share: float) -> str:
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


def not_enough(short: NotEnough) -> str:
    """The answer of an estimate that had too little to start from."""
    return _("There is not enough yet: {have} of the {need} {what} we need.").format(
        have=number(short.have), need=number(short.need), what=short.what
    )


def reason(key: str) -> str:
    """A reason for leaving something out, as it stands in `left_out`."""
    return key.replace("_", " ")
