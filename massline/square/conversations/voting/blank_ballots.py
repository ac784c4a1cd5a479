"""Blanks: signed rights to answer, which a code, a card or an invitation is exchanged for.

A blank is kept by the browser alone. It names neither the code nor the moment it was given, so that the row of a
participant, written with a later answer, is tied to no row that was changed when the code was used up.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from massline.square.conversations.models import Conversation, Participant
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.voter_cookie import REMEMBERED_SECONDS, token_of

_signer = Signer(salt="massline.blank")


@dataclass(frozen=True)
class Blank:
    """The right of one browser to answer at a level; `way` names an invitation, never a stack of codes or cards."""

    conversation: int
    token: str
    level: Level
    way: int | None = None


def blank_cookie_name(conversation: Conversation) -> str:
    return f"{settings.BOUND}right-{conversation.pk}"


def set_blank_cookie(response: HttpResponse, blank: Blank, conversation: Conversation) -> None:
    """Hand the blank to the browser."""
    response.set_cookie(
        blank_cookie_name(conversation),
        _signer.sign_object([blank.conversation, blank.token, blank.level.value, blank.way]),
        max_age=REMEMBERED_SECONDS,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def blank_of(request: HttpRequest, conversation: int) -> Blank | None:
    """Read the blank this browser holds here; None where it holds none, or one of another participant."""
    signed = request.COOKIES.get(f"{settings.BOUND}right-{conversation}", "")
    if not signed:
        return None
    try:
        found, token, level, way = _signer.unsign_object(signed)
    except (BadSignature, ValueError, TypeError):
        return None
    return (
        Blank(found, token, Level(level), way)
        if (found, token) == (conversation, token_of(request))
        else None
    )


def level_of(participant: Participant | None, blank: Blank | None) -> Level:
    """The level at which somebody answers: that of their blank, or the one noted with their answers."""
    levels = [Level(participant.level)] if participant is not None else []
    return max([Level.OPEN, *levels, *([blank.level] if blank else [])], key=lambda level: level.rank)
