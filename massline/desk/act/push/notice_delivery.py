"""Delivery of one notice through the browser's push service, which learns neither its words nor its length."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException, InvalidURL

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from massline.core.connections.http import ResponseTooLarge, send_request
from massline.core.connections.public_addresses import PrivateAddress
from massline.desk.act.push.message_encryption import encrypt_message
from massline.desk.act.push.models import PushKind
from massline.desk.act.push.server_identity import authorization, decode
from massline.desk.act.push.subscription import Subscription
from massline.web.language_choice import in_language

SERVICE_SECONDS = 10
LARGEST_ANSWER = 64 * 1024
KEPT_BY_SERVICE_SECONDS = 12 * 60 * 60
GONE = {404, 410}  # RFC 8030, section 7.3
LATER = {408, 425, 429}


class DeviceGone(Exception):
    """The browser is not subscribed any more."""


class PushRefused(Exception):
    """The service does not accept this notice, and trying again will not help."""


class PushLater(Exception):
    """The service does not answer, or asks to be left alone for now."""


def notice_text(kind: PushKind) -> str:
    """The whole of what a notice says, in the language that is active: nothing of what it is about."""
    texts = {
        PushKind.ALARM: gettext("Something you watch moved. Open Massline."),
        PushKind.URGENT: gettext("Somebody asks for a second person. Open Massline."),
    }
    return texts[kind]


def send_notice(subscription: Subscription, kind: PushKind, *, language: str) -> None:
    """Hand a notice to the push service. Raises DeviceGone, PushRefused or PushLater; otherwise it was accepted.

    A newer notice of a kind takes the place of one that the service still holds.
    """
    with in_language(language):
        words = json.dumps({"text": notice_text(kind), "kind": kind.value}, ensure_ascii=False)
    try:
        request = _request(subscription, kind, words.encode())
        send_request(
            request, seconds=SERVICE_SECONDS, most_bytes=LARGEST_ANSWER, inner=settings.WATCH_OWN_NETWORK
        )
    except ResponseTooLarge:
        return  # accepted, with a long answer that nobody reads
    except urllib.error.HTTPError as problem:
        with problem:
            raise _explain(problem.code)(str(problem.code)) from None
    except (PrivateAddress, InvalidURL, ValueError) as problem:
        raise PushRefused(type(problem).__name__) from None
    except (OSError, HTTPException) as problem:
        raise PushLater(type(problem).__name__) from None


def _request(subscription: Subscription, kind: PushKind, words: bytes) -> urllib.request.Request:
    body = encrypt_message(
        words, browser_key=decode(subscription.key), browser_secret=decode(subscription.secret)
    )
    headers = {
        "Authorization": authorization(subscription.endpoint, now=timezone.now()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_BY_SERVICE_SECONDS),
        "Topic": kind.value,
        "Urgency": "high",
    }
    return urllib.request.Request(subscription.endpoint, data=body, headers=headers, method="POST")


def _explain(code: int) -> type[Exception]:
    if code in GONE:
        return DeviceGone
    return PushLater if code in LATER or code >= 500 else PushRefused
