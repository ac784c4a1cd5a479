"""Whoever asks a bot what's next hears one sentence, and nothing about them stays."""

from pathlib import Path
from typing import Any

import pytest

from massline.desk.act import jobs
from massline.desk.act.messages import bots
from massline.desk.people.models import Account, Organisation
from massline.square.organisations.models import PublicOrganisation
from tests.desk.act.web_service import Service
from tests.desk.decided_loop import plan_meeting


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Any, riverside: Organisation, bea: Account) -> None:
    settings.DATA = tmp_path
    jobs._silent_until.clear()
    plan_meeting(riverside, bea)


def wrote(number: int, text: str, *, kind: str = "private", language: str = "en") -> dict[str, Any]:
    """A message as Telegram gives it, with more about the writer than anybody needs."""
    who = {"id": 700 + number, "first_name": "Rosa", "username": "rosa_b", "language_code": language}
    chat = {"id": 700 + number, "type": kind, "first_name": "Rosa"}
    return {"update_id": number, "message": {"message_id": 1, "from": who, "chat": chat, "text": text}}


def test_telegram_asks_and_hears_the_next_meeting(service: Service, settings: Any, tmp_path: Path) -> None:
    settings.TELEGRAM_URL, settings.TELEGRAM_TOKEN = service.url, "42:token"
    updates = [
        wrote(1, "/start"),
        wrote(2, "/next", language="es"),
        wrote(3, "lovely weather", kind="group"),
        wrote(4, "/next@riverside_bot", kind="group"),
        {"update_id": 5, "edited_message": {}},
    ]
    service.answers["getUpdates"] = (200, {"ok": True, "result": updates})
    jobs.answer_who_asks()
    said = {body["chat_id"]: body["text"] for _v, path, body, _t in service.asked if "sendMessage" in path}
    assert list(said) == [701, 702, 704]
    assert said[701].startswith("Mass meeting. ")
    assert "18:00, Harbour Hall. http://localhost:8000/riverside/" in said[701]
    assert said[701].endswith("telegram:701")
    assert said[702] != said[701].partition("\n")[0], "in the language of who asked"
    assert said[702].startswith("Mass meeting. ")
    assert "\n" not in said[702]
    assert service.asked[-1][2]["offset"] == 6, "what was answered is not asked for again"
    assert list(tmp_path.iterdir()) == [], "nothing about who asked is kept"


def test_several_organisations_answer_each_by_name_and_one_alone_when_it_is_named(face: Any) -> None:
    PublicOrganisation.objects.create(slug="nile", name="مستأجرو النيل", sentence="نحن معًا.", language="ar")
    both = bots.answer("/next")
    assert "Riverside Tenants: Mass meeting." in both
    assert "مستأجرو النيل: " in both
    assert bots.answer("/next riverside").startswith("Mass meeting.")
    assert bots.answer("/next nile", "en") == "Nothing is set yet. http://localhost:8000/nile/"


def test_matrix_answers_an_invitation_and_a_word(service: Service, settings: Any, tmp_path: Path) -> None:
    settings.MATRIX_URL, settings.MATRIX_TOKEN = service.url, "m4"
    service.answers = {
        "whoami": (200, {"user_id": "@house:home.example"}),
        "joined_members": (200, {"joined": {"@rosa:home.example": {}, "@house:home.example": {}}}),
        "sync": (200, {"next_batch": "s1", "rooms": {"invite": {"!two:home.example": {}}}}),
    }
    jobs.answer_who_asks()
    (_verb, path, body, token), *_rest = [one for one in service.asked if one[0] == "PUT"]
    assert path.startswith("/_matrix/client/v3/rooms/%21two%3Ahome.example/send/m.room.message/")
    assert (body["msgtype"], token) == ("m.notice", "Bearer m4")
    assert body["body"].startswith("Mass meeting. ")
    assert [one.read_text() for one in tmp_path.iterdir()] == ["s1"]

    sealed = {"type": "m.room.encrypted", "sender": "@rosa:home.example", "event_id": "$1", "content": {}}
    mine = {"type": "m.room.message", "sender": "@house:home.example", "event_id": "$2", "content": {}}
    timeline = {"join": {"!two:home.example": {"timeline": {"events": [sealed, mine]}}}}
    service.answers["sync"] = (200, {"next_batch": "s2", "rooms": timeline})
    before = len([one for one in service.asked if one[0] == "PUT"])
    jobs.answer_who_asks()
    jobs.answer_who_asks()
    again = [path for verb, path, _b, _t in service.asked if verb == "PUT"][before:]
    assert len(set(again)) == 1, "the same answer goes under the same name"
    read = [path for _v, path, _b, _t in service.asked if "/sync?" in path]
    assert ["since" in path for path in read] == [False, True, True]
    assert [one.read_text() for one in tmp_path.iterdir()] == ["s2"]


def test_a_service_that_is_down_is_left_alone_for_a_while(service: Service, settings: Any) -> None:
    settings.TELEGRAM_URL, settings.TELEGRAM_TOKEN = service.url, "42:token"
    service.answers["getUpdates"] = (502, {})
    jobs.answer_who_asks()
    jobs.answer_who_asks()
    assert len(service.asked) == 1
