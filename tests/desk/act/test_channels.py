"""Each way of sending as a service meets it: a signed letter, a text, a bot's message, a room for two."""

from email.utils import parseaddr
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.desk.act.messages import channel_interface, http_channels, mail_channel
from massline.desk.act.messages.message import Message, MessageText
from tests.desk.act.mail_server import Post
from tests.desk.act.web_service import Service

WORDS = MessageText(
    "Changed: Meeting", ("Meeting", "Saturday", "Hall <2>"), changed="Now at Hall 2.", footer="Bye."
)


def message(way: ContactMethod, address: str) -> Message:
    return Message(
        ContactPoint(way, address),
        WORDS,
        "d1.changed.1.e1",
        stop="https://s.example/stop/",
        calendar=b"BEGIN:X",
    )


def test_a_letter_is_aligned_and_what_a_relay_signs_verifies(post: Post) -> None:
    """SPF and DKIM alignment: Return-Path, From and the signature speak for one domain."""
    channel = mail_channel.MailChannel()
    channel.send(message(ContactMethod.MAIL, "rosa@post.example"))
    channel.close()
    ((sender, to, raw),) = post.raw
    (letter,) = post.letters
    domain = parseaddr(letter["From"])[1].partition("@")[2]
    assert (sender.partition("@")[2], to, domain) == (
        "riverside.example",
        "rosa@post.example",
        "riverside.example",
    )
    assert letter["Message-ID"] == "<d1.changed.1.e1@riverside.example>"
    key = generate_private_key(65537, 2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signed = [b"from", b"to", b"subject", b"message-id", b"list-unsubscribe", b"list-unsubscribe-post"]
    signature = dkim.sign(raw, b"house", domain.encode(), private, include_headers=signed)
    assert dkim.verify(signature + raw, dnsfunc=record(public))
    assert not dkim.verify(signature + raw.replace(b"Hall 2", b"Hall 3"), dnsfunc=record(public))


def record(public: bytes) -> Any:
    """What the domain's DNS would answer for the selector."""
    from base64 import b64encode

    def asked(name: bytes, timeout: int = 5) -> bytes:
        assert name.startswith(b"house._domainkey.riverside.example")
        return b"v=DKIM1; k=rsa; p=" + b64encode(public)

    return asked


def test_a_text_message_goes_to_the_gateway_with_its_token(service: Service, settings: Any) -> None:
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_FROM = f"{service.url}/send", "s3", "Riverside"
    http_channels.TextMessageChannel().send(message(ContactMethod.TEXT, "+491701234567"))
    ((_verb, path, body, token),) = service.asked
    assert (path, body["to"], token) == ("/send", "+491701234567", "Bearer s3")
    assert body["text"].startswith("Changed: Meeting: Now at Hall 2. Meeting Saturday Hall <2>")


def test_a_gateway_that_is_down_is_not_an_address_that_is_refused(service: Service, settings: Any) -> None:
    settings.SMS_URL = f"{service.url}/send"
    for code, expected in (
        (503, channel_interface.TryLater),
        (401, channel_interface.ServiceUnreachable),
        (400, channel_interface.AddressRefused),
    ):
        service.answers["/send"] = (code, {})
        with pytest.raises(expected):
            http_channels.TextMessageChannel().send(message(ContactMethod.TEXT, "+491701234567"))


def test_the_bot_says_what_changed_in_bold_and_no_markup_slips_in(service: Service, settings: Any) -> None:
    settings.TELEGRAM_URL, settings.TELEGRAM_TOKEN = service.url, "42:token"
    http_channels.TelegramChannel().send(message(ContactMethod.TELEGRAM, "777"))
    ((_verb, path, body, _token),) = service.asked
    assert (path, body["chat_id"]) == ("/bot42:token/sendMessage", "777")
    assert body["text"].startswith("<b>Now at Hall 2.</b>")
    assert "Hall &lt;2&gt;" in body["text"]


def test_a_second_message_finds_the_room_of_the_first(service: Service, settings: Any) -> None:
    settings.MATRIX_URL, settings.MATRIX_TOKEN = service.url, "m4"
    service.answers = {
        "createRoom": (400, {"errcode": "M_ROOM_IN_USE"}),
        "whoami": (200, {"user_id": "@house:home.example"}),
        "directory": (200, {"room_id": "!r:home.example"}),
    }
    http_channels.MatrixChannel().send(message(ContactMethod.MATRIX, "@rosa:elsewhere.example"))
    verb, path, body, token = service.asked[-1]
    assert (verb, token) == ("PUT", "Bearer m4")
    assert path.endswith("/rooms/%21r%3Ahome.example/send/m.room.message/d1.changed.1.e1")
    assert "%23massline-d1%3Ahome.example" in service.asked[2][1]
    assert "<b>" in body["formatted_body"]


@pytest.mark.parametrize(
    ("written", "method"),
    [
        ("Rosa@post.example", ContactMethod.MAIL),
        ("0049 170 1234567", ContactMethod.TEXT),
        ("0170 1234567", ContactMethod.TEXT),
        ("@rosa:matrix.example", ContactMethod.MATRIX),
        ("telegram:12345", ContactMethod.TELEGRAM),
        ("@rosa", ContactMethod.HANDLE),
        ("signal, ask Ana", None),
        ("rosa@post", None),
    ],
)
def test_what_people_write_is_read_as_what_it_is(written: str, method: ContactMethod | None) -> None:
    point = parse_contact_point(written, country="DE")
    assert (point.method if point else None) == method
