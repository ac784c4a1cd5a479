"""Channels that send messages, behind one protocol: e-mail, text message, Telegram and Matrix, if configured."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from massline.core.connections.deadline import Deadline
from massline.core.connections.http import TooLarge, exchange
from massline.core.plain_text import one_line
from massline.desk.act.messages.contact_points import ContactMethod
from massline.desk.act.messages.message import Message

SEND_SECONDS, SERVICE_SECONDS = 20, 10
LARGEST_ANSWER = 16 * 1024 * 1024


class AddressRefused(Exception):
    """The address accepts no message, and trying again will not help."""


class TryLater(Exception):
    """This message was not accepted now; others may be."""


class ServiceUnreachable(TryLater):
    """The service does not answer anybody now; every message stays queued."""


class Channel(Protocol):
    method: ContactMethod

    def send(self, message: Message) -> None:
        """Send one message. Raises AddressRefused or TryLater; otherwise it was accepted."""

    def close(self) -> None: ...


class Mail:
    """E-mail by SMTP, or by a service that django-anymail supports. A batch shares one connection."""

    method = ContactMethod.MAIL

    def __init__(self) -> None:
        self.connection: Any = get_connection()

    def send(self, message: Message) -> None:
        with Deadline(SEND_SECONDS) as deadline:
            try:
                email = build_email(message, self.connection)
                email.message()
            except (ValueError, LookupError) as error:
                raise AddressRefused(type(error).__name__) from None
            try:
                self.connection.open()
            except (SMTPException, OSError) as error:
                self.close()
                raise ServiceUnreachable(type(error).__name__) from None
            self._deliver(email, deadline)

    def _deliver(self, email: EmailMultiAlternatives, deadline: Deadline) -> None:
        watch_open_connection(self.connection, deadline)
        try:
            email.send()
        except SMTPRecipientsRefused as error:
            self.close()
            code = min(code for code, _reply in error.recipients.values())
            raise (AddressRefused if code >= 500 else TryLater)(code) from None
        except SMTPDataError as error:
            self.close()
            raise (AddressRefused if error.smtp_code >= 500 else TryLater)(error.smtp_code) from None
        except SMTPResponseException as error:
            self.close()
            raise ServiceUnreachable(error.smtp_code) from None
        except SMTPNotSupportedError as error:
            self.close()
            raise AddressRefused(type(error).__name__) from None
        except (SMTPException, OSError) as error:
            self.close()
            raise TryLater(type(error).__name__) from None
        except (ValueError, LookupError) as error:
            self.close()
            raise AddressRefused(type(error).__name__) from None

    def close(self) -> None:
        try:
            with Deadline(SEND_SECONDS) as deadline:
                watch_open_connection(self.connection, deadline)
                self.connection.close()
        except (SMTPException, OSError):
            self.connection.connection = None


def watch_open_connection(connection: Any, deadline: Deadline) -> None:
    """Put the connection of an earlier message under the deadline of this one."""
    opened = getattr(getattr(connection, "connection", None), "sock", None)
    if opened is not None:
        deadline.watch(opened)


def build_email(message: Message, connection: Any = None) -> EmailMultiAlternatives:
    """Build an e-mail with text, HTML, calendar entry and one-click unsubscribe (RFC 8058)."""
    headers = {"Message-ID": f"<{message.identity}@{sender_domain()}>", "Auto-Submitted": "auto-generated"}
    if message.stop:
        headers["List-Unsubscribe"] = f"<{message.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        " ".join(one_line(message.text.subject).split()),
        message.text.as_plain(),
        settings.MAIL_FROM,
        [message.to.address],
        headers=headers,
        connection=connection,
    )
    email.attach_alternative(message.text.as_html(), "text/html")
    if message.calendar:
        email.attach("event.ics", message.calendar.decode(), "text/calendar")
    return email


def sender_domain() -> str:
    return str(settings.MAIL_FROM).rstrip("> ").rpartition("@")[2] or "localhost"


JsonAnswer = dict[str, Any]
"""The object that a service answered with; empty where it answered with something else."""


class JsonService:
    """Base of the channels that send JSON over HTTP."""

    def request_json(
        self, method: str, address: str, body: Mapping[str, object] | None, token: str = ""
    ) -> JsonAnswer:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else json.dumps(body).encode()
        try:
            request = urllib.request.Request(address, data=data, headers=headers, method=method)
            answer = exchange(request, seconds=SERVICE_SECONDS, most_bytes=LARGEST_ANSWER, inner=True)
        except urllib.error.HTTPError as error:
            error.close()
            raise _refusal(error.code)(error.code) from None
        except urllib.error.URLError as error:
            raise ServiceUnreachable(type(error.reason).__name__) from None
        except (OSError, HTTPException, TooLarge) as error:
            raise TryLater(type(error).__name__) from None
        except ValueError as error:
            raise AddressRefused(type(error).__name__) from None
        try:
            content = json.loads(answer.body or b"{}")
        except (ValueError, RecursionError) as error:
            raise TryLater(type(error).__name__) from None
        return content if isinstance(content, dict) else {}

    def close(self) -> None:
        """Do nothing: no connection is held."""


def _refusal(code: int) -> type[Exception]:
    """Return the exception for a service's error code: about us, about this moment, or about this address."""
    if code in (401, 429):
        return ServiceUnreachable
    return TryLater if code == 404 or code >= 500 else AddressRefused


