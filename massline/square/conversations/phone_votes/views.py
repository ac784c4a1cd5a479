"""The page on which a hall votes by phone: the motion as it reads now, and yes, no or neither."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from massline.square.conversations.access import access_phone_vote
from massline.square.conversations.models import Conversation, Participant, Statement, Value, Vote
from massline.square.conversations.phone_votes.actions import open_questions
from massline.square.conversations.voting.answer_form import submit_answer
from massline.square.conversations.voting.blank_ballots import blank_of, level_of
from massline.square.conversations.voting.forms import ballot_again
from massline.square.conversations.voting.voter_cookie import participant_of, token_of


@dataclass(frozen=True)
class Question:
    """A motion on somebody's phone, with the ballot of their browser and what they answered so far."""

    statement: Statement
    ballot: str
    answered: Value | None


@never_cache
@require_safe
def show_phone_vote(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Show the motions that are voted on to whoever came in with a card; nobody else reads them.

    A hall that holds an election has that ballot in place of motions.
    """
    hall = access_phone_vote(org, slug)
    if (election := getattr(hall, "election", None)) is not None:
        return redirect(election)
    participant = participant_of(request, hall)
    is_open = hall.is_open() and hall.key is not None
    admitted = hall.admits(level_of(participant, blank_of(request, hall.pk)))
    page = {
        "organisation": hall.organisation,
        "hall": hall,
        "is_open": is_open,
        "admitted": admitted,
        "questions": _questions(request, hall, participant) if is_open and admitted else [],
        "notice": request.GET.get("said", ""),
    }
    return render(request, "conversations/hall.html", page)


@require_POST
def vote(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    return submit_answer(request, org, slug, page="conversations:hall", access=access_phone_vote)


def _questions(request: HttpRequest, hall: Conversation, participant: Participant | None) -> list[Question]:
    given = dict(Vote.objects.of(participant).values_list("statement", "value"))
    token = token_of(request)
    return [
        Question(
            statement,
            ballot_again(hall, token, statement).sign(),
            Value(given[statement.pk]) if statement.pk in given else None,
        )
        for statement in open_questions(hall)
    ]
