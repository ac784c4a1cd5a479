"""One bad address, copy, mailing or service is refused alone and named at the desk; the good ones are written to."""

from typing import Any

import pytest
from aiosmtpd.smtp import Envelope as Letter

from massline.core.contact_points import ContactPoint, parse_contact_point
from massline.desk.act.events.models import Event
from massline.desk.act.messages.form_letters import FormLetters
from massline.desk.act.messages.message import Message
from massline.desk.act.messages.models import Delivery, DeliveryProblem, DeliveryState, Mailing
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import Job, enqueue
from massline.jobs.worker import do_all
from massline.square.envelopes.models import CourierCopy
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.mail_server import Commands, Post, worker_looks
from tests.desk.act.sign_up_crowd import ROSA, say_yes, sign_up_many
from tests.desk.act.web_service import Service

pytestmark = pytest.mark.usefixtures("couriers")

# Addresses that look like addresses, and that no mail server takes.
POISON = [
    "a@\u00ad.com",
    "a@\u200b.example",
    f"a@{'x' * 64}.example",
    "a@post..example",
    "\ud7ff@\ufffd.example",
]


@pytest.mark.parametrize("written", POISON)
def test_an_address_that_cannot_be_written_to_is_none(written: str) -> None:
    assert parse_contact_point(written) is None


def test_a_hundred_bad_addresses_hold_up_nobody_and_the_desk_says_why(
    event: Event, post: Post, face: Any, bea: Account
) -> None:
    """T1: after a hundred sign-ups with a soft hyphen as domain, real people heard nothing for 26 minutes."""
    sign_up_many(face, event, ["a@\u00ad.com"] * 100 + POISON + [ROSA])
    worker_looks()
    assert [letter["To"] for letter in post.letters] == [ROSA]
    aside = Delivery.objects.unreached()
    assert {row.problem for row in aside} == {DeliveryProblem.ADDRESS}
    assert all(row.envelope for row in aside)
    page = at_desk(bea).get(f"/riverside/act/{event.pk}/").content.decode()
    assert str(DeliveryProblem.ADDRESS.label) in page


def test_a_letter_that_the_server_never_takes_is_set_aside_alone(
    event: Event, post: Post, face: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = {f"poison{n}@post.example" for n in range(10)}
    taken = Commands.handle_DATA

    async def handle(self: Commands, server: Any, session: Any, envelope: Letter) -> str:
        if poison & set(envelope.rcpt_tos):
            return "554 5.6.0 this message breaks our filter"
        return await taken(self, server, session, envelope)

    monkeypatch.setattr(Commands, "handle_DATA", handle)
    sign_up_many(face, event, [*sorted(poison), ROSA])
    worker_looks()
    assert [letter["To"] for letter in post.letters] == [ROSA]
    assert Delivery.objects.unreached().filter(problem=DeliveryProblem.REFUSED).count() == 10


@pytest.mark.parametrize("answer", ["451 4.7.1 greylisted, come again", "554 dropped"])
def test_a_server_that_turns_away_ten_addresses_for_now_still_gets_the_eleventh(
    event: Event, post: Post, face: Any, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    poison = {f"poison{n}@post.example" for n in range(10)}

    async def handle(
        self: Commands, server: Any, session: Any, envelope: Letter, address: str, options: list[str]
    ) -> str:
        if address in poison:
            if answer.endswith("dropped"):
                server.transport.close()
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    monkeypatch.setattr(Commands, "handle_RCPT", handle)
    sign_up_many(face, event, [*sorted(poison), ROSA])
    worker_looks()
    assert [letter["To"] for letter in post.letters] == [ROSA]
    waiting = Delivery.objects.exclude(state=DeliveryState.SENT)
    assert waiting.count() == 10
    worker_looks()
    assert set(waiting.values_list("tries", flat=True)) == {1}, "each waits for its own next try"


def test_a_copy_that_does_not_open_stops_no_other(
    event: Event, post: Post, face: Any, nobody: DoorClient
) -> None:
    sign_up_many(face, event, [f"broken{n}@post.example" for n in range(10)])
    for number, copy in enumerate(CourierCopy.objects.all()):
        copy.sealed = bytes(copy.sealed)[:-1] + b"x" if number % 2 else b""
        copy.save()
    say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    assert [letter["To"] for letter in post.letters] == [ROSA]
    assert set(Delivery.objects.unreached().values_list("problem", flat=True)) == {DeliveryProblem.SEALED}


def test_a_message_that_cannot_be_made_stops_no_other(
    event: Event, post: Post, face: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed = FormLetters.compose

    def compose(letters: FormLetters, to: ContactPoint, household: Any) -> Message:
        if to.address.startswith("poison"):
            raise ZeroDivisionError
        return composed(letters, to, household)

    monkeypatch.setattr(FormLetters, "compose", compose)
    sign_up_many(face, event, [*(f"poison{n}@post.example" for n in range(10)), ROSA])
    worker_looks()
    assert [letter["To"] for letter in post.letters] == [ROSA]


def test_a_key_holder_who_unlocked_sees_who_must_be_told_in_another_way(
    event: Event, post: Post, nobody: DoorClient, riverside: Organisation, amal: Account
) -> None:
    post.refused.add("gone@post.example")
    say_yes(nobody, event, "Gina", "gone@post.example")
    say_yes(nobody, event, "Rosa", ROSA)
    worker_looks()
    door = unlocked(amal, riverside)
    page = door.post(f"/riverside/act/{event.pk}/collect/", follow=True).content.decode()
    told = page.partition("another way</h4>")[2].partition("</ul>")[0]
    assert "Gina" in told
    assert "Rosa" not in told
    locked = at_desk(amal).get(f"/riverside/act/{event.pk}/").content.decode()
    assert "Gina" not in locked


def test_a_mailing_queued_by_an_earlier_version_goes_out_by_every_way(
    event: Event, post: Post, face: Any
) -> None:
    from massline.desk.act import jobs

    sign_up_many(face, event, [ROSA])
    jobs.begin_and_continue_mailings()
    jobs.begin_due_mailings(str(event.uuid))
    Job.objects.using("desk").all().delete()
    enqueue(jobs.DELIVER, using="desk", mailing=Mailing.objects.get().pk)
    do_all("desk")
    assert [letter["To"] for letter in post.letters] == [ROSA]


def test_a_bot_answers_the_good_questions_between_bad_ones(service: Service, settings: Any) -> None:
    from massline.desk.act import jobs

    jobs._silent_until.clear()
    settings.TELEGRAM_URL, settings.TELEGRAM_TOKEN = service.url, "42:token"
    bad: list[dict[str, Any]] = [
        {"update_id": 1, "message": None},
        {"update_id": 2, "message": {"chat": None, "text": "/next"}},
        {"update_id": 3, "message": {"chat": [], "from": 5, "text": {}}},
        {"update_id": 4, "message": {"chat": {"type": "private", "id": 5}, "from": None, "text": "/start"}},
    ]
    good = {"update_id": 5, "message": {"chat": {"type": "private", "id": 701}, "text": "/next"}}
    service.answers["getUpdates"] = (200, {"result": [*bad, good]})
    jobs.answer_bot_questions()
    said = [body["chat_id"] for _v, path, body, _t in service.asked if "sendMessage" in path]
    assert said[-1:] == [701]
    assert service.asked[-1][2]["offset"] == 6
