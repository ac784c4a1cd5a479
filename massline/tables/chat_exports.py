"""Chats taken out of WhatsApp, Signal or Telegram: what was written and on which day, without anybody's name.

WhatsApp writes the clock, the order of the day and its notices in the language of the phone. A line that does not begin
with a day goes on with the message above it.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_START = re.compile(
    rf"""^[\u200e\u200f\u202a\ufeff]*\[?
    (?P<day>{_DIGIT}{{1,4}}[./-]\s?{_DIGIT}{{1,2}}[./-]\s?{_DIGIT}{{1,4}})[.,\u060c]?\s+
    {_DIGIT}{{1,2}}[:.]{_DIGIT}{{2}}(?:[:.]{_DIGIT}{{2}})?
    (?:\s?(?:[ap]\.?\s?m\.?|[\u0635\u0645]))?
    (?:\]\s*|\s+[-\u2013]\s+)
    (?P<rest>.*)$""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(r"(?P<name>[^:]{1,80}):\s(?P<text>.*)", re.DOTALL)
_MEDIA = re.compile(
    r"""^<[^<>]*>$|^<?(attached|adjunto|anexado|angehängt|pièce\sjointe)
    |\b(image|photo|video|audio|sticker|gif|document|contact\scard|voice\smessage|media)\s(message\s)?omitted\b
    |\b(bild|foto|video|audio|sticker|gif|dokument|kontaktkarte|medien)\s(weggelassen|ausgeschlossen)\b
    |\b(imagen|video|audio|sticker|gif|documento|multimedia|tarjeta\sde\scontacto)\somitid[oa]s?\b
    |\b(image|vidéo|audio|sticker|gif|document|médias?)\s(absente?|omise?s?)\b
    |\b(imagem|vídeo|áudio|figurinha|gif|documento|mídia)\s(ocultad[oa]|omitid[oa]|oculta)\b
    |(الصورة|الفيديو|الصوت|الملصق|الوسائط)\s(محذوف|مستبعد|غير\sمدرج)|تم\sاستبعاد\sالوسائط
    |\((file\sattached|datei\sangehängt|archivo\sadjunto|fichier\sjoint|arquivo\sanexado|الملف\sمرفق)\)
    |^(this\smessage\swas\sdeleted|you\sdeleted\sthis\smessage|diese\snachricht\swurde\sgelöscht|du\shast\sdiese\snachricht)
    |^(se\seliminó\seste\smensaje|eliminaste\seste\smensaje|ce\smessage\sa\sété\ssupprimé|mensagem\sapagada|تم\sحذف\sهذه\sالرسالة)
    |^(missed\s(voice|video)\scall|verpasster?\s|llamada\s(perdida|de\svoz)|appel\s(vocal|vidéo)\smanqué|chamada\sde\svoz)
    |^null$""",
    re.VERBOSE | re.IGNORECASE,
)
_EDITED = re.compile(
    r"\s*\u200e?<[^<>]*(edited|bearbeitet|edit[óo]|modifié|editada|تعديل)[^<>]*>\s*$", re.IGNORECASE
)
_MENTION = re.compile("@\u2068[^\u2069]*\u2069")
_LOOKED_AT = 60


@dataclass(frozen=True)
class ChatMessage:
    """What somebody wrote and its day, as the chat writes it. Not words: a notice of the app, or a picture."""

    text: str
    day: str
    is_words: bool = True


def read_chat(text: str) -> list[ChatMessage] | None:
    """The messages of a chat in their order; None where a text is no chat."""
    if text.lstrip()[:1] == "{":
        return _telegram(text)
    lines = text.splitlines()
    filled = [line for line in lines if line.strip()][:_LOOKED_AT]
    starts = [bool(_START.match(line)) for line in filled]
    if not starts or not starts[0] or sum(starts) < max(2, len(starts) / 3):
        return None
    messages: list[tuple[str, str]] = []
    for line in lines:
        match = _START.match(line)
        if match:
            messages.append((match["day"], match["rest"]))
        elif messages:
            day, before = messages[-1]
            messages[-1] = (day, f"{before}\n{line}")
    return [_message(day, rest.strip()) for day, rest in messages]


def _message(day: str, rest: str) -> ChatMessage:
    """A message without the name before it. What iPhones write themselves begins with a mark of direction."""
    named = _NAMED.match(rest)
    if named is None:
        return ChatMessage("", day, is_words=False)
    written = named["text"]
    text = _plain(written)
    is_notice = written.startswith("\u200e") and not _EDITED.match(written)
    return (
        ChatMessage("", day, is_words=False)
        if is_notice or not text or _MEDIA.search(text)
        else ChatMessage(text, day)
    )


def _plain(text: str) -> str:
    return _MENTION.sub("@…", _EDITED.sub("", text)).replace("\u200e", "").strip()


def _telegram(text: str) -> list[ChatMessage] | None:
    """The messages of Telegram's result.json; None for any other JSON."""
    try:
        document: Any = json.loads(text)
        listed = document["messages"]
        return [_telegram_message(entry) for entry in listed]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _telegram_message(entry: Any) -> ChatMessage:
    parts = entry.get("text", "")
    pieces = parts if isinstance(parts, list) else [parts]
    written = "".join(_piece(piece) for piece in pieces).strip()
    is_words = entry.get("type") == "message" and bool(written) and "forwarded_from" not in entry
    return ChatMessage(written if is_words else "", str(entry.get("date", ""))[:10], is_words=is_words)


def _piece(piece: Any) -> str:
    """A piece of a text; mentions of people are left out."""
    if isinstance(piece, str):
        return piece
    return "@…" if piece.get("type") in {"mention", "mention_name"} else str(piece.get("text", ""))
