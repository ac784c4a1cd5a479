"""Bots that are asked "what's next?" and answer in one sentence. They keep nothing about who asked, and what.

Telegram holds for itself which questions were answered. Of Matrix one mark is kept, how far its stream was read.
"""

import hashlib
import json
import os
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from massline.desk.act.messages.channels import Matrix, Refused, Telegram
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


def answer(asked: str, language: str = "") -> str:
    """Give the sentence of the organisation that is named, as in "/next riverside"; else of each that stands by itself."""
    named = PublicOrganisation.objects.filter(slug__in=asked.casefold().split()[1:2])
    faces = named or PublicOrganisation.objects.filter(parent=None)[:MOST_ANSWERS]
    spoken = language.split("-")[0]
    known = spoken if spoken in dict(settings.LANGUAGES) else ""
    said = [(face.name, whats_next(face, language=known or face.language)) for face in faces]
    if len(said) == 1:
        return said[0][1]
    return "\n\n".join(f"{name}: {sentence}" for name, sentence in said)


def answer_telegram(bot: Telegram) -> int:
    """Answer who wrote to the bot since the last time; give how many. In groups only a command is for us."""
    updates = bot.call("getUpdates", timeout=0, allowed_updates=["message"]).get("result", [])
    answered = 0
    for update in updates:
        said = _of_telegram(update.get("message", {}))
        if said is not None:
            try:
                bot.call("sendMessage", **said)
                answered += 1
            except Refused:  # who asked has closed the door meanwhile
                continue
    if updates:
        # Telegram forgets what came before this number; it asks for no answer.
        bot.call("getUpdates", timeout=0, limit=1, offset=updates[-1]["update_id"] + 1)
    return answered


def _of_telegram(message: dict[str, Any]) -> dict[str, Any] | None:
    chat, text = message.get("chat", {}), str(message.get("text", ""))
    command = text.partition(" ")[0].partition("@")[0]
    if not text or (chat.get("type") != "private" and command not in ("/next", "/start")):
        return None
    language = str(message.get("from", {}).get("language_code", ""))
    said = answer(text, language)
    if command == "/start" and chat.get("type") == "private":
        with translation.override(language or settings.LANGUAGE_CODE):
            said += "\n\n" + _("To hear of changes here, give this as your contact when you sign up:")
            said += f" telegram:{chat['id']}"
    return {"chat_id": chat.get("id"), "text": said}


def mark() -> Path:
    """How far the stream was read: a position, nobody's name."""
    return Path(settings.DATA) / "matrix-read-to"


def answer_matrix(house: Matrix) -> int:
    """Join where we are invited and say it, and answer who wrote since the last time; give how many."""
    since = mark().read_text() if mark().is_file() else ""
    query = {"timeout": "0", "filter": FILTER} | ({"since": since} if since else {})
    found = house.client("GET", f"sync?{urllib.parse.urlencode(query)}")
    me = str(house.client("GET", "account/whoami").get("user_id", ""))
    answered = 0
    for room, identity, said in _of_matrix(house, found, me, first=not since):
        try:
            house.client("POST", f"join/{urllib.parse.quote(room)}", {})
            path = f"rooms/{urllib.parse.quote(room)}/send/m.room.message/{identity}"
            house.client("PUT", path, {"msgtype": "m.notice", "body": said})
            answered += 1
        except Refused:  # the room was closed meanwhile
            continue
    _write(str(found.get("next_batch", since)))
    return answered


def _of_matrix(
    house: Matrix, found: dict[str, Any], me: str, *, first: bool
) -> Iterator[tuple[str, str, str]]:
    """Give each room to answer in, the identity of the answer, and the answer. What was said before we listened is over."""
    rooms = found.get("rooms", {})
    for room in rooms.get("invite", {}):
        yield room, _identity(room), answer("")
    for room, what in {} if first else rooms.get("join", {}).items():
        for event in reversed(what.get("timeline", {}).get("events", [])):
            asked = str(event.get("content", {}).get("body", ""))
            if event.get("sender") != me and _is_for_us(house, room, event, asked):
                yield room, _identity(str(event.get("event_id"))), answer(asked)
                break


def _is_for_us(house: Matrix, room: str, event: dict[str, Any], asked: str) -> bool:
    """A command anywhere; in a room for two any word, also one that is encrypted and that we cannot read."""
    if event.get("type") not in ("m.room.message", "m.room.encrypted"):
        return False
    if asked.startswith(("!next", "/next")):
        return True
    members = house.client("GET", f"rooms/{urllib.parse.quote(room)}/joined_members").get("joined", {})
    return len(members) <= 2


def _identity(of: str) -> str:
    """The same answer tried again is taken once."""
    return hashlib.blake2b(of.encode(), digest_size=12, person=b"what is next").hexdigest()


def _write(position: str) -> None:
    with open(os.open(mark(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(position)
