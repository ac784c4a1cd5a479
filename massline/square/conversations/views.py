"""A conversation: one statement and three answers, one's own words, and what one has answered so far."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from massline.square import rate_limits
from massline.square.conversations import actions, section_choice
from massline.square.conversations.access import access_conversation
from massline.square.conversations.forms import WordsForm
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.read_aloud.views import find_audio
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.answer_form import submit_answer
from massline.square.conversations.voting.blank_ballots import blank_of, level_of
from massline.square.conversations.voting.forms import STALE, ballot_again, ballot_for
from massline.square.conversations.voting.next_statement import next_statement, progress_of
from massline.square.conversations.voting.voter_cookie import participant_of, set_cookie, token_of


@never_cache
@require_safe
def show_conversation(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    conversation = access_conversation(org, slug)
    participant = participant_of(request, conversation)
    level = level_of(participant, blank_of(request, conversation.pk))
    admitted = conversation.admits(level)
    there = progress_of(conversation, participant)
    asked = next_statement(conversation, there) if conversation.is_open() and admitted else None
    waiting, answered = asked.waiting if asked else 0, len(there.answered)
    signed = ballot_for(conversation, token_of(request), asked, newcomer=participant is None).sign()
    return render(
        request,
        "conversations/conversation.html",
        {
            **_facts(conversation),
            "statement": asked.statement if asked else None,
            "audio": find_audio(asked.statement if asked else None, conversation),
            "ballot": signed,
            "form": WordsForm(initial={"ballot": signed}),
            "answered": answered,
            "waiting": waiting,
            "whole": answered + waiting,
            "asks_section": conversation.is_open()
            and section_choice.should_ask(conversation, participant, answered=answered),
            "notice": request.GET.get("said", ""),
            "admitted": admitted,
            "has_ways": conversation.ways.exists(),
            "came_in": level if level.rank > Level.OPEN.rank else None,
        },
    )


@require_POST
def vote(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Keep an answer, then ask the next; or go back to one's answers where one was changed."""
    return submit_answer(request, org, slug, page="conversations:conversation", access=access_conversation)


@require_POST
def choose_section(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Save which section somebody says they belong to, or that they would rather not say."""
    conversation = access_conversation(org, slug)
    participant = participant_of(request, conversation)
    if participant is not None and conversation.is_open():
        participant.conversation = conversation
        section_choice.save_section(participant, request.POST.get("section", section_choice.UNSAID))
    return _redirect(conversation, "#statement")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """Take somebody's own words. Whatever goes wrong, what they typed stays on the page."""
    conversation = access_conversation(org, slug)
    newcomer = participant_of(request, conversation) is None
    fresh = ballot_for(conversation, token_of(request), newcomer=newcomer).sign()
    form = WordsForm(request.POST or None, initial={"ballot": fresh})
    status = 200
    if request.method == "POST":
        status, why = _words_refused(request, conversation, form)
        if status == 200:
            return _say(request, conversation, form)
        if why:
            form.add_error(None, why)
    return render(
        request,
        "conversations/words.html",
        {**_facts(conversation), "form": form, "fresh": fresh},
        status=status,
    )


def _words_refused(request: HttpRequest, conversation: Conversation, form: WordsForm) -> tuple[int, str]:
    """Return the status of the response and the reason words are refused; 200 where they are taken. The form may name the reason itself."""
    if not conversation.is_open():
        return 409, _(
            "This conversation is closed to new sentences. Nothing was saved, so copy your text "
            "if you need it."
        )
    if not form.is_valid() or form.cleaned_data["ballot"].conversation != conversation.pk:
        return 422, ""
    if not form.cleaned_data["ballot"].belongs_to(token_of(request)):
        return 409, str(STALE)
    participant, blank = participant_of(request, conversation), blank_of(request, conversation.pk)
    if not conversation.admits(level_of(participant, blank)):
        return 403, _(
            "You need a card, a code or an invitation here. Your text is safe: enter your code, "
            "then send it again."
        )
    wait = rate_limits.words.wait_of(request)
    if wait is None and participant is None and blank is None:
        wait = rate_limits.wait_of_newcomer(request, conversation.pk)
    if wait is None:
        return 200, ""
    return 429, ngettext(
        "Your text is safe. A lot of people are joining right now: please send it again in %(n)s second.",
        "Your text is safe. A lot of people are joining right now: please send it again in %(n)s seconds.",
        wait.seconds,
    ) % {"n": wait.seconds}


def _say(request: HttpRequest, conversation: Conversation, form: WordsForm) -> HttpResponse:
    token = form.cleaned_data["ballot"].token
    statement = actions.add_statement(conversation, text=form.cleaned_data["text"], token=token)
    response = _redirect(conversation, f"?said={statement.state}")
    set_cookie(response, token)
    return response


@never_cache
@require_safe
def answers(request: HttpRequest, org: str, slug: str) -> HttpResponse:
    """A participant's answers and statements; answers can be changed while the conversation is open."""
    conversation = access_conversation(org, slug)
    participant = participant_of(request, conversation)
    votes = Vote.objects.of(participant).select_related("statement").order_by("statement__number")
    token = token_of(request)
    listed = [(vote, ballot_again(conversation, token, vote.statement).sign()) for vote in votes]
    own = conversation.statements_by(token).select_related("same_as")
    return render(
        request, "conversations/answers.html", {**_facts(conversation), "listed": listed, "own": own}
    )


def _redirect(conversation: Conversation, place: str) -> HttpResponse:
    """Go on to a place of the conversation's page."""
    return redirect(f"{conversation.get_absolute_url()}{place}")


def _facts(conversation: Conversation) -> dict[str, object]:
    """Context shared by all pages of a conversation."""
    return {
        "organisation": conversation.organisation,
        "conversation": conversation,
        "is_open": conversation.is_open(),
    }
