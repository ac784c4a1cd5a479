"""Channels that send JSON over HTTP: text messages by a gateway, Telegram and Matrix."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any

from django.conf import settings

from massline.core.connections.http import ResponseTooLarge, send_request
from massline.core.contact_points import ContactMethod
from massline.desk.act.messages.channel_interface import AddressRefused, ServiceUnreachable, TryLater
from massline.desk.act.messages.message import Message

SERVICE_SECONDS = 10
LARGEST_ANSWER = 16 * 1024 * 1024


JsonAnswer = dict[str, Any]


"""The object that a service answered with; empty where it answered with something else."""


class JsonServiceChannel:
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
            answer = send_request(request, seconds=SERVICE_SECONDS, most_bytes=LARGEST_ANSWER, inner=True)
        except urllib.error.HTTPError as error:
            error.close()
            raise _refusal(error.code)(error.code) from None
        except urllib.error.URLError as error:
            raise ServiceUnreachable(type(error.reason).__name__) from None
        except (OSError, HTTPException, ResponseTooLarge) as error:
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


class TextMessageChannel(JsonServiceChannel):
    """Text messages through a gateway: POST {to, text, from, id} with a bearer token."""

    method = ContactMethod.TEXT

    def send(self, message: Message) -> None:
        body = {"to": message.to.address, "text": message.text.as_sms(), "id": message.identity}
        self.request_json("POST", settings.SMS_URL, body | {"from": settings.SMS_FROM}, settings.SMS_KEY)


class TelegramChannel(JsonServiceChannel):
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


class MatrixChannel(JsonServiceChannel):
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
