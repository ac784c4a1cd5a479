"""Texts to share: a text message that costs as few parts as possible, and longer ones for chats, e-mail and networks."""

from dataclasses import dataclass
from math import ceil

from django.utils import formats, timezone
from django.utils.html import format_html

from massline.core.date_formats import format_hour, format_short_day
from massline.core.time_zones import in_active_zone
from massline.square.calls.models import PublishedCall
from massline.square.calls.printed.printed_call import CallOnPaper
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language

# GSM 03.38, the alphabet of 160 characters a message; those of the second table count twice.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = set("^{}\\[~]|€\f")
SHORTEST_POST = 300


@dataclass(frozen=True)
class ShareText:
    """A text with its encoding on phones and the number of messages it takes."""

    text: str
    characters: int
    encoding: str
    segments: int


def measure_text(text: str) -> ShareText:
    """Count a text as phones do: GSM-7 holds 160 characters (153 a part), UCS-2 holds 70 (67 a part)."""
    if all(char in GSM or char in GSM_TWICE for char in text):
        length = sum(2 if char in GSM_TWICE else 1 for char in text)
        return ShareText(text, length, "GSM-7", 1 if length <= 160 else ceil(length / 153))
    length = len(text.encode("utf-16-be")) // 2
    return ShareText(text, length, "UCS-2", 1 if length <= 70 else ceil(length / 67))


def embed_code(published: PublishedCall) -> str:
    """HTML that puts a call into another site's page; quotes in the slogan are escaped."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="340" frameborder="0"></iframe>',
        public_url(published.get_widget_url()),
        published.slogan,
    )


def text_message(subject: CallOnPaper) -> ShareText:
    """Return the fullest text that fits one message, or the one of fewest parts if none fits.

    Slogan, day, hour and address are always in; the ask is dropped first, then the place.
    """
    candidates = [measure_text(text) for text in _candidate_texts(subject)]
    fewest = min(text.segments for text in candidates)
    return next(text for text in candidates if text.segments == fewest)


def _candidate_texts(subject: CallOnPaper) -> list[str]:
    words, event = subject.words, subject.event
    with in_language(words.language), timezone.override(subject.published.organisation.zone):
        start = in_active_zone(event.starts_at)
        hour = f"{formats.date_format(start, 'D')} {format_short_day(start)} {format_hour(start)}"
        off = f"{subject.printed.stamp}: " if event.is_cancelled else ""
    bare, url = f"{off}{_with_full_stop(words.slogan)} {hour}", subject.short_url_for("s")
    return [
        f"{bare}, {words.place}. {_with_full_stop(words.ask)} {url}",
        f"{bare}, {words.place}. {url}",
        f"{bare}. {url}",
    ]


def _with_full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "؟", "。", "！", "？")) else f"{sentence}."


def long_message(subject: CallOnPaper, source: str = "m", *, signed: bool = False) -> str:
    """All facts line by line for a chat; `signed` adds reason and imprint for an e-mail."""
    printed = subject.printed
    change = [f"{printed.stamp}. {printed.what_changed}".strip()] if printed.stamp else []
    facts = [f"{label}: {text}" for label, text in printed.rows]
    why = [subject.words.why, ""] if signed and subject.words.why else []
    end = ["", printed.organisation, printed.imprint] if signed else []
    return "\n".join(
        [*change, printed.slogan, "", *why, *facts, "", printed.ask, subject.short_url_for(source), *end]
    )


def short_post(subject: CallOnPaper) -> str:
    """Slogan, day, place and address in at most 300 characters, as the shortest network allows."""
    printed = subject.printed
    change = f"{printed.stamp}. " if printed.stamp else ""
    lines = [
        f"{change}{_with_full_stop(printed.slogan)}",
        f"{printed.when}, {printed.place}",
        _with_full_stop(printed.ask),
        subject.short_url_for("n"),
    ]
    full = "\n".join(lines)
    return full if len(full) <= SHORTEST_POST else "\n".join([*lines[:2], lines[3]])
