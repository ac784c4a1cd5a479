"""What the stories of telling people begin with: a call that is out, and people who asked to be told."""

import pytest

from massline.desk.act.announcements import notice_delivery
from massline.desk.act.events.models import Event
from massline.desk.act.phone_lists import actions
from massline.desk.act.phone_lists.models import Basis, PhoneList
from massline.desk.call import actions as calls
from massline.desk.call.models import Call
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation
from tests.conftest import DoorClient
from tests.desk.act.mail_server import Post
from tests.desk.act.news_wishes import CHEN, TEXT, ask, collect, many
from tests.desk.act.sign_up_crowd import AMIRA, ROSA
from tests.desk.decided_loop import decide, write_call


@pytest.fixture
def called_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody on a list waits for the morning."""
    monkeypatch.setattr(actions, "is_quiet_hour", lambda now, zone: False)


@pytest.fixture
def told_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """No notice waits for the morning."""
    monkeypatch.setattr(notice_delivery, "is_quiet_hour", lambda now, zone: False)


@pytest.fixture
def call(riverside: Organisation, bea: Account) -> Call:
    call = write_call(decide(riverside, bea), bea)
    calls.publish_call(call=call, by=bea)
    return call


@pytest.fixture
def shared_list(riverside: Organisation, call: Call, vault: Vault, amal: Account, bea: Account) -> PhoneList:
    """Three people whom amal calls."""
    many(riverside, vault, 3)
    event = Event.objects.get(call=call)
    return actions.create_phone_list(event=event, call=call, basis=Basis.ASKED, callers=[amal], by=bea)


@pytest.fixture
def told(
    riverside: Organisation,
    call: Call,
    vault: Vault,
    post: Post,
) -> Event:
    """Three asked for calls, one in Spanish, one by a number; a fourth asked for meetings alone."""
    for name, point, more in (
        ("Rosa", ROSA, {"language": "es", "section": "Block A"}),
        ("Amira", AMIRA, {}),
        ("Idris", TEXT, {}),
        ("Chen", CHEN, {"wants": ["meetings"]}),
    ):
        assert ask(DoorClient("square"), name, point, **more).status_code == 302
    collect(riverside, vault)
    return Event.objects.get(call=call)
