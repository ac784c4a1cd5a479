"""Bots that answer "what's next?" in one sentence. Nothing is stored about who asked or what they asked.

Telegram itself remembers which questions were answered. For Matrix the read position of its stream is stored.
"""

import hashlib
import json
import os
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from massline.desk.act.messages.channels import AddressRefused, JsonAnswer, Matrix, Telegram
from massline.square.home.whats_next_sentence import whats_next
from massline.square.organisations.models import PublicOrganisation

MOST_ANSWERS = 5
FILTER = json.dumps(
    {
        "presence": {"types": []},
        "account_data": {"types": []},
        "room": {"timeline": {"limit": 5}, "ephemeral": {"types": []}, "account_data": {"types": []}},
    }
)


def build_answer(asked: str, language: str = "") -> str:
    """Write the next event of the organisation named, as in "/next riverside"; otherwise of each without a parent."""
    named = PublicOrganisation.objects.filter(slug__in=asked.casefold().split()[1:2])
    faces = named or PublicOrganisation.objects.filter(parent=None)[:MOST_ANSWERS]
    spoken = language.split("-")[0]
    known = spoken if spoken in dict(settings.LANGUAGES) else ""
    sentences = [(face.name, whats_next(face, language=known or face.language)) for face in faces]
    if len(sentences) == 1:
        return sentences[0][1]
    return "\n\n".join(f"{name}: {sentence}" for name, sentence in sentences)


def answer_telegram(bot: Telegram) -> int:
    """Answer everybody who wrote to the bot since the last call; return how many. In groups only commands count."""
    updates = bot.call("getUpdates", timeout=0, allowed_updates=["message"]).get("result", [])
    answered = 0
    for update in updates:
        message = TelegramMessage.of(update.get("message", {}))
        if message.is_for_us:
            try:
                bot.call("sendMessage", chat_id=message.chat, text=_telegram_reply(message))
                answered += 1
            except AddressRefused:  # they blocked the bot meanwhile
                continue
    if updates:
        # Telegram forgets what came before this number; it asks for no answer.
        bot.call("getUpdates", timeout=0, limit=1, offset=updates[-1]["update_id"] + 1)
    return answered


@dataclass(frozen=True)
class TelegramMessage:
    """A message to the bot: where it was written, its text, and the language of the writer's app."""

    chat: int | None
    is_private: bool
    text: str
    language: str

    @classmethod
    def of(cls, sent: JsonAnswer) -> "TelegramMessage":
        chat = sent.get("chat", {})
        return cls(
            chat=chat.get("id"),
            is_private=chat.get("type") == "private",
            text=str(sent.get("text", "")),
            language=str(sent.get("from", {}).get("language_code", "")),
        )

    @property
    def command(self) -> str:
        return self.text.partition(" ")[0].partition("@")[0]

    @property
    def is_for_us(self) -> bool:
        return bool(self.text) and (self.is_private or self.command in ("/next", "/start"))


def _telegram_reply(message: TelegramMessage) -> str:
    text = build_answer(message.text, message.language)
    if message.command == "/start" and message.is_private:
        with translation.override(message.language or settings.LANGUAGE_CODE):
            text += "\n\n" + _("To hear of changes here, give this as your contact when you sign up:")
            text += f" telegram:{message.chat}"
    return text


def read_position_file() -> Path:
    """Path of the file that holds the read position in the Matrix stream, and nothing about any person."""
    return Path(settings.DATA) / "matrix-read-to"


def answer_matrix(homeserver: Matrix) -> int:
    """Accept invitations and answer everybody who wrote since the last call; return how many got an answer."""
    since = read_position_file().read_text() if read_position_file().is_file() else ""
    query = {"timeout": "0", "filter": FILTER} | ({"since": since} if since else {})
    sync = homeserver.request("GET", f"sync?{urllib.parse.urlencode(query)}")
    me = str(homeserver.request("GET", "account/whoami").get("user_id", ""))
    answered = 0
    for room, identity, reply in _matrix_replies(homeserver, sync, me, first=not since):
        try:
            homeserver.request("POST", f"join/{urllib.parse.quote(room)}", {})
            path = f"rooms/{urllib.parse.quote(room)}/send/m.room.message/{identity}"
            homeserver.request("PUT", path, {"msgtype": "m.notice", "body": reply})
            answered += 1
        except AddressRefused:  # the room was closed meanwhile
            continue
    _save_read_position(str(sync.get("next_batch", since)))
    return answered


def _matrix_replies(
    homeserver: Matrix, sync: JsonAnswer, me: str, *, first: bool
) -> Iterator[tuple[str, str, str]]:
    """List the rooms to answer in, each with the answer and its identity. Old messages in joined rooms are skipped."""
    rooms = sync.get("rooms", {})
    for room in rooms.get("invite", {}):
        yield room, _reply_identity(room), build_answer("")
    for room, what in {} if first else rooms.get("join", {}).items():
        for event in reversed(what.get("timeline", {}).get("events", [])):
            asked = str(event.get("content", {}).get("body", ""))
            if event.get("sender") != me and _is_for_us(homeserver, room, event, asked):
                yield room, _reply_identity(str(event.get("event_id"))), build_answer(asked)
                break


def _is_for_us(homeserver: Matrix, room: str, event: JsonAnswer, asked: str) -> bool:
    """True for a command, and in a room of two for any message, even an encrypted one that we cannot read."""
    if event.get("type") not in ("m.room.message", "m.room.encrypted"):
        return False
    if asked.startswith(("!next", "/next")):
        return True
    members = homeserver.request("GET", f"rooms/{urllib.parse.quote(room)}/joined_members").get("joined", {})
    return len(members) <= 2


def _reply_identity(question: str) -> str:
    """Return a transaction id that stays the same on a retry, so that Matrix takes an answer once."""
    return hashlib.blake2b(question.encode(), digest_size=12, person=b"what is next").hexdigest()


def _save_read_position(position: str) -> None:
    with open(os.open(read_position_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(position)
