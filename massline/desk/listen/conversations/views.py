"""Leading a round's conversation: its days, its results, and whether words appear at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.conversations import actions
from massline.desk.listen.conversations.access import access_conversation
from massline.desk.listen.conversations.forms import ScheduleForm
from massline.desk.people.states import Role


def conversation(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_, found = access_conversation(request, org, pk, need=Role.ORGANISER)
    stands = {"opens_on": round_.opens_on, "closes_on": round_.closes_on}
    form = ScheduleForm(
        request.POST or None, initial=stands | {"results": found.results, "shown": found.shown}
    )
    if request.method == "POST" and form.is_valid():
        if found.key is None:
            form.add_error(None, _("This conversation is over for good. Nothing was changed."))
        else:
            actions.arrange(found, round_=round_, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kept. The square follows at once."))
            return redirect("listen:conversation", org, pk)
    facts = {"round": round_, "conversation": found, "form": form}
    return render(request, "listen/conversation.html", facts, status=422 if form.errors else 200)


@require_POST
def end_now(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_, found = access_conversation(request, org, pk, need=Role.ORGANISER)
    if found.is_open() or found.is_ahead:
        actions.end_now(found, round_=round_, by=request.user)
        messages.success(request, _("Closed. Everybody can read the results now."))
    return redirect("listen:conversation", org, pk)
