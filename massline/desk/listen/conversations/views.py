"""Settings of a round's conversation: dates, results, and whether statements appear at once; passing it on."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.listen.conversations import actions
from massline.desk.listen.conversations.forms import ScheduleForm
from massline.desk.listen.conversations.share_texts import share_texts
from massline.desk.listen.rounds.access import access_conversation
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.square.conversations.models import Conversation
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language, known_language


@serialise_edits
def conversation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    form = edit_form(
        request, round_, lambda: ScheduleForm(request.POST or None, initial=_settings(round_, conversation))
    )
    if request.method == "POST" and form.is_valid():
        if conversation.key is None:
            form.add_error(None, _("Nothing changed: this conversation is closed for good."))
        else:
            actions.reschedule_conversation(conversation, round_=round_, by=request.user, **form.cleaned_data)
            report_merged_edit(request, form)
            messages.success(request, _("Saved. The public page shows it straight away."))
            return redirect("listen:conversation", org, pk)
    context = {"round": round_, "conversation": conversation, "form": form}
    return render(request, "listen/conversation.html", context, status=422 if form.errors else 200)


def _settings(round_: ListeningRound, conversation: Conversation) -> dict[str, object]:
    """The settings that the form shows, read anew because another sender may have changed the conversation meanwhile."""
    conversation.refresh_from_db()
    return {
        "opens_on": round_.opens_on,
        "closes_on": round_.closes_on,
        "results": conversation.results,
        "shown": conversation.shown,
    }


def share(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show address, code and texts in one of the interface's languages, so that the question reaches people."""
    round_, conversation = access_conversation(request, org, pk, need=Role.MEMBER)
    language = known_language(request.GET.get("in", get_language() or ""))
    address = public_url(conversation.get_absolute_url())
    with in_language(language):
        texts = share_texts(round_, address)
    return render(
        request,
        "listen/share.html",
        {
            "round": round_,
            "conversation": conversation,
            "address": address,
            "texts": texts,
            "language": language,
            "languages": settings.LANGUAGES,
        },
    )


@require_POST
def close_now(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    if conversation.is_open() or conversation.is_ahead:
        actions.close_conversation_now(conversation, round_=round_, by=request.user)
        messages.success(
            request, _("Closed. Everyone can now see the results."), extra_tags="conversation-closed"
        )
    return redirect("listen:conversation", org, pk)
