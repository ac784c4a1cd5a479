"""Moderation of statements: the queue with its warnings, decisions, and their undoing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.conversations import actions as conversation_actions
from massline.desk.listen.conversations import moderation
from massline.desk.listen.conversations.access import access_statement
from massline.desk.listen.conversations.forms import ModerationForm, SeedsForm
from massline.desk.listen.conversations.moderation_warnings import (
    count_unread_statements,
    statements_to_moderate,
)
from massline.desk.listen.rounds.access import access_conversation
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.square.conversations.models import Conversation, Statement, StatementState
from massline.square.conversations.rejection_reasons import REASONS

STATEMENTS_PER_PAGE = 50


def rejection_reasons() -> dict[str, str]:
    """Listed reasons for rejecting a statement, in the moderator's language."""
    return {key: _(reason) for key, reason in REASONS.items()}


def last_moderated(conversation: Conversation | None, number: str | None) -> Statement | None:
    """The statement that was decided on last, so that the page can offer to undo it."""
    if conversation is None or not number or not number.isdecimal() or len(number) > 9:
        return None
    return conversation.statements.filter(number=number).exclude(read_on=None).first()


def statements(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """List a conversation's statements by state, newest first, with a form to add more."""
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    state = request.GET.get("state", "")
    state = state if state in StatementState.values else StatementState.SHOWN.value
    listed = conversation.statements.filter(state=state).select_related("same_as").order_by("-number")
    page = Paginator(listed, STATEMENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"round": round_, "conversation": conversation, "page": page, "state": state}
    context |= {"states": StatementState.choices, "reasons": rejection_reasons(), "form": SeedsForm()}
    return render(request, "listen/statements.html", context)


@require_POST
def add_statements(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    form = SeedsForm(request.POST)
    if not form.is_valid():
        context = {"round": round_, "conversation": conversation, "form": form}
        return render(request, "listen/add_statements.html", context, status=422)
    added = conversation_actions.add_statements(
        conversation, round_=round_, texts=form.cleaned_data["seeds"], by=request.user
    )
    sentence = ngettext("%(n)d new statement is live.", "%(n)d new statements are live.", len(added))
    messages.success(request, sentence % {"n": len(added)})
    return redirect("listen:statements", org, pk)


@require_POST
def moderate_statement(request: DeskRequest, org: str, pk: int, number: int) -> HttpResponse:
    round_, statement = access_statement(request, org, pk, number, need=Role.ORGANISER)
    with transaction.atomic(using="square"):
        # Two who decide at once do so one after the other.
        statement.refresh_from_db(from_queryset=Statement.objects.select_for_update())
        form = ModerationForm(request.POST, statement=statement)
        if form.is_valid():
            given = form.cleaned_data
            moderation.moderate_statement(
                statement,
                round_=round_,
                by=request.user,
                show=given["show"],
                reason=given["reason"],
                same_as=given["same_as"],
            )
            return _onward(request, round_, statement)
    return _once_more(request, round_, form)


@require_POST
def undo_moderation(request: DeskRequest, org: str, pk: int, number: int) -> HttpResponse:
    round_, statement = access_statement(request, org, pk, number, need=Role.ORGANISER)
    conversation_actions.undo_moderation(statement, round_=round_, by=request.user)
    return _onward(request, round_, statement)


def _once_more(request: DeskRequest, round_: ListeningRound, form: ModerationForm) -> HttpResponse:
    """Show a rejected form again with its errors; nothing that was typed is lost."""
    context: dict[str, object] = {"round": round_, "reasons": rejection_reasons(), "turning": form}
    if request.htmx:
        return render(
            request,
            "listen/held.html",
            context
            | {
                "held": statements_to_moderate(form.statement.conversation),
                "held_count": count_unread_statements(form.statement.conversation),
            },
        )
    return render(request, "listen/moderate.html", context | {"statement": form.statement}, status=422)


def _onward(request: DeskRequest, round_: ListeningRound, statement: Statement) -> HttpResponse:
    """Return to the queue or the list, where the last decision can be undone."""
    if request.htmx:
        context = {
            "round": round_,
            "held": statements_to_moderate(statement.conversation),
            "held_count": count_unread_statements(statement.conversation),
            "reasons": rejection_reasons(),
        }
        read = statement if statement.read_on else None
        return render(request, "listen/held.html", context | {"read": read})
    org = round_.organisation.slug
    if "list" in request.POST:
        state = request.POST["list"]
        listed = reverse("listen:statements", args=[org, round_.pk])
        return redirect(f"{listed}?state={state}" if state in StatementState.values else listed)
    round_page = reverse("listen:round", args=[org, round_.pk])
    return redirect(
        f"{round_page}?read={statement.number}#held" if statement.read_on else f"{round_page}#held"
    )
