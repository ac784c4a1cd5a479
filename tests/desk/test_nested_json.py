"""JSON nested a hundred thousand deep is refused like any other that cannot be read: no page breaks over it."""

import pytest

from massline.desk.act.events.models import Event
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.desk.sumup.drafts import remote_model
from tests.conftest import DoorClient, at_desk
from tests.parts import shows

DEEP = "[" * 100_000


def test_batches_from_a_phone(event: Event, round_: ListeningRound, chen: Account) -> None:
    for address in (
        f"/riverside/act/{event.pk}/check-in/send/",
        f"/riverside/listen/{round_.pk}/write/send/",
    ):
        for body in (DEEP, '{"codes": ' + DEEP, '{"reports": ' + DEEP):
            answer = at_desk(chen).post(address, body, content_type="application/json")
            assert answer.status_code == 400, address


def test_a_passkey_of_a_stranger() -> None:
    door = DoorClient("desk")
    assert door.post("/login/passkey/options/").status_code == 200
    answer = door.post("/login/passkey/", {"credential": DEEP})
    assert answer.status_code == 200
    assert shows(answer, "unknown-passkey")


def test_a_draft_of_a_machine() -> None:
    with pytest.raises(remote_model.DraftFailed):
        remote_model._sentences(DEEP.encode())
