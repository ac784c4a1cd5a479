"""Chats as phones write them out, in several languages and clocks: words and days stay, names and notices go."""

import json

import pytest

from massline.tables.chat_exports import read_chat
from massline.tables.date_columns import DayColumn

IPHONE = (
    "[21/11/2026, 18:02:11] Riverside A: \u200eMessages and calls are end-to-end encrypted.\n"
    "[21/11/2026, 18:02:41] Ana R: The boiler is out again, has anyone else got cold water?\n"
    "[21/11/2026, 18:03:02] ~ Ben: Yes. Block C too.\nSince this morning.\n"
    "[21/11/2026, 18:04:02] Ana R: \u200eimage omitted\n"
)
WORDS = ["The boiler is out", "Second line\nof it"]


def chat(day: str, notice: str, media: str, *, shape: str = "{day} - {rest}") -> str:
    lines = [notice, f"Ana R: {WORDS[0]}", f"~ Ben: {WORDS[1]}", f"Ana R: {media}"]
    return "\n".join(shape.format(day=day, rest=rest) for rest in lines) + "\n"


CHATS = {
    "Android, English, US": chat(
        "11/21/26, 6:02\u202fPM", "Messages and calls are end-to-end encrypted.", "<Media omitted>"
    ),
    "Android, English, UK": chat(
        "21/11/2026, 18:02", "Ben joined using this group's invite link", "IMG-1.jpg (file attached)"
    ),
    "Android, German": chat("21.11.26, 18:02", "Ben hat die Gruppe erstellt", "<Medien ausgeschlossen>"),
    "Android, Spanish": chat("21/11/26 18:02", "Ben creó el grupo", "<Multimedia omitido>"),
    "Android, Spanish, noon": chat(
        "21/11/26, 6:02\u00a0p.\u00a0m.", "Ben creó el grupo", "Se eliminó este mensaje."
    ),
    "Android, French": chat("21/11/2026, 18:02", "Ben a créé le groupe", "<Médias omis>"),
    "Android, Portuguese": chat("21/11/2026 18:02", "Ben criou o grupo", "<Mídia oculta>"),
    "Android, Arabic": chat("٢١/١١/٢٠٢٦، ٦:٠٢ م", "أنشأ Ben المجموعة", "<تم استبعاد الوسائط>"),
    "iPhone, German": chat(
        "21.11.26, 18:02:11",
        "Gruppe: \u200eNachrichten sind verschlüsselt.",
        "\u200eBild weggelassen",
        shape="[{day}] {rest}",
    ),
    "iPhone, US": chat(
        "11/21/26, 6:02:11 PM",
        "Group: \u200eMessages are encrypted.",
        "\u200eaudio omitted",
        shape="[{day}] {rest}",
    ),
    "Signal": chat("2026-11-21 18:02", "Ben has joined", "<attached: photo.jpg>", shape="[{day}] {rest}"),
}


@pytest.mark.parametrize("phone", CHATS)
def test_words_and_days_stay_and_names_and_notices_go(phone: str) -> None:
    messages = read_chat(CHATS[phone])
    assert messages is not None
    assert [message.text for message in messages if message.is_words] == WORDS
    assert len(messages) == 4, "a line vanished"
    days = DayColumn([message.day for message in messages])
    assert str(days.read(messages[1].day)) == "2026-11-21"
    assert not any("Ana" in message.text or "Ben" in message.text for message in messages)


def test_the_chat_of_an_iphone() -> None:
    messages = read_chat(IPHONE)
    assert messages is not None
    assert [message.text for message in messages if message.is_words] == [
        "The boiler is out again, has anyone else got cold water?",
        "Yes. Block C too.\nSince this morning.",
    ]


def test_the_chat_of_telegram() -> None:
    parts = [{"type": "mention", "text": "@ana"}, " the lift is broken ", {"type": "bold", "text": "again"}]
    said = {"type": "message", "date": "2026-11-21T18:02:41", "from": "Ana R", "text": parts}
    joined = {"type": "service", "date": "2026-11-21T18:02:41", "action": "join_group_by_link", "text": ""}
    photo = {"type": "message", "date": "2026-11-22T18:02:41", "from": "Ben", "photo": "a.jpg", "text": ""}
    messages = read_chat(json.dumps({"name": "Block C", "messages": [said, joined, photo]}))
    assert messages is not None
    assert [(message.text, message.day) for message in messages if message.is_words] == [
        ("@… the lift is broken again", "2026-11-21")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "We need heat.\nFix the lift.\n",
        '{"a": 1}',
        "2026-11-21,Name: x\n2026-11-22,Name: y\n",
    ],
)
def test_what_is_no_chat_is_none(text: str) -> None:
    assert read_chat(text) is None
