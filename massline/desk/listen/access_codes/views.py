"""Access codes of a round's conversation: create, print, withdraw, or exclude an abused invitation."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.guard.access import DeskRequest
from massline.desk.listen.access_codes import actions, card_sheet
from massline.desk.listen.access_codes.forms import SetAsideForm, WayForm
from massline.desk.listen.rounds.access import access_conversation
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.square.conversations.access_codes.models import AccessCodeBatch
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import ONE_EACH
from massline.web.refusal_messages import form_errors


def list_access_codes(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """List the access codes, and create more: a sheet of cards to print, or an invitation to copy."""
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    form = WayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if conversation.key is None:
            form.add_error(None, _("Nothing was made: this conversation is closed for good."))
        else:
            try:
                return _give_out(request, round_, conversation, form)
            except Refused as refused:
                form.add_error("most", form_errors(refused))
    return _page(request, round_, conversation, form)


def _page(
    request: DeskRequest,
    round_: ListeningRound,
    conversation: Conversation,
    form: WayForm,
    aside: SetAsideForm | None = None,
) -> HttpResponse:
    listed = conversation.ways.annotate(came=Count("participants"))
    page = {"round": round_, "conversation": conversation, "form": form, "ways": listed, "aside": aside}
    wrong = form.errors or (aside is not None and aside.errors)
    return render(request, "listen/ways.html", page, status=422 if wrong else 200)


def _give_out(
    request: DeskRequest, round_: ListeningRound, conversation: Conversation, form: WayForm
) -> HttpResponse:
    made = actions.create_access_codes(
        round_=round_, conversation=conversation, by=request.user, **form.cleaned_data
    )
    if form.cleaned_data["level"] in ONE_EACH:
        response = HttpResponse(
            card_sheet.render_card_sheet(conversation, made), content_type="application/pdf"
        )
        response["Content-Disposition"] = f'attachment; filename="cards-{conversation.slug}.pdf"'
        return response
    address = card_sheet.card_url(conversation, made.codes[0])
    return render(request, "listen/invitation.html", {"round": round_, "way": made.way, "address": address})


@require_POST
def close_access_codes(request: DeskRequest, org: str, pk: int, way: int) -> HttpResponse:
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    left = actions.withdraw_access_codes(
        get_object_or_404(AccessCodeBatch, conversation=conversation, pk=way), round_=round_, by=request.user
    )
    messages.success(
        request,
        _("Cancelled: %(left)d can no longer be used. People who already joined stay in.") % {"left": left},
    )
    return redirect("listen:ways", org, pk)


@require_POST
@transaction.atomic(using="square")
def exclude_answers_of_invitation(request: DeskRequest, org: str, pk: int, way: int) -> HttpResponse:
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    ways = AccessCodeBatch.objects.select_for_update(of=("self",))
    chosen = get_object_or_404(ways, conversation=conversation, pk=way)
    form = SetAsideForm(request.POST, way=chosen)
    if not form.is_valid():
        return _page(request, round_, conversation, WayForm(), form)
    try:
        actions.exclude_invitation_answers(
            chosen, round_=round_, reason=form.cleaned_data["reason"], by=request.user
        )
    except Refused as refused:
        form.add_error("reason", form_errors(refused))
        return _page(request, round_, conversation, WayForm(), form)
    messages.success(request, _("Saved. The next map counts it that way."))
    return redirect("listen:ways", org, pk)


@require_POST
def set_open_to_all(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_, conversation = access_conversation(request, org, pk, need=Role.ORGANISER)
    to_all = request.POST.get("to_all") == "1"
    actions.set_open_to_all(conversation, round_=round_, to_all=to_all, by=request.user)
    notice = (
        _("Anyone can answer now.")
        if to_all
        else _("Only people with a card, a code or an invitation can answer now.")
    )
    messages.success(request, notice)
    return redirect("listen:ways", org, pk)
