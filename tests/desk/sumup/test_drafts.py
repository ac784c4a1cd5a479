"""A first draft by a machine: off by default, read before it is sent, marked and uncited when it comes."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions, signing_readiness
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.claims.signing_readiness import NotReady
from massline.desk.sumup.drafts import remote_model
from tests.conftest import at_desk
from tests.desk import heard_round
from tests.desk.sumup.draft_server import ANSWER, Machine
from tests.parts import shows


@pytest.fixture
def machine(settings: Any) -> Iterator[Machine]:
    server = Machine()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.DRAFT_URL, settings.DRAFT_MODEL, settings.DRAFT_KEY = server.address, "small-model", "a key"
    yield server
    server.wait.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def sum_up(riverside: Organisation, bea: Account) -> SumUp:
    round_ = heard_round.heating(riverside, bea)
    heard_round.write(round_, bea, "Block C", [VoiceText("Ring Maria Lopez, 0151 23456789, she knows.")])
    return heard_round.written(round_, bea)


def at(sum_up: SumUp) -> str:
    return f"/riverside/sum-up/{sum_up.pk}/draft/"


def read_and_send(sum_up: SumUp, by: Account) -> str:
    door = at_desk(by)
    page = door.get(at(sum_up))
    return str(door.post(at(sum_up), {"read": page.context["read"]}, follow=True).content.decode())


def test_it_is_off_until_the_installation_names_an_endpoint(
    sum_up: SumUp, bea: Account, settings: Any
) -> None:
    assert shows(at_desk(bea).get(at(sum_up)).content.decode(), "machine-off")
    assert not shows(at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/").content.decode(), "ask-machine")
    settings.DRAFT_URL, settings.DRAFT_MODEL = "http://example.org/v1", "any"
    assert remote_model.configured_endpoint() is None, "words would go over the network in the clear"
    settings.DRAFT_URL = "https://example.org/v1"
    assert remote_model.configured_endpoint() is not None


def test_exactly_what_was_read_leaves_and_nothing_that_names_anybody(
    sum_up: SumUp, bea: Account, machine: Machine
) -> None:
    door = at_desk(bea)
    page = door.get(at(sum_up))
    assert machine.bodies == []
    shown = page.context["body"]
    door.post(at(sum_up), {"read": page.context["read"]})
    (sent,) = machine.bodies
    assert sent.decode() == shown
    assert machine.keys == ["Bearer a key"]
    assert "[…], […], she knows." in shown
    for private in ("Maria", "Lopez", "0151", "Block C", "Riverside"):
        assert private not in shown
    assert heard_round.ARABIC in shown


def test_what_comes_back_is_marked_cites_nothing_and_stands_in_no_quotation_marks(
    sum_up: SumUp, bea: Account, amal: Account, machine: Machine
) -> None:
    page = read_and_send(sum_up, bea)
    assert shows(page, "draft-added", 3)
    drafted = [one for one in heard_round.claims(sum_up) if one.machine]
    assert [one.text for one in drafted] == [
        "Children do their homework in coats.",
        "Some are warm enough",
        "Nadie dice qué cuesta",
    ]
    assert shows(page, "by-machine")
    assert not any(f"“{one.text}”" in page or f"“{one}”" in page for one in drafted)
    with pytest.raises(NotReady) as refused:
        actions.sign_sum_up(sum_up=sum_up, by=amal)
    assert [type(one) for one in refused.value.reasons] == [signing_readiness.Uncited] * 3
    assert not any(one.text in str(reason) for one in drafted for reason in refused.value.reasons)
    assert AuditLine.objects.filter(verb="asked a machine for a draft").exists()


def test_a_persons_wording_takes_the_mark_away_and_the_square_says_what_keeps_it(
    sum_up: SumUp, bea: Account, amal: Account, machine: Machine
) -> None:
    read_and_send(sum_up, bea)
    first, second, third = (one for one in heard_round.claims(sum_up) if one.machine)
    cited: dict[str, Any] = {
        "voices": [heard_round.voice(sum_up.round, heard_round.COAT)],
        "statements": [],
        "by": bea,
    }
    actions.edit_claim(claim=first, text="Children freeze.", minority=False, **cited)
    actions.edit_claim(claim=second, text=second.text, minority=False, **cited)
    actions.remove_claim(claim=third, by=bea)
    actions.sign_sum_up(sum_up=sum_up, by=amal)
    report = actions.publish_sum_up(sum_up=sum_up, by=bea)
    assert [one.machine for one in report.claims.all()] == [False, False, False, True]


def test_other_words_than_those_read_are_not_sent(sum_up: SumUp, bea: Account, machine: Machine) -> None:
    door = at_desk(bea)
    read = door.get(at(sum_up)).context["read"]
    heard_round.write(sum_up.round, bea, "Block C", [VoiceText("Somebody new.")])
    page = door.post(at(sum_up), {"read": read}).content.decode()
    assert shows(page, "draft-not-sent")
    assert machine.bodies == []


@pytest.mark.parametrize(
    ("status", "content", "said"),
    [
        (500, ANSWER, ("answered-with-error", 500)),
        (302, ANSWER, ("answered-with-error", 302)),
        (200, "  \n", ("empty-draft",)),
        (200, None, ("no-draft",)),
    ],
)
def test_whatever_goes_wrong_nothing_is_lost_and_the_page_says_so(
    sum_up: SumUp, bea: Account, machine: Machine, status: int, content: Any, said: tuple[str, int]
) -> None:
    machine.status, machine.content = status, content
    page = read_and_send(sum_up, bea)
    assert shows(page, *said)
    assert sum_up.claims.count() == 2


def test_a_machine_that_does_not_answer_is_left(
    sum_up: SumUp, bea: Account, machine: Machine, settings: Any
) -> None:
    settings.DRAFT_SECONDS = 0.2
    machine.wait.clear()
    began = time.monotonic()
    page = read_and_send(sum_up, bea)
    assert shows(page, "no-answer")
    assert time.monotonic() - began < 4
    settings.DRAFT_URL = "http://127.0.0.1:9/v1"
    assert shows(read_and_send(sum_up, bea), "unreachable")
