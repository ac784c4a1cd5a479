"""A service that hangs or drips is left at its deadline, and delays nobody else's message."""

from collections.abc import Iterator
from typing import Any

import pytest

from massline.core.contact_points import ContactMethod, ContactPoint
from massline.desk.act.events.models import Event
from massline.desk.act.messages import http_channels, mail_channel
from massline.desk.act.messages.channel_interface import SEND_SECONDS, ServiceUnreachable, TryLater
from massline.desk.act.messages.message import Message, MessageText
from massline.desk.act.messages.service_patience import (
    HURRIED_SECONDS,
    MOST_FAILED_SECONDS,
    SLOW_SECONDS,
    ServicePatience,
)
from massline.jobs.models import Job
from massline.jobs.worker import do_all, do_one
from tests.core.test_connections import server
from tests.desk.act.mail_server import Post
from tests.desk.act.sign_up_crowd import ROSA, sign_up_many
from tests.desk.act.web_service import Service

pytestmark = pytest.mark.usefixtures("couriers")


@pytest.fixture
def dripping() -> Iterator[int]:
    with server(b"220 " + b"x" * 5000, a_byte_every=0.05) as port:
        yield port


@pytest.mark.parametrize("way", ["mail", "text"])
def test_a_service_that_sends_a_byte_now_and_then_is_left_at_the_deadline(
    way: str, dripping: int, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_channel, "SEND_SECONDS", 0.4)
    monkeypatch.setattr(http_channels, "SERVICE_SECONDS", 0.4)
    settings.EMAIL_BACKEND = "massline.desk.act.messages.smtp_deadline.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", dripping
    settings.SMS_URL = f"http://127.0.0.1:{dripping}/"
    channel = mail_channel.MailChannel() if way == "mail" else http_channels.TextMessageChannel()
    to = ContactPoint(ContactMethod(way), ROSA if way == "mail" else "+491701234567")
    with pytest.raises(TryLater):
        channel.send(Message(to, MessageText("Hello"), "d1"))


def _noting(send: Any, sent: list[str], way: str) -> Any:
    def noted(channel: Any, message: Message) -> None:
        sent.append(way)
        send(channel, message)

    return noted


def test_a_text_gateway_that_hangs_delays_no_letter(
    event: Event, post: Post, face: Any, service: Service, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten numbers at which the gateway dripped took the whole run of a mailing, and its letters waited."""
    from massline.desk.act import jobs

    settings.SMS_URL = service.url
    sign_up_many(face, event, ["+491706660001", ROSA])
    sent: list[str] = []
    for channel in (http_channels.TextMessageChannel, mail_channel.MailChannel):
        monkeypatch.setattr(channel, "send", _noting(channel.send, sent, channel.method.value))
    jobs.begin_and_continue_mailings()
    while not (waiting := Job.objects.using("desk").filter(name=jobs.DELIVER, payload__method="mail")):
        assert do_one("desk")
    payload = waiting.get().payload
    jobs.deliver_mailing(**payload)
    assert sent == ["mail"]
    assert [letter["To"] for letter in post.letters] == [ROSA]
    do_all("desk")
    assert sent == ["mail", "text"]


def test_after_a_slow_message_the_next_ones_get_less_time_until_one_arrives() -> None:
    patience, way = ServicePatience(), ContactMethod.TEXT
    assert patience.seconds(way) == SEND_SECONDS
    patience.record_failure(way, TryLater(), SLOW_SECONDS + 1)
    assert patience.seconds(way) == HURRIED_SECONDS
    assert patience.seconds(ContactMethod.MAIL) == SEND_SECONDS
    patience.record_refused(way)
    assert patience.seconds(way) == HURRIED_SECONDS
    patience.record_sent(way)
    assert patience.seconds(way) == SEND_SECONDS


def test_a_service_is_left_alone_once_it_fails_long_or_is_not_there() -> None:
    patience = ServicePatience()
    patience.record_failure(ContactMethod.TEXT, TryLater(), MOST_FAILED_SECONDS / 2)
    patience.record_refused(ContactMethod.TEXT)
    patience.record_failure(ContactMethod.TEXT, TryLater(), MOST_FAILED_SECONDS / 2)
    assert not patience.unreachable
    patience.record_failure(ContactMethod.TEXT, TryLater(), MOST_FAILED_SECONDS / 2 + 1)
    patience.record_failure(ContactMethod.MATRIX, ServiceUnreachable(), 0)
    assert patience.unreachable == {ContactMethod.TEXT, ContactMethod.MATRIX}
