"""Reading what people wrote: one sentence at a time, or many at once; every decision can be undone."""

from collections.abc import Sequence

from django.contrib import messages
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
from massline.desk.listen.conversations.forms import ReadingForm, ReadManyForm
from massline.desk.listen.conversations.moderation_views import rejection_reasons
from massline.desk.listen.conversations.moderation_warnings import (
    HeldStatement,
    next_to_moderate,
    statement_to_moderate,
    statements_to_moderate,
)
from massline.desk.listen.conversations.redaction import show_without_passages, without_marked_words
from massline.desk.listen.rounds.access import access_conversation
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.square.conversations.models import Conversation, Statement

Numbers = Sequence[int]


def read_one(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show the oldest sentence that waits, after the one in `?after=` if it was passed over; keep what is decided."""
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    here = _choose(
        conversation, request.POST.get("number") or request.GET.get("after"), posted=bool(request.POST)
    )
    form = ReadingForm(request.POST or None, statement=here.statement if here else None)
    if request.method == "POST":
        if here is None:
            messages.info(request, _("Someone else has read that sentence meanwhile."))
            return redirect("listen:reading", org, pk)
        if form.is_valid():
            with transaction.atomic(using="desk"), transaction.atomic(using="square"):
                statement = _still_waiting(here.statement)
                if statement is not None:
                    _decide(request, round_, statement, form)
            if statement is None:
                messages.info(request, _("Someone else has read that sentence meanwhile."))
                return redirect("listen:reading", org, pk)
            return redirect(f"{reverse('listen:reading', args=[org, pk])}?read={here.statement.number}")
    read = _read(conversation, request.GET.get("read", ""))
    page = {
        "round": round_,
        "here": here,
        "masked": without_marked_words(here.statement) if here and here.flags else "",
        "left": conversation.statements.held().count(),
        "form": form,
        "reasons": rejection_reasons(),
        "read": read,
        "read_numbers": ",".join(str(statement.number) for statement in read),
    }
    return render(request, "listen/reading.html", page, status=422 if form.errors else 200)


def _choose(conversation: Conversation, number: str | None, *, posted: bool) -> HeldStatement | None:
    wanted = int(number) if number and number.isdecimal() and len(number) < 10 else -1
    if posted:
        return statement_to_moderate(conversation, wanted)
    return next_to_moderate(conversation, after=wanted)


def _still_waiting(statement: Statement) -> Statement | None:
    """The statement as it is now, kept for this decision alone; None where somebody else decided meanwhile."""
    return Statement.objects.select_for_update(of=("self",)).held().filter(pk=statement.pk).first()


def _decide(request: DeskRequest, round_: ListeningRound, statement: Statement, form: ReadingForm) -> None:
    given = form.cleaned_data
    if given["what"] == "hide":
        show_without_passages(statement, places=given["places"], round_=round_, by=request.user)
        return
    moderation.moderate_statement(
        statement,
        round_=round_,
        by=request.user,
        show=given["what"] == "show",
        reason=given["reason"],
        same_as=given["same_as"],
    )


def read_many(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """List all that wait, to show or turn down those that are ticked, all together."""
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    form = ReadManyForm(request.POST or None, conversation=conversation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic(using="desk"), transaction.atomic(using="square"):
            for ticked in given["ticked"]:
                statement = _still_waiting(ticked)
                if statement is not None:
                    moderation.moderate_statement(
                        statement, round_=round_, by=request.user, show=given["show"], reason=given["reason"]
                    )
        _say_decided_meanwhile(request, form)
        numbers = ",".join(str(statement.number) for statement in given["ticked"])
        return redirect(f"{reverse('listen:reading', args=[org, pk])}?read={numbers}")
    if request.method == "POST":
        _say_decided_meanwhile(request, form)
    page = {
        "round": round_,
        "waiting": statements_to_moderate(conversation),
        "left": conversation.statements.held().count(),
        "form": form,
        "reasons": rejection_reasons(),
    }
    return render(request, "listen/reading_many.html", page, status=422 if form.errors else 200)


def _say_decided_meanwhile(request: DeskRequest, form: ReadManyForm) -> None:
    """Say what somebody else decided about sentences that were ticked too."""
    for statement in form.decided_meanwhile:
        told = {"words": str(statement), "state": statement.get_state_display()}
        messages.info(
            request,
            _("Somebody else read “%(words)s” meanwhile, and it stays as they decided: %(state)s.") % told,
            extra_tags="stays-as-decided",
        )


@require_POST
def undo_reading(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Let the sentences that were just decided on wait again, with all their words."""
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    read = _read(conversation, request.POST.get("read", ""))
    for statement in read:
        conversation_actions.undo_moderation(statement, round_=round_, by=request.user)
    if read:
        sentence = ngettext(
            "%(n)d sentence is waiting again.", "%(n)d sentences are waiting again.", len(read)
        )
        messages.success(request, sentence % {"n": len(read)}, extra_tags="waiting-again")
    return redirect("listen:reading", org, pk)


def _read(conversation: Conversation, numbers: str) -> list[Statement]:
    """The statements with these numbers on which somebody has decided."""
    wanted = [int(number) for number in numbers.split(",") if number.isdecimal() and len(number) < 10][:50]
    return list(conversation.statements.filter(number__in=wanted).exclude(read_on=None))
