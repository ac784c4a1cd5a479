"""A conversation: one statement and three answers, one's own words, and what one has answered so far."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from massline.square import rate_limits
from massline.square.conversations import actions, section_choice
from massline.square.conversations.access import access_conversation
from massline.square.conversations.forms import WordsForm
from massline.square.conversations.models import Conversation, Value, Vote
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.blanks import blank_of, level_of
from massline.square.conversations.voting.forms import STALE, Ballot, VoteForm, ballot_again, ballot_for
from massline.square.conversations.voting.next_statement import next_statement, progress_of
from massline.square.conversations.voting.record import Cast, Outcome
from massline.square.conversations.voting.voter_cookie import participant_of, set_cookie, token_of
from massline.square.conversations.voting.write_queue import DeferredOutcome, queue_vote

LATER_SECONDS = 5


@never_cache
@require_safe
def conversation(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    found = access_conversation(org, slug)
    participant = participant_of(request, found)
    level = level_of(participant, blank_of(request, found.pk))
    admitted = found.admits(level)
    there = progress_of(found, participant)
    asked = next_statement(found, there) if found.is_open() and admitted else None
    waiting, answered = asked.waiting if asked else 0, len(there.answered)
    signed = ballot_for(found, token_of(request), asked).sign()
    return render(
        request,
        "conversations/conversation.html",
        {
            **_facts(found),
            "statement": asked.statement if asked else None,
            "ballot": signed,
            "form": WordsForm(initial={"ballot": signed}),
            "answered": answered,
            "waiting": waiting,
            "whole": answered + waiting,
            "asks_section": found.is_open()
            and section_choice.should_ask(found, participant, answered=answered),
            "said": request.GET.get("said", ""),
            "admitted": admitted,
            "has_ways": found.ways.exists(),
            "came_in": level if level.rank > Level.OPEN.rank else None,
        },
    )


@require_POST
def vote(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Keep an answer, then ask the next; or go back to one's answers where one was changed.

    Nothing is read from the database here: the writer does it once for many votes.
    """
    form = VoteForm(request.POST)
    if not form.is_valid():
        access_conversation(org, slug)
        return render(request, "web/stale.html", status=403)
    if not rate_limits.votes.allows(request):
        return _too_many(request, access_conversation(org, slug))
    signed, value = form.cleaned_data["ballot"], form.cleaned_data["vote"]
    token = token_of(request) or signed.token
    if token != signed.token:
        return redirect(f"{reverse('conversations:conversation', args=[org, slug])}?said=elsewhere")
    try:
        outcome = queue_vote(
            Cast(
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
        )
    except DeferredOutcome:
        return _later(request, value)
    return _thank(request, org, slug, outcome, signed, token)


@require_POST
def section(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Keep which section somebody says they belong to, or that they would rather not say."""
    found = access_conversation(org, slug)
    participant = participant_of(request, found)
    if participant is not None and found.is_open():
        participant.conversation = found
        section_choice.save_section(participant, request.POST.get("section", section_choice.UNSAID))
    return _redirect(found, "#statement")


def _thank(
    request: HttpRequest, org: str, slug: str, outcome: Outcome, signed: Ballot, token: str
) -> HttpResponse:
    """Say what became of a vote."""
    here = reverse("conversations:conversation", args=[org, slug])
    if outcome is Outcome.ELSEWHERE:
        access_conversation(org, slug)
        return render(request, "web/stale.html", status=403)
    if outcome is Outcome.CLOSED:
        return redirect(here)
    if outcome is Outcome.GONE:
        return redirect(f"{here}?said=gone")
    if outcome is Outcome.NOT_ADMITTED:
        return redirect("conversations:way_in", org, slug)
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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Take somebody's own words. Whatever goes wrong, what they typed stays on the page."""
    found = access_conversation(org, slug)
    fresh = ballot_for(found, token_of(request)).sign()
    form = WordsForm(request.POST or None, initial={"ballot": fresh})
    status = 200
    if request.method == "POST":
        status, why = _words_refused(request, found, form)
        if status == 200:
            return _say(request, found, form)
        if why:
            form.add_error(None, why)
    return render(
        request, "conversations/words.html", {**_facts(found), "form": form, "fresh": fresh}, status=status
    )


def _words_refused(request: HttpRequest, found: Conversation, form: WordsForm) -> tuple[int, str]:
    """Give the status of the answer and why words are not taken; 200 where they are. The form may say why itself."""
    if not found.is_open():
        return 409, _(
            "This conversation takes no more words. Nothing was kept; copy your text if you need it."
        )
    if not form.is_valid() or form.cleaned_data["ballot"].conversation != found.pk:
        return 422, ""
    token = form.cleaned_data["ballot"].token
    if token != (token_of(request) or token):
        return 409, str(STALE)
    if not found.admits(level_of(participant_of(request, found), blank_of(request, found.pk))):
        return 403, _(
            "This conversation is for those with a card, a code or an invitation. Nothing is lost: come in with your code, then send it again."
        )
    if not rate_limits.words.allows(request):
        return 429, _(
            "Many sentences came from your connection. Nothing is lost: send it again in ten minutes."
        )
    return 200, ""


def _say(request: HttpRequest, found: Conversation, form: WordsForm) -> HttpResponse:
    token = token_of(request) or form.cleaned_data["ballot"].token
    author = actions.join(found, token=token, blank=blank_of(request, found.pk))
    statement = actions.add_statement(found, text=form.cleaned_data["text"], author=author)
    response = _redirect(found, f"?said={statement.state}")
    set_cookie(response, token)
    return response


@never_cache
@require_safe
def answers(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """What somebody answered and said here, each answer open to change while the conversation is."""
    found = access_conversation(org, slug)
    participant = participant_of(request, found)
    votes = Vote.objects.of(participant).select_related("statement").order_by("statement__number")
    token = token_of(request)
    listed = [(vote, ballot_again(found, token, vote.statement).sign()) for vote in votes]
    own = participant.statements.select_related("same_as") if participant else []
    return render(request, "conversations/answers.html", {**_facts(found), "listed": listed, "own": own})


def _redirect(found: Conversation, place: str) -> HttpResponse:
    """Go on to a place of the conversation's page."""
    return redirect(f"{found.get_absolute_url()}{place}")


def _facts(found: Conversation) -> dict[str, object]:
    """What every page of a conversation knows."""
    return {
        "organisation": found.organisation,
        "conversation": found,
        "is_open": found.is_open(),
    }


def _too_many(request: HttpRequest, found: Conversation) -> HttpResponse:
    return render(request, "conversations/too_many.html", _facts(found), status=429)