class TextMessages(JsonService):
    """Text messages through a gateway: POST {to, text, from, id} with a bearer token."""

    method = ContactMethod.TEXT

    def send(self, message: Message) -> None:
        body = {"to": message.to.address, "text": message.text.as_sms(), "id": message.identity}
        self.request_json("POST", settings.SMS_URL, body | {"from": settings.SMS_FROM}, settings.SMS_KEY)


class Telegram(JsonService):
    """A Telegram bot. It can write only to people who pressed start, addressed by chat number."""

    method = ContactMethod.TELEGRAM

    def send(self, message: Message) -> None:
        self.call(
            "sendMessage",
            chat_id=message.to.address,
            text=message.text.as_messenger_html(),
            parse_mode="HTML",
        )

    def call(self, method_name: str, **body: object) -> JsonAnswer:
        return self.request_json(
            "POST", f"{settings.TELEGRAM_URL}/bot{settings.TELEGRAM_TOKEN}/{method_name}", body
        )


class Matrix(JsonService):
    """A room of two on a Matrix homeserver. The message's identity is the transaction id, so it is accepted once."""

    method = ContactMethod.MATRIX

    def send(self, message: Message) -> None:
        room = urllib.parse.quote(self.room(message))
        body = {
            "msgtype": "m.text",
            "body": message.text.as_plain(),
            "format": "org.matrix.custom.html",
            "formatted_body": message.text.as_messenger_html().replace("\n", "<br>"),
        }
        identity = urllib.parse.quote(message.identity)
        self.request("PUT", f"rooms/{room}/send/m.room.message/{identity}", body)

    def room(self, message: Message) -> str:
        """Create the room, or look it up by its alias if an earlier attempt created it."""
        name = f"massline-{message.identity.partition('.')[0]}"
        body = {
            "is_direct": True,
            "preset": "trusted_private_chat",
            "invite": [message.to.address],
            "room_alias_name": name,
        }
        try:
            return str(self.request("POST", "createRoom", body)["room_id"])
        except AddressRefused:
            server = str(self.request("GET", "account/whoami").get("user_id", "")).partition(":")[2]
            alias = urllib.parse.quote(f"#{name}:{server}")
            alias_entry = self.request("GET", f"directory/room/{alias}")
            return str(alias_entry.get("room_id", ""))

    def request(self, method: str, path: str, body: Mapping[str, object] | None = None) -> JsonAnswer:
        address = f"{settings.MATRIX_URL}/_matrix/client/v3/{path}"
        return self.request_json(method, address, body, settings.MATRIX_TOKEN)


def list_configured() -> list[type[Channel]]:
    """List the channels this installation can send by; none is configured by default."""
    candidates: list[tuple[object, type[Channel]]] = [
        (settings.MAIL_FROM and settings.MAIL, Mail),
        (settings.SMS_URL, TextMessages),
        (settings.TELEGRAM_TOKEN, Telegram),
        (settings.MATRIX_URL and settings.MATRIX_TOKEN, Matrix),
    ]
    return [channel for set_up, channel in candidates if set_up]


@contextmanager
def open_configured() -> Iterator[dict[ContactMethod, Channel]]:
    """Open every configured channel for a batch, and close them all after it."""
    channels = {channel.method: channel() for channel in list_configured()}
    try:
        yield channels
    finally:
        for channel in channels.values():
            channel.close()
