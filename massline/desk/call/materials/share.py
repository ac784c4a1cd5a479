"""Words to pass on: one text message if it can be, and a longer one for chats."""

from dataclasses import dataclass
from math import ceil

from django.utils import formats, timezone, translation

from massline.desk.call.materials.facts import CallOnPaper

# GSM 03.38, the alphabet of 160 characters a message; those of the second table count twice.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = set("^{}\\[~]|€\f")


@dataclass(frozen=True)
class ShareText:
    """A text, how a phone will encode it, and how many messages it costs."""

    text: str
    characters: int
    encoding: str
    segments: int


def measured(text: str) -> ShareText:
    """Count a text as a phone does: GSM-7 holds 160 (153 a part), anything else UCS-2 holds 70 (67 a part)."""
    if all(char in GSM or char in GSM_TWICE for char in text):
        length = sum(2 if char in GSM_TWICE else 1 for char in text)
        return ShareText(text, length, "GSM-7", 1 if length <= 160 else ceil(length / 153))
    length = len(text.encode("utf-16-be")) // 2
    return ShareText(text, length, "UCS-2", 1 if length <= 70 else ceil(length / 67))


def message(paper: CallOnPaper) -> ShareText:
    """Give the fullest text that fits one message; where none does, the one of fewest parts.

    Slogan, day, hour and address always stay; the ask goes first, then the place.
    """
    tries = [measured(text) for text in _from_full_to_bare(paper)]
    fewest = min(one.segments for one in tries)
    return next(one for one in tries if one.segments == fewest)


def _from_full_to_bare(paper: CallOnPaper) -> list[str]:
    call, event = paper.published, paper.event
    with translation.override(call.language), timezone.override(call.organisation.zone):
        start = timezone.localtime(event.starts_at)
        hour = f"{formats.date_format(start, 'D j M')} {formats.date_format(start, 'H:i')}"
    slogan = call.slogan if call.slogan.endswith((".", "!", "?", "؟")) else f"{call.slogan}."
    bare = f"{slogan} {hour}"
    ask = call.ask if call.ask.endswith((".", "!", "?", "؟")) else f"{call.ask}."
    return [
        f"{bare}, {event.place}. {ask} {paper.url}",
        f"{bare}, {event.place}. {paper.url}",
        f"{bare}. {paper.url}",
    ]


def long_message(paper: CallOnPaper) -> str:
    """Everything, line by line, for a chat or an e-mail."""
    printed = paper.printed
    told = [f"{printed.stamp}. {printed.told}".strip()] if printed.stamp else []
    facts = [f"{label}: {text}" for label, text in printed.rows]
    return "\n".join([*told, printed.slogan, "", *facts, "", printed.ask, paper.url])
