"""Taking an answer from a form, for conversations and halls: the ballot is checked, the vote queued, the voter thanked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from massline.core.db.group_commit import DeferredOutcome, UnknownOutcome
from massline.square import rate_limits
from massline.square.conversations.models import Conversation, Value
from massline.square.conversations.voting.blank_ballots import blank_of
from massline.square.conversations.voting.forms import Ballot, read_answer
from massline.square.conversations.voting.vote_batch_writer import SentAnswer, VoteOutcome
from massline.square.conversations.voting.voter_cookie import set_cookie, token_of
from massline.square.conversations.voting.write_queue import queue_vote
from massline.web.rate_limits import RetryAfter

LATER_SECONDS = 5

Access = Callable[[str, str], Conversation]


def submit_answer(request: HttpRequest, org: str, slug: str, *, page: str, access: Access) -> HttpResponse:
    """Keep an answer and go back to `page`, an address of the square.

    Nothing is read from the database here: the writer does it once for many votes. `access` is asked only to say what is
    wrong.
    """
    answer = read_answer(request.POST)
    if answer is None:
        access(org, slug)
        return render(request, "web/stale.html", status=403)
    signed, value = answer
    here, token = reverse(page, args=[org, slug]), signed.token
    if not signed.belongs_to(token_of(request)):
        return HttpResponseRedirect(f"{here}?said=elsewhere")
    blank = blank_of(request, signed.conversation)
    if wait := rate_limits.votes.wait_of(request):
        return _later(request, value, wait, "many-answers")
    comes_freely = signed.newcomer and blank is None
    if comes_freely and (wait := rate_limits.wait_of_newcomer(request, signed.conversation)):
        return _later(request, value, wait, "many-newcomers")
    cast = SentAnswer(
        org,
        slug,
        signed.conversation,
        token,
        signed.statement,
        value,
        signed.probability,
        signed.waiting,
        blank,
    )
    try:
        outcome = queue_vote(cast)
    except UnknownOutcome:
        return _later(request, value, RetryAfter(LATER_SECONDS), "cannot-tell-yet", status=503)
    except DeferredOutcome:
        return _later(request, value, RetryAfter(LATER_SECONDS), "many-at-once", status=503)
    if outcome is VoteOutcome.ELSEWHERE:
        access(org, slug)
        return render(request, "web/stale.html", status=403)
    if outcome is VoteOutcome.NOT_ADMITTED:
        return redirect("conversations:way_in", org, slug)
    return _thank(request, here, outcome, signed)


def _thank(request: HttpRequest, here: str, outcome: VoteOutcome, signed: Ballot) -> HttpResponse:
    """Redirect after a vote, with a notice if it was not recorded."""
    if outcome is VoteOutcome.CLOSED:
        return HttpResponseRedirect(here)
    if outcome is VoteOutcome.GONE:
        return HttpResponseRedirect(f"{here}?said=gone")
    place = f"answers/#s{signed.statement}" if "change" in request.POST else "#statement"
    response = HttpResponseRedirect(f"{here}{place}")
    set_cookie(response, signed.token)
    return response


def _later(
    request: HttpRequest, value: Value, wait: RetryAfter, why: str, *, status: int = 429
) -> HttpResponse:
    """Ask for patience: the same ballot and the same answer stand on the page, to be sent again."""
    kept = {"ballot": request.POST["ballot"], "vote": value, "change": "change" in request.POST}
    page = kept | {"wait": wait, "why": why}
    response = render(request, "conversations/later.html", page, status=status)
    response["Retry-After"] = str(wait.seconds)
    return response
