"""E-mail: the channel, and the message with its headers and attachments."""

from functools import cached_property
from secrets import token_hex
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from massline.core.connections.deadline import Deadline
from massline.core.contact_points import ContactMethod
from massline.core.invisible_characters import to_single_line
from massline.desk.act.messages.channel_interface import (
    SEND_SECONDS,
    AddressRefused,
    ServiceUnreachable,
    TryLater,
)
from massline.desk.act.messages.message import Message


class MailChannel:
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


class _BuiltOnce(EmailMultiAlternatives):
    """An e-mail whose MIME tree is built once: it is looked at before a connection is opened, and then sent."""

    @cached_property
    def _built(self) -> Any:
        """The tree, with boundaries of 128 random bits: Python would search each text for one that does not occur."""
        tree = super().message()
        for part in tree.walk():
            if part.is_multipart():
                part.set_boundary(f"={token_hex(16)}=")
        return tree

    def message(self, **policy: Any) -> Any:
        return self._built


def build_email(message: Message, connection: Any = None) -> EmailMultiAlternatives:
    """Build an e-mail with text, HTML, calendar entry and one-click unsubscribe (RFC 8058)."""
    headers = {"Message-ID": f"<{message.identity}@{sender_domain()}>", "Auto-Submitted": "auto-generated"}
    if message.stop:
        headers["List-Unsubscribe"] = f"<{message.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = _BuiltOnce(
        " ".join(to_single_line(message.text.subject).split()),
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
