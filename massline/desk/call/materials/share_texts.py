"""Words to pass on: one text message if it can be, and a longer one for chats."""

from dataclasses import dataclass
from math import ceil

from django.utils import formats, timezone, translation
from django.utils.html import format_html

from massline.desk.call.materials.printed_call import CallOnPaper
from massline.square.calls.models import PublishedCall
from massline.web.absolute_urls import public

# GSM 03.38, the alphabet of 160 characters a message; those of the second table count twice.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = set("^{}\\[~]|€\f")
SHORTEST_POST = 300


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


def frame_lines(published: PublishedCall) -> str:
    """Give the lines that put a call into a page of somebody else's; a quote in the slogan stays within the title."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="340" frameborder="0"></iframe>',
        public(published.get_widget_url()),
        published.slogan,
    )


def message(paper: CallOnPaper) -> ShareText:
    """Give the fullest text that fits one message; where none does, the one of fewest parts.

    Slogan, day, hour and address always stay; the ask goes first, then the place.
    """
    tries = [measured(text) for text in _from_full_to_bare(paper)]
    fewest = min(one.segments for one in tries)
    return next(one for one in tries if one.segments == fewest)


def _from_full_to_bare(paper: CallOnPaper) -> list[str]:
    words, event = paper.words, paper.event
    with translation.override(words.language), timezone.override(paper.published.organisation.zone):
        start = timezone.localtime(event.starts_at)
        hour = f"{formats.date_format(start, 'D j M')} {formats.date_format(start, 'H:i')}"
        off = f"{paper.printed.stamp}: " if event.is_cancelled else ""
    bare, url = f"{off}{_ended(words.slogan)} {hour}", paper.way("s")
    return [
        f"{bare}, {words.place}. {_ended(words.ask)} {url}",
        f"{bare}, {words.place}. {url}",
        f"{bare}. {url}",
    ]


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "؟", "。", "！", "？")) else f"{sentence}."


def long_message(paper: CallOnPaper, source: str = "m", *, signed: bool = False) -> str:
    """Everything, line by line, for a chat; signed, for an e-mail."""
    printed = paper.printed
    told = [f"{printed.stamp}. {printed.told}".strip()] if printed.stamp else []
    facts = [f"{label}: {text}" for label, text in printed.rows]
    why = [paper.words.why, ""] if signed and paper.words.why else []
    end = ["", printed.organisation, printed.imprint] if signed else []
    return "\n".join([*told, printed.slogan, "", *why, *facts, "", printed.ask, paper.way(source), *end])


def short_post(paper: CallOnPaper) -> str:
    """Slogan, day, place and address in at most 300 characters, as the shortest network allows."""
    printed = paper.printed
    told = f"{printed.stamp}. " if printed.stamp else ""
    lines = [
        f"{told}{_ended(printed.slogan)}",
        f"{printed.when}, {printed.place}",
        _ended(printed.ask),
        paper.way("n"),
    ]
    full = "\n".join(lines)
    return full if len(full) <= SHORTEST_POST else "\n".join([*lines[:2], lines[3]])
