"""A call is told to those who asked: counted beforehand, once each, one message a day, ended by one press."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.core.connections import deadline
from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.desk.act.announcements import delivery, jobs
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.announcements.notice_texts import compose_notice
from massline.desk.act.events.models import Event
from massline.desk.act.messages import senders, service_patience
from massline.desk.act.messages.channel_interface import SEND_SECONDS
from massline.desk.act.messages.delivery import claim_first_message_of_day
from massline.desk.act.messages.models import DayReached, DeliveryState, Mailing
from massline.desk.call import actions as calls
from massline.desk.call.models import Call
from massline.desk.call.urgent_calls.models import UrgentRequest
from massline.desk.contacts.contact_correction import correct_contact, remove_contact_point
from massline.desk.guard.keys.courier_keys import read_private_key
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation, Section
from massline.jobs.worker import do_all
from massline.square.envelopes.news_unsubscribe import StopLink
from massline.square.envelopes.sealing import envelope_binding, open_contents
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.mail_server import Post, text_of, worker_looks
from tests.desk.act.sign_up_crowd import AMIRA, ROSA, at, say_yes
from tests.desk.act.test_phone_lists import ask, call, collect, vault  # noqa: F401
from tests.desk.act.test_senders import let_few_connect
from tests.parts import field_errors, shows

pytestmark = pytest.mark.usefixtures("couriers")
CHEN, TEXT = "chen@post.example", "+49 170 1234567"


@pytest.fixture(autouse=True)
def _by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "is_quiet_hour", lambda now, zone: False)


@pytest.fixture
def told(
    riverside: Organisation,
    call: Call,  # noqa: F811
    vault: Vault,  # noqa: F811
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


def address_of(event: Event) -> str:
    return f"/riverside/act/tell/event/{event.pk}/"


def send(door: DoorClient, event: Event, **given: Any) -> Any:
    return door.post(address_of(event), {"send": "1"} | given, follow=True)


def worker_tells() -> None:
    do_all("desk")
    jobs.continue_announcements()
    do_all("desk")


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
    vault: Vault,  # noqa: F811
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
    monkeypatch.setattr(delivery, "is_quiet_hour", lambda now, zone: True)
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
        patch.setattr(delivery, "compose_notice", counted)
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
    vault: Vault,  # noqa: F811
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
    vault: Vault,  # noqa: F811
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


def noon(event: Event) -> datetime:
    zone = event.organisation.zone
    day = timezone.now().astimezone(zone) + timedelta(days=1)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


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


def opened(notice: Notice) -> dict[str, str]:
    private = read_private_key(notice.announcement.uuid)
    assert private is not None
    binding = envelope_binding(notice.announcement.uuid, notice.uuid)
    return open_contents(bytes(notice.sealed or b""), private, bound_to=binding)


def test_a_telegram_account_is_sealed_in_the_form_that_is_written_to(
    told: Event,
    riverside: Organisation,
    amal: Account,
    vault: Vault,  # noqa: F811
    settings: Any,
) -> None:
    settings.TELEGRAM_TOKEN = "4711:token"
    assert ask(DoorClient("square"), "Sami", "telegram:4711").status_code == 302
    collect(riverside, vault)
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(method=ContactMethod.TELEGRAM)
    assert parse_contact_point(opened(notice)["contact"]) == ContactPoint(ContactMethod.TELEGRAM, "4711")


def test_a_corrected_address_is_written_to_and_the_old_one_is_gone_from_what_waits(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,  # noqa: F811
) -> None:
    """The old address lay sealed in the notices that waited, and they went there."""
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(contact__language="es")
    assert opened(notice)["contact"] == ROSA
    correct_contact(
        contact=notice.contact,
        vault=vault,
        name="Rosa",
        point="new@post.example",
        language="es",
        agrees=True,
        by=amal,
    )
    notice.refresh_from_db()
    assert opened(notice)["contact"] == "new@post.example"
    worker_tells()
    assert not post.to(ROSA)
    assert len(post.to("new@post.example")) == 1
    assert StopLink.objects.filter(token_hash=notice.token_hash, stopped=False).exists()


@pytest.mark.parametrize("moment", ["before the claim", "while it is sent", "while it is refused"])
def test_an_address_that_changes_during_a_run_is_the_one_written_to(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    """A notice that was already read, or on its way, went to the old address, or back to wait for it."""
    send(unlocked(amal, riverside), told)
    rosa = Notice.objects.get(contact__language="es")
    wants = delivery._Run._still_wants

    def correct(notice: Notice) -> None:
        if notice.pk == rosa.pk and not StopLink.objects.exclude(token_hash__in=hashes).exists():
            correct_contact(
                contact=notice.contact,
                vault=vault,
                name="Rosa",
                point="new@post.example",
                language="es",
                agrees=True,
                by=amal,
            )

    def before_claim(run: Any, notice: Notice) -> bool:
        correct(notice)
        return wants(run, notice)

    def while_sent(announcement: Any, event: Any, notice: Notice, *rest: Any) -> Any:
        correct(notice)
        return compose_notice(announcement, event, notice, *rest)

    hashes = list(StopLink.objects.values_list("token_hash", flat=True))
    if moment == "before the claim":
        monkeypatch.setattr(delivery._Run, "_still_wants", before_claim)
    else:
        monkeypatch.setattr(delivery, "compose_notice", while_sent)
    if moment == "while it is refused":
        post.refused.add(ROSA)
    if moment == "while it is sent":
        post.fails_after = 0
    worker_tells()
    post.fails_after = None
    Notice.objects.filter(state=DeliveryState.WAITING).update(at=timezone.now() - timedelta(minutes=2))
    worker_tells()
    assert not post.to(ROSA)
    assert len(post.to("new@post.example")) == 1
    rosa.refresh_from_db()
    assert (rosa.state, rosa.sealed) == (DeliveryState.SENT, None)


def test_an_address_removed_while_a_message_to_it_fails_waits_no_more(
    told: Event,
    riverside: Organisation,
    amal: Account,
    vault: Vault,  # noqa: F811
) -> None:
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(contact__language="es")
    assert notice.claim()
    remove_contact_point(contact=notice.contact, vault=vault, by=amal)
    notice.record_result(DeliveryState.WAITING)
    notice.refresh_from_db()
    assert (notice.sealed, notice.state) == (None, DeliveryState.LET_GO)


def test_a_mail_server_that_allows_one_connection_gets_every_notice_in_one_run(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(4):
        assert ask(DoorClient("square"), f"Noor {number}", f"n{number}@post.example").status_code == 302
    collect(riverside, vault)
    let_few_connect(monkeypatch, most=1)
    send(unlocked(amal, riverside), told)
    worker_tells()
    assert len(post.letters) == 6
    assert set(Notice.objects.values_list("state", "tries")) == {(DeliveryState.SENT, 1)}


def test_where_no_message_reaches_the_new_one_the_old_address_goes_all_the_same(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,  # noqa: F811
) -> None:
    send(unlocked(amal, riverside), told)
    notice = Notice.objects.get(contact__language="es")
    remove_contact_point(contact=notice.contact, vault=vault, by=amal)
    notice.refresh_from_db()
    assert (notice.sealed, notice.state) == (None, DeliveryState.LET_GO)
    worker_tells()
    assert not post.to(ROSA)


def test_whoever_shared_the_old_address_is_still_told_there(
    told: Event,
    riverside: Organisation,
    amal: Account,
    post: Post,
    vault: Vault,  # noqa: F811
) -> None:
    assert ask(DoorClient("square"), "Basma", AMIRA).status_code == 302
    collect(riverside, vault)
    send(unlocked(amal, riverside), told)
    carrying = Notice.objects.exclude(sealed=None).exclude(contact__language="es").get()
    correct_contact(
        contact=carrying.contact,
        vault=vault,
        name="Amira",
        point="a@post.example",
        language="",
        agrees=True,
        by=amal,
    )
    worker_tells()
    assert len(post.to(AMIRA)) == 1
    assert len(post.to("a@post.example")) == 1
