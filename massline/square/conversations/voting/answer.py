"""Taking an answer from a form, for conversations and halls: the ballot is checked, the vote queued, the voter thanked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from massline.square import rate_limits
from massline.square.conversations.models import Conversation, Value
from massline.square.conversations.voting.blank_ballots import blank_of
from massline.square.conversations.voting.forms import Ballot, VoteForm
from massline.square.conversations.voting.record import SentAnswer, VoteOutcome
from massline.square.conversations.voting.voter_cookie import set_cookie, token_of
from massline.square.conversations.voting.write_queue import DeferredOutcome, queue_vote

LATER_SECONDS = 5

Access = Callable[[str, str], Conversation]


def take_answer(request: HttpRequest, org: str, slug: str, *, page: str, access: Access) -> HttpResponse:
    """Keep an answer and go back to `page`, an address of the square.

    Nothing is read from the database here: the writer does it once for many votes. `access` is asked only to say what is
    wrong.
    """
    form = VoteForm(request.POST)
    if not form.is_valid():
        access(org, slug)
        return render(request, "web/stale.html", status=403)
    if not rate_limits.votes.allows(request):
        return _too_many(request, access(org, slug))
    signed, value = form.cleaned_data["ballot"], form.cleaned_data["vote"]
    here = reverse(page, args=[org, slug])
    token = token_of(request) or signed.token
    if token != signed.token:
        return redirect(f"{here}?said=elsewhere")
    cast = SentAnswer(
        org,
        slug,
        signed.conversation,
        token,
        signed.statement,
        value,
        signed.probability,
        signed.waiting,
        blank_of(request, signed.conversation),
    )
    try:
        outcome = queue_vote(cast)
    except DeferredOutcome:
        return _later(request, value)
    if outcome is VoteOutcome.ELSEWHERE:
        access(org, slug)
        return render(request, "web/stale.html", status=403)
    return _thank(
        request, here, outcome, signed, token, way_in=reverse("conversations:way_in", args=[org, slug])
    )


def _thank(
    request: HttpRequest, here: str, outcome: VoteOutcome, signed: Ballot, token: str, *, way_in: str
) -> HttpResponse:
    """Redirect after a vote, with a notice if it was not recorded."""
    if outcome is VoteOutcome.CLOSED:
        return redirect(here)
    if outcome is VoteOutcome.GONE:
        return redirect(f"{here}?said=gone")
    if outcome is VoteOutcome.NOT_ADMITTED:
        return redirect(way_in)
    place = f"answers/#s{signed.statement}" if "change" in request.POST else "#statement"
    response = redirect(f"{here}{place}")
    set_cookie(response, token)
    return response


def _later(request: HttpRequest, value: Value) -> HttpResponse:
    """Ask for patience: the same ballot and the same answer stand on the page, to be sent again."""
    kept = {"ballot": request.POST["ballot"], "vote": value, "change": "change" in request.POST}
    response = render(request, "conversations/later.html", kept, status=503)
    response["Retry-After"] = str(LATER_SECONDS)
    return response


def _too_many(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    facts = {
        "organisation": conversation.organisation,
        "conversation": conversation,
        "is_open": conversation.is_open(),
    }
    return render(request, "conversations/too_many.html", facts, status=429)
