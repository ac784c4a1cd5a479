"""Letters over kept connections: several at once, one connection each, and everybody's own link in theirs."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from massline.core.contact_points import ContactMethod, ContactPoint
from massline.desk.act.events.models import Event
from massline.desk.act.messages.channel_interface import ServiceUnreachable
from massline.desk.act.messages.form_letters import FormLetters
from massline.desk.act.messages.mail_channel import MailChannel
from massline.desk.act.messages.message import Message, MessageText
from massline.desk.act.messages.models import Delivery, DeliveryState, Mailing, Occasion
from massline.desk.act.messages.occasion_texts import compose_message
from massline.desk.act.messages.senders import Senders
from massline.desk.guard.keys import courier_keys
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import Envelope
from tests.desk.act.mail_server import Post, text_of, worker_looks
from tests.desk.act.sign_up_crowd import at, sign_up_many

pytestmark = pytest.mark.usefixtures("couriers")


@dataclass
class Answering:
    """A mail service that counts how many connections were made of it; it may be down, or let only some connect."""

    is_down: bool = False
    most: int = 100
    connected: set[object] = field(default_factory=set)
    opened: int = 0
    sent: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def channel(self) -> Any:
        service = self

        class Channel:
            method = ContactMethod.MAIL

            def __init__(self) -> None:
                service.opened += 1

            def send(self, message: Message) -> None:
                if service.is_down or not service.lets_connect(self):
                    raise ServiceUnreachable("down")
                service.sent.append(message.to.address)

            def close(self) -> None: ...

        return Channel

    def lets_connect(self, channel: object) -> bool:
        with self.lock:
            if channel not in self.connected and len(self.connected) >= self.most:
                return False
            self.connected.add(channel)
            return True


def let_few_connect(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let the mail server turn every further connection away."""
    service, sent = Answering(most=most), MailChannel.send

    def send(channel: MailChannel, message: Message) -> None:
        if not service.lets_connect(channel):
            raise ServiceUnreachable(421)
        sent(channel, message)

    monkeypatch.setattr(MailChannel, "send", send)


def letter_to(number: int) -> Message:
    return Message(
        ContactPoint(ContactMethod.MAIL, f"n{number}@post.example"), MessageText(subject="A"), f"{number}"
    )


def send_all(senders: Senders[int], letters: int) -> list[Exception | None]:
    results = []
    for number in range(letters):
        while not senders.free(ContactMethod.MAIL):
            results += senders.results(until_one=True)
        senders.start(number, letter_to(number), seconds=5)
    while came := senders.results(until_one=True):
        results += came
    assert sorted(result.key for result in results) == list(range(letters))
    return [result.problem for result in results]


def test_connections_are_kept_and_no_more_are_opened_than_allowed(settings: Any) -> None:
    settings.MAIL_CONNECTIONS, service = 3, Answering()
    with Senders[int]([service.channel()]) as senders:
        assert senders.free(ContactMethod.MAIL) == 1
        assert send_all(senders, 50) == [None] * 50
        assert senders.free(ContactMethod.MAIL) == 3
    assert service.opened <= 3
    assert Counter(service.sent) == Counter(f"n{number}@post.example" for number in range(50))


def test_a_service_that_is_down_is_asked_by_one_connection() -> None:
    service = Answering(is_down=True)
    with Senders[int]([service.channel()]) as senders:
        problems = send_all(senders, 5)
    assert all(isinstance(problem, ServiceUnreachable) for problem in problems)
    assert service.opened == 1


@pytest.mark.parametrize("most", [1, 3])
def test_a_service_that_lets_fewer_connect_gets_every_message_by_those(settings: Any, most: int) -> None:
    settings.MAIL_CONNECTIONS, service = 8, Answering(most=most)
    with Senders[int]([service.channel()]) as senders:
        assert send_all(senders, 60) == [None] * 60
        assert senders.free(ContactMethod.MAIL) == most
    assert service.opened <= 8
    assert Counter(service.sent) == Counter(f"n{number}@post.example" for number in range(60))


def test_a_service_that_goes_down_among_many_gives_every_message_back(settings: Any) -> None:
    settings.MAIL_CONNECTIONS, service = 8, Answering()
    with Senders[int]([service.channel()]) as senders:
        assert send_all(senders, 60) == [None] * 60
        service.is_down = True
        assert all(isinstance(problem, ServiceUnreachable) for problem in send_all(senders, 12))


def test_a_mail_server_that_allows_three_connections_gets_all_letters_in_one_run(
    event: Event, post: Post, face: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One refused connection of eight stopped the whole run after about four letters."""
    settings.MAIL_CONNECTIONS = 8
    let_few_connect(monkeypatch, most=3)
    people = [f"n{number}@post.example" for number in range(60)]
    sign_up_many(face, event, people)
    worker_looks()
    assert Counter(letter["To"] for letter in post.letters) == Counter(people)
    assert set(Delivery.objects.values_list("state", "tries")) == {(DeliveryState.SENT, 1)}


def test_each_of_many_gets_one_letter_with_their_own_link(event: Event, post: Post, face: Any) -> None:
    people = [f"n{number}@post.example" for number in range(60)]
    sign_up_many(face, event, people)
    worker_looks()
    assert Counter(letter["To"] for letter in post.letters) == Counter(people)
    links = {letter["List-Unsubscribe"].strip(" <>").rsplit("/", 2)[0] for letter in post.letters}
    assert len(links) == 60
    for letter in post.letters:
        own = letter["List-Unsubscribe"].strip(" <>").removesuffix("stop/")
        assert own in text_of(letter)
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 60


@pytest.mark.parametrize("occasion", [Occasion.WELCOME, Occasion.DAY_BEFORE, Occasion.SAME_DAY])
def test_a_letter_filled_in_says_what_one_composed_alone_says(
    event: Event, face: Any, occasion: Occasion
) -> None:
    sign_up_many(face, event, ["a@post.example", "b@post.example"])
    Envelope.objects.filter(pk=Envelope.objects.latest("pk").pk).update(awaits_place=True)
    mailing = Mailing.objects.create(event=event, occasion=occasion)
    public = PublicEvent.objects.with_page().get(uuid=event.uuid)
    with at(event.starts_at - timedelta(days=1)):
        letters = FormLetters(mailing, public, b"")
        for _round in range(2):
            for address in courier_keys.open_addresses(event.uuid):
                to = ContactPoint(ContactMethod.MAIL, address.point)
                filled, alone = (
                    letters.compose(to, [address]),
                    compose_message(mailing, public, to, [address]),
                )
                assert filled.text.as_plain() == alone.text.as_plain()
                assert filled.text.as_html() == alone.text.as_html()
                assert (filled.identity, filled.stop) == (alone.identity, alone.stop)


def test_a_delivery_that_another_worker_changed_is_not_claimed(event: Event) -> None:
    mailing = Mailing.objects.create(event=event, occasion=Occasion.WELCOME)
    first, second = (Delivery.objects.create(mailing=mailing, digest=f"{n}") for n in "ab")
    read = list(Delivery.objects.to_send())
    assert Delivery.objects.claim([first]) == {first.pk}
    assert Delivery.objects.claim(read) == {second.pk}
    assert Delivery.objects.claim(read) == set()
