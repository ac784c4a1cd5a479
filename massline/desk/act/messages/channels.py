"""The port: one small promise, and four ways that keep it. What is not configured is not there."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from massline.desk.act.messages.contact_points import Way
from massline.desk.act.messages.message import Message

SECONDS = 20


class Refused(Exception):
    """This address takes no message, and trying again will not help."""


class Unreachable(Exception):
    """The service does not answer now; the message waits."""


class Carrier(Protocol):
    way: Way

    def send(self, message: Message) -> None:
        """Hand one message over. Raises Refused or Unreachable; anything else was taken."""

    def close(self) -> None: ...


class Mail:
    """E-mail by SMTP, or by a service that django-anymail knows. One connection serves a batch."""

    way = Way.MAIL

    def __init__(self) -> None:
        self.connection: Any = get_connection()

    def send(self, message: Message) -> None:
        try:
            self.connection.open()
            letter(message, self.connection).send()
        except SMTPRecipientsRefused as problem:
            self.close()
            code = min(code for code, _said in problem.recipients.values())
            raise (Refused if code >= 500 else Unreachable) from None
        except SMTPResponseException as problem:
            self.close()
            raise Unreachable(problem.smtp_code) from None
        except (SMTPException, OSError) as problem:
            self.close()
            raise Unreachable(type(problem).__name__) from None

    def close(self) -> None:
        try:
            self.connection.close()
        except (SMTPException, OSError):
            self.connection.connection = None


def letter(message: Message, connection: Any = None) -> EmailMultiAlternatives:
    """Write an e-mail: text, HTML, the calendar entry, and one click that stops it (RFC 8058)."""
    headers = {"Message-ID": f"<{message.identity}@{sender_domain()}>", "Auto-Submitted": "auto-generated"}
    if message.stop:
        headers["List-Unsubscribe"] = f"<{message.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        message.words.subject,
        message.words.text(),
        settings.MAIL_FROM,
        [message.to.address],
        headers=headers,
        connection=connection,
    )
    email.attach_alternative(message.words.html(), "text/html")
    if message.calendar:
        email.attach("event.ics", message.calendar.decode(), "text/calendar")
    return email


def sender_domain() -> str:
    return str(settings.MAIL_FROM).rstrip("> ").rpartition("@")[2] or "localhost"


class Web:
    """What the other three have in common: a request with JSON in it, and an answer that says how it went."""

    def ask(self, method: str, address: str, body: dict[str, Any] | None, token: str = "") -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                found = json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as problem:
            problem.close()
            transient = problem.code == 429 or problem.code >= 500 or problem.code in (401, 404)
            raise (Unreachable if transient else Refused)(problem.code) from None
        except (OSError, ValueError) as problem:
            raise Unreachable(type(problem).__name__) from None
        return found if isinstance(found, dict) else {}

    def close(self) -> None:
        """Nothing is kept open."""


class Texts(Web):
    """Text messages through a gateway: POST {to, text, from, id} with a bearer token."""

    way = Way.TEXT

    def send(self, message: Message) -> None:
        body = {"to": message.to.address, "text": message.words.short(), "id": message.identity}
        self.ask("POST", settings.SMS_URL, body | {"from": settings.SMS_FROM}, settings.SMS_KEY)


class Telegram(Web):
    """A bot. It can write only to those who pressed start, and knows them by a number."""

    way = Way.TELEGRAM

    def send(self, message: Message) -> None:
        self.call("sendMessage", chat_id=message.to.address, text=message.words.marked(), parse_mode="HTML")

    def call(self, verb: str, **body: Any) -> dict[str, Any]:
        return self.ask("POST", f"{settings.TELEGRAM_URL}/bot{settings.TELEGRAM_TOKEN}/{verb}", body)


class Matrix(Web):
    """A room for two on a homeserver. The message's identity is the transaction's, so the server takes it once."""

    way = Way.MATRIX

    def send(self, message: Message) -> None:
        room = urllib.parse.quote(self.room(message))
        body = {
            "msgtype": "m.text",
            "body": message.words.text(),
            "format": "org.matrix.custom.html",
            "formatted_body": message.words.marked().replace("\n", "<br>"),
        }
        identity = urllib.parse.quote(message.identity)
        self.client("PUT", f"rooms/{room}/send/m.room.message/{identity}", body)

    def room(self, message: Message) -> str:
        """Make the room, or find it by its name where an earlier try made it."""
        name = f"massline-{message.identity.partition('.')[0]}"
        body = {
            "is_direct": True,
            "preset": "trusted_private_chat",
            "invite": [message.to.address],
            "room_alias_name": name,
        }
        try:
            return str(self.client("POST", "createRoom", body)["room_id"])
        except Refused:
            server = str(self.client("GET", "account/whoami").get("user_id", "")).partition(":")[2]
            alias = urllib.parse.quote(f"#{name}:{server}")
            found = self.client("GET", f"directory/room/{alias}")
            return str(found.get("room_id", ""))

    def client(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        address = f"{settings.MATRIX_URL}/_matrix/client/v3/{path}"
        return self.ask(method, address, body, settings.MATRIX_TOKEN)


def configured() -> list[type[Carrier]]:
    """Give the ways this installation can send by; none is configured by default."""
    ways: list[tuple[object, type[Carrier]]] = [
        (settings.MAIL_FROM and settings.MAIL, Mail),
        (settings.SMS_URL, Texts),
        (settings.TELEGRAM_TOKEN, Telegram),
        (settings.MATRIX_URL and settings.MATRIX_TOKEN, Matrix),
    ]
    return [carrier for set_up, carrier in ways if set_up]


@contextmanager
def opened() -> Iterator[dict[Way, Carrier]]:
    carriers = {carrier.way: carrier() for carrier in configured()}
    try:
        yield carriers
    finally:
        for carrier in carriers.values():
            carrier.close()
