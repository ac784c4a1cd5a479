"""What people wrote on the square, as a moderator reads it: one by one, with warnings, and every step can be undone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.conversations import actions as conversation_actions
from massline.desk.listen.conversations import moderation
from massline.desk.listen.conversations.access import access_conversation, access_statement
from massline.desk.listen.conversations.forms import ModerationForm, SeedsForm
from massline.desk.listen.conversations.personal_data import waiting_in
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.states import Role
from massline.square.conversations.models import Conversation, Statement, StatementState
from massline.square.conversations.rejection_reasons import REASONS

A_PAGE = 50


def reasons() -> dict[str, str]:
    """The reasons a moderator chooses from, in their language."""
    return {key: _(reason) for key, reason in REASONS.items()}


def lately_read(conversation: Conversation | None, number: str | None) -> Statement | None:
    """The statement that was just decided on, so that it can be undone at once."""
    if conversation is None or not number or not number.isdecimal():
        return None
    return conversation.statements.filter(number=number).exclude(read_on=None).first()


def statements(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Every statement of a conversation by its state, the newest first; and room for more."""
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    state = request.GET.get("state", "")
    state = state if state in StatementState.values else StatementState.SHOWN.value
    found = conversation.statements.filter(state=state).select_related("same_as").order_by("-number")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    facts = {"round": round_, "conversation": conversation, "page": page, "state": state}
    facts |= {"states": StatementState.choices, "reasons": reasons(), "form": SeedsForm()}
    return render(request, "listen/statements.html", facts)


@require_POST
def add(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    form = SeedsForm(request.POST)
    if not form.is_valid():
        facts = {"round": round_, "conversation": conversation, "form": form}
        return render(request, "listen/add_statements.html", facts, status=422)
    added = conversation_actions.add_statements(
        conversation, round_=round_, texts=form.cleaned_data["seeds"], by=request.user
    )
    said = ngettext("%(n)d statement is asked now.", "%(n)d statements are asked now.", len(added))
    messages.success(request, said % {"n": len(added)})
    return redirect("listen:statements", org, pk)


@require_POST
def moderate(request: DeskRequest, org: str, pk: int, number: int) -> HttpResponse:
    round_, statement = access_statement(request, org, pk, number, need=Role.ORGANISER)
    form = ModerationForm(request.POST, statement=statement)
    if form.is_valid():
        given = form.cleaned_data
        moderation.moderate(
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
def take_back(request: DeskRequest, org: str, pk: int, number: int) -> HttpResponse:
    round_, statement = access_statement(request, org, pk, number, need=Role.ORGANISER)
    conversation_actions.take_back(statement, round_=round_, by=request.user)
    return _onward(request, round_, statement)


def _once_more(request: DeskRequest, round_: ListeningRound, form: ModerationForm) -> HttpResponse:
    """Show what was typed again, with what is to be done about it; nothing of it is lost."""
    facts: dict[str, object] = {"round": round_, "reasons": reasons(), "turning": form}
    if request.htmx:
        return render(request, "listen/held.html", facts | {"held": waiting_in(form.statement.conversation)})
    return render(request, "listen/moderate.html", facts | {"statement": form.statement}, status=422)


def _onward(request: DeskRequest, round_: ListeningRound, statement: Statement) -> HttpResponse:
    """Go on with what waits; what was just decided can be undone from there."""
    if request.htmx:
        facts = {"round": round_, "held": waiting_in(statement.conversation), "reasons": reasons()}
        read = statement if statement.read_on else None
        return render(request, "listen/held.html", facts | {"read": read})
    org = round_.organisation.slug
    if "list" in request.POST:
        state = request.POST["list"]
        listed = reverse("listen:statements", args=[org, round_.pk])
        return redirect(f"{listed}?state={state}" if state in StatementState.values else listed)
    whole = reverse("listen:round", args=[org, round_.pk])
    return redirect(f"{whole}?read={statement.number}#held" if statement.read_on else f"{whole}#held")
