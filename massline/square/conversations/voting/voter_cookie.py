"""The cookie that carries a participant's secret token, and the participant behind it."""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from massline.square.conversations.models import (
    Conversation,
    Participant,
)


def fresh_token() -> str:
    return secrets.token_urlsafe(24)


REMEMBERED_SECONDS = 60 * 60 * 24 * 180


_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def voter_cookie_name() -> str:
    return f"{settings.BOUND}voice"


def token_of(request: HttpRequest) -> str | None:
    token = request.COOKIES.get(voter_cookie_name(), "")
    return token if _TOKEN.fullmatch(token) else None


def set_cookie(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        voter_cookie_name(),
        token,
        max_age=REMEMBERED_SECONDS,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def participant_of(request: HttpRequest, conversation: Conversation) -> Participant | None:
    """The participant this browser has in the conversation, if any."""
    token = token_of(request)
    if token is None or conversation.key is None:
        return None
    return conversation.participants.filter(key=conversation.pseudonym(token)).first()
