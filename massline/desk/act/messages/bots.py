"""Bots that answer "what's next?" in one sentence. Nothing is stored about who asked or what they asked.

Telegram itself remembers which questions were answered. For Matrix the read position of its stream is stored.
"""

import hashlib
import json
import logging
import os
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from massline.desk.act.messages.channel_interface import AddressRefused, ServiceUnreachable, TryLater
from massline.desk.act.messages.http_channels import JsonAnswer, MatrixChannel, TelegramChannel
from massline.square.home.whats_next import whats_next_sentence
from massline.square.organisations.models import PublicOrganisation
from massline.web.language_choice import in_language, known_language

log = logging.getLogger("massline.act")
MOST_ANSWERS = 5
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
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
    sentences = [
        (face.name, whats_next_sentence(face, language=known_language(language, face.language)))
        for face in faces
    ]
    if len(sentences) == 1:
        return sentences[0][1]
    return "\n\n".join(f"{name}: {sentence}" for name, sentence in sentences)


def answer_telegram(bot: TelegramChannel) -> int:
    """Answer everybody who wrote to the bot since the last call; return how many. In groups only commands count."""
    updates = bot.call("getUpdates", timeout=0, allowed_updates=["message"]).get("result", [])
    answered, read_to = 0, None
    try:
        for update in updates:
            answered += _answer_update(bot, update)
            read_to = update.get("update_id")
    finally:
        if isinstance(read_to, int):
            # Telegram forgets what came before this number; it asks for no answer.
            bot.call("getUpdates", timeout=0, limit=1, offset=read_to + 1)
    return answered


def _answer_update(bot: TelegramChannel, update: JsonAnswer) -> bool:
    """Answer one message. One that cannot be read or answered is skipped, so that it delays nobody else's."""
    try:
        message = TelegramMessage.of(update.get("message", {}))
        if message.is_for_us:
            bot.call("sendMessage", chat_id=message.chat, text=_telegram_reply(message))
    except ServiceUnreachable:
        raise
    except (AddressRefused, TryLater, *UNREADABLE) as problem:  # for example, they blocked the bot meanwhile
        log.info("A question was not answered: %s", type(problem).__name__)
        return False
    return message.is_for_us


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
        with in_language(message.language):
            text += "\n\n" + _("To get messages about changes, give this as your contact when you sign up:")
            text += f" telegram:{message.chat}"
    return text


def read_position_file() -> Path:
    """Path of the file that holds the read position in the Matrix stream, and nothing about any person."""
    return Path(settings.DATA) / "matrix-read-to"


def answer_matrix(homeserver: MatrixChannel) -> int:
    """Accept invitations and answer everybody who wrote since the last call; return how many got an answer."""
    since = read_position_file().read_text() if read_position_file().is_file() else ""
    query = {"timeout": "0", "filter": FILTER} | ({"since": since} if since else {})
    sync = homeserver.request("GET", f"sync?{urllib.parse.urlencode(query)}")
    me = str(homeserver.request("GET", "account/whoami").get("user_id", ""))
    rooms = sync.get("rooms", {})
    joined = {} if not since else rooms.get("join", {})  # old messages of joined rooms are skipped
    answered = sum(
        _answer_room(homeserver, room, _reply_identity(room), "") for room in rooms.get("invite", {})
    )
    answered += sum(_answer_joined_room(homeserver, room, timeline, me) for room, timeline in joined.items())
    _save_read_position(str(sync.get("next_batch", since)))
    return answered


def _answer_joined_room(homeserver: MatrixChannel, room: str, what: JsonAnswer, me: str) -> bool:
    """Answer the newest question of a room. A room that cannot be read is skipped, and delays no other."""
    try:
        for event in reversed(what.get("timeline", {}).get("events", [])):
            asked = str(event.get("content", {}).get("body", ""))
            if event.get("sender") != me and _is_for_us(homeserver, room, event, asked):
                return _answer_room(homeserver, room, _reply_identity(str(event.get("event_id"))), asked)
    except ServiceUnreachable:
        raise
    except (AddressRefused, TryLater, *UNREADABLE) as problem:
        log.info("A room was not read: %s", type(problem).__name__)
    return False


def _answer_room(homeserver: MatrixChannel, room: str, identity: str, asked: str) -> bool:
    try:
        homeserver.request("POST", f"join/{urllib.parse.quote(room)}", {})
        path = f"rooms/{urllib.parse.quote(room)}/send/m.room.message/{identity}"
        homeserver.request("PUT", path, {"msgtype": "m.notice", "body": build_answer(asked)})
    except ServiceUnreachable:
        raise
    except (AddressRefused, TryLater) as problem:  # for example, the room was closed meanwhile
        log.info("A room was not answered: %s", type(problem).__name__)
        return False
    return True


def _is_for_us(homeserver: MatrixChannel, room: str, event: JsonAnswer, asked: str) -> bool:
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
