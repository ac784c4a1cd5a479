"""The audio file of one shown statement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from massline.square import rate_limits
from massline.square.conversations.access import access_conversation
from massline.square.conversations.models import Conversation, Statement
from massline.square.conversations.read_aloud.speech_synthesis import Unspoken, find_voice, speak
from massline.square.conversations.voting.blank_ballots import blank_of, level_of
from massline.square.conversations.voting.voter_cookie import participant_of

A_DAY = 24 * 60 * 60


@require_safe
def read_statement(request: HttpRequest, org: str, slug: str, number: int) -> HttpResponse:
    """Speak a statement to whoever may read it; 404 where no voice speaks its language, 503 while too many ask."""
    conversation = access_conversation(org, slug)
    level = level_of(participant_of(request, conversation), blank_of(request, conversation.pk))
    if not (conversation.admits(level) or conversation.shows_results()):
        raise Http404
    shown = Statement.objects.filter(conversation=conversation).shown()
    statement = get_object_or_404(shown, number=number)
    voice = find_voice(language_of(statement, conversation))
    if not voice:
        raise Http404
    try:
        if not rate_limits.speech.allows(request):
            raise Unspoken
        spoken = speak(statement.text, voice)
    except Unspoken:
        return HttpResponse(status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    kept = "public" if conversation.open_to_all else "private"
    return HttpResponse(
        spoken, content_type="audio/wav", headers={"Cache-Control": f"{kept}, max-age={A_DAY}"}
    )


def language_of(statement: Statement, conversation: Conversation) -> str:
    return statement.language or conversation.language


def find_audio(statement: Statement | None, conversation: Conversation) -> str:
    """Return the address of a statement's audio; empty where nothing reads it aloud."""
    if statement is None or not find_voice(language_of(statement, conversation)):
        return ""
    place = [conversation.organisation.slug, conversation.slug, statement.number]
    return reverse("conversations:read_aloud", args=place)
