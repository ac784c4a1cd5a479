"""A call is told to those who asked: counted beforehand, once each, one message a day, ended by one press."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.core.connections import deadline
from massline.desk.act.announcements import jobs, notice_delivery
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.announcements.notice_texts import compose_notice
from massline.desk.act.events.models import Event
from massline.desk.act.messages import senders, service_patience
from massline.desk.act.messages.channel_interface import SEND_SECONDS
from massline.desk.act.messages.mailing_delivery import claim_first_message_of_day
from massline.desk.act.messages.models import DayReached, DeliveryState, Mailing
from massline.desk.call import actions as calls
from massline.desk.call.urgent_calls.models import UrgentRequest
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation, Section
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.mail_server import Post, text_of, worker_looks
from tests.desk.act.news_wishes import CHEN, address_of, ask, collect, noon, send, worker_tells
from tests.desk.act.sign_up_crowd import AMIRA, ROSA, at, say_yes
from tests.parts import field_errors, shows

pytestmark = pytest.mark.usefixtures("couriers", "told_by_day")


def test_it_is_known_before_who_is_reached_and_told_to_each_in_their_language(
    told: Event, riverside: Organisation, amal: Account, bea: Account, post: Post
) -> None:
    assert at_desk(bea).get(address_of(told)).status_code == 404
    door = unlocked(amal, riverside)
    page = door.get(address_of(told))
    assert shows(page, "reached-by-message", 2)
    assert shows(page, "only-by-phone", 1)
    only_block_a = door.post(address_of(told), {"section": str(Section.objects.get(name="Block A").pk)})
    assert shows(only_block_a, "reached-by-message", 1)
    sent = send(door, told, words="Bring a lamp.")
    assert shows(sent, "being-told", 2)
    assert Notice.objects.exclude(sealed=None).count() == 2
    worker_tells()
    assert len(post.letters) == 2
    (rosa,), (amira,) = post.to(ROSA), post.to(AMIRA)
    assert not post.to(CHEN)
    assert all("Bring a lamp." in text_of(letter) for letter in (rosa, amira))
    assert text_of(rosa).split()[-12:] != text_of(amira).split()[-12:]
    assert not Notice.objects.exclude(sealed=None).exists()
    made = Announcement.objects.get()
    counts = at_desk(bea).get(f"/riverside/act/tell/{made.pk}/")
    assert shows(counts, "notices-sent", 2)
    assert shows(counts, "left-to-call", 1)
    assert shows(door.get(address_of(told)), "reached-by-message", 0)
    worker_tells()
    assert len(post.letters) == 2


def test_a_household_with_one_address_gets_one_message_and_no_second_the_next_day(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,
) -> None:
    assert ask(DoorClient("square"), "Basma", AMIRA).status_code == 302
    collect(riverside, vault)
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert len(post.to(AMIRA)) == 1
    assert Notice.objects.filter(state=DeliveryState.SENT).count() == 3
    assert not Notice.objects.filter(state=DeliveryState.WAITING).exists()
    assert shows(unlocked(amal, riverside).get(address_of(told)), "reached-by-message", 0)


def test_nobody_gets_a_second_message_of_a_day_whatever_the_first_was_about(
    told: Event, riverside: Organisation, amal: Account, post: Post
) -> None:
    assert claim_first_message_of_day(Mailing(event=told), AMIRA)
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert [letter["To"] for letter in post.letters] == [ROSA]
    waiting = Notice.objects.get(state=DeliveryState.WAITING)
    assert waiting.not_before is not None
    assert waiting.not_before > timezone.now()
    DayReached.objects.all().delete()
    Notice.objects.filter(pk=waiting.pk).update(not_before=timezone.now() - timedelta(minutes=1))
    worker_tells()
    assert len(post.to(AMIRA)) == 1


def test_at_night_only_a_call_that_two_sent_out_about_tonight_is_told(
    told: Event,
    riverside: Organisation,
    amal: Account,
    bea: Account,
    post: Post,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notice_delivery, "is_quiet_hour", lambda now, zone: True)
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert post.letters == []
    assert told.call is not None
    UrgentRequest.objects.create(call=told.call, tonight=True, asked_by=bea, seconded_at=timezone.now())
    worker_tells()
    assert len(post.letters) == 2


def test_a_worker_that_is_killed_tells_nobody_twice(
    told: Event, riverside: Organisation, amal: Account, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(unlocked(amal, riverside), told)

    class Killed(BaseException):
        pass

    def counted(*args: Any) -> Any:
        if post.raw:
            raise Killed
        return compose_notice(*args)

    made = Announcement.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(notice_delivery, "compose_notice", counted)
        with pytest.raises(Killed):
            jobs.deliver_announcement(made.pk, method="mail")
    worker_tells()
    assert len(post.letters) == 1
    Notice.objects.filter(state=DeliveryState.GOING).update(at=timezone.now() - timedelta(minutes=11))
    worker_tells()
    identities = [letter["Message-ID"] for letter in post.letters]
    assert len(identities) == len(set(identities)) == 2


def test_whoever_signed_up_is_not_asked_again_and_a_refused_address_is_counted(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    nobody: DoorClient,
    vault: Vault,
) -> None:
    say_yes(nobody, told, "Amira", AMIRA)
    collect(riverside, vault)
    post.refused.add(ROSA)
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert not [
        letter for letter in post.to(AMIRA) if str(letter["Message-ID"]).endswith(".told@riverside.example>")
    ]
    made = Announcement.objects.get()
    assert shows(at_desk(amal).get(f"/riverside/act/tell/{made.pk}/"), "notices-failed", 1)


def test_a_call_that_is_cancelled_is_told_to_nobody(
    told: Event, riverside: Organisation, amal: Account, bea: Account, post: Post
) -> None:
    send(unlocked(amal, riverside), told)
    assert told.call is not None
    calls.cancel_call(call=told.call, by=bea, reason="The hall is lost.")
    worker_tells()
    assert not [letter for letter in post.letters if ".told@" in str(letter["Message-ID"])]
    assert not Notice.objects.exclude(state=DeliveryState.LET_GO).exists()


def test_a_wish_asks_about_an_address_that_nobody_can_be_reached_by(
    nobody: DoorClient,
    riverside: Organisation,
    vault: Vault,
) -> None:
    answer = ask(nobody, "Rosa", "rosa@")
    assert answer.status_code == 422
    assert shows(answer, "unreachable")
    assert ask(nobody, "Rosa", "rosa@", as_it_is="on").status_code == 302


def test_own_words_reach_everybody_who_signed_up_sealed_or_not_and_once_a_day(
    told: Event, riverside: Organisation, bea: Account, chen: Account, post: Post, nobody: DoorClient
) -> None:
    say_yes(nobody, told, "Rosa", ROSA, "es")
    say_yes(DoorClient("square"), told, "Noor", "noor@post.example")
    worker_tells()
    address = f"/riverside/act/tell/event/{told.pk}/words/"
    assert at_desk(chen).get(address).status_code == 404
    door = at_desk(bea)
    assert shows(door.get(address), "signed-up-with-address", 2)
    assert field_errors(door.post(address, {"words": ""}), "words") == ["required"]
    assert shows(door.post(address, {"words": "Bring a lamp."}, follow=True), "words-go-out")
    with at(noon(told)):
        worker_looks()
        assert sorted(by_words(post)) == ["noor@post.example", ROSA]
        door.post(address, {"words": "And a second one."})
        worker_looks()
    assert len(by_words(post)) == 2


def by_words(post: Post) -> list[str]:
    """To whom letters with own words came."""
    return [str(letter["To"]) for letter in post.letters if ".words." in str(letter["Message-ID"])]


def test_after_a_slow_letter_the_next_ones_get_less_time(
    told: Event, riverside: Organisation, amal: Account, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty seconds for each of ten dripping numbers held up all that came after them."""
    given: list[float] = []

    class Deadline(deadline.Deadline):
        def __init__(self, seconds: float) -> None:
            given.append(seconds)
            super().__init__(seconds)

    monkeypatch.setattr(senders, "Deadline", Deadline)
    monkeypatch.setattr(service_patience, "SLOW_SECONDS", -1.0)
    post.fails_after = 0
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert given == [SEND_SECONDS, service_patience.HURRIED_SECONDS]
