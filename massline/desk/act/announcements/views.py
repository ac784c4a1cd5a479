"""Pages of an announcement: how many it reaches and by which way, sending it, and what came of it."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from massline.core.refusal import Refused
from massline.desk.act.announcements import actions
from massline.desk.act.announcements.forms import OwnWordsForm
from massline.desk.act.announcements.models import Announcement
from massline.desk.act.announcements.reach_by_channel import (
    channel_label,
    measure_reach,
    subscribers_to_announce,
)
from massline.desk.act.events.access import access_event
from massline.desk.act.messages import configured_channels
from massline.desk.act.messages.free_text_mailing import send_free_text
from massline.desk.act.messages.models import DeliveryState
from massline.desk.act.messages.recipients_form import RecipientsForm
from massline.desk.act.messages.send_times import is_quiet_hour
from massline.desk.contacts.decrypted_contacts import redirect_to_unlock
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.choices import Role
from massline.square.envelopes.models import CourierCopy
from massline.web.refusal_messages import form_errors


def announce(request: DeskRequest, org: str, event: int) -> HttpResponse:
    """Show how many are reached by which way; a POST sends it to them."""
    planned = access_event(request, org, event, need=Role.HOLDER)
    if planned.is_over or planned.cancelled:
        return redirect("act:event", org, event)
    vault = open_vault(request, planned.organisation)
    if vault is None:
        return redirect_to_unlock(
            request, org, reverse("announcements:announce", args=[org, event]), has_typed_text=True
        )
    form = RecipientsForm(request.POST or None, organisation=planned.organisation)
    whom = {}
    if request.method == "POST" and form.is_valid():
        whom = {name: form.cleaned_data[name] for name in ("section", "language")}
        if "send" in request.POST:
            try:
                made = actions.announce_event(
                    event=planned, vault=vault, by=request.user, **form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, form_errors(refused))
            else:
                count = made.notices.count()
                sentence = ngettext("%(n)d person is being told.", "%(n)d people are being told.", count)
                messages.success(request, sentence % {"n": count}, extra_tags="being-told")
                return redirect("announcements:announcement", org, made.pk)
    page = {
        "event": planned,
        "form": form,
        "reach": measure_reach(subscribers_to_announce(planned, **whom), vault),
        "can_send": bool(configured_channels.list_configured_channels()),
        "earlier": planned.announcements.all(),
    }
    return render(request, "announcements/announce.html", page, status=422 if form.errors else 200)


def own_words(request: DeskRequest, org: str, event: int) -> HttpResponse:
    """Write a few sentences to everybody who signed up; no name is opened for it."""
    planned = access_event(request, org, event, need=Role.ORGANISER)
    form = OwnWordsForm(request.POST or None)
    can_send = (
        bool(configured_channels.list_configured_channels()) and not planned.is_over and not planned.cancelled
    )
    if request.method == "POST" and form.is_valid() and can_send:
        send_free_text(event=planned, words=form.cleaned_data["words"], by=request.user)
        messages.success(
            request, _("Your words go out to everyone who signed up."), extra_tags="words-go-out"
        )
        return redirect("act:event", org, event)
    copies = CourierCopy.objects.filter(envelope__about=planned.uuid)
    page = {"event": planned, "form": form, "can_send": can_send, "count": copies.count()}
    return render(request, "announcements/own_words.html", page, status=422 if form.errors else 200)


@require_safe
def announcement(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show what came of it, in numbers alone."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    rows = Announcement.objects.filter(organisation=organisation).select_related("event", "call", "section")
    made = get_object_or_404(rows, pk=pk)
    counts = dict(made.notices.values_list("state").annotate(n=Count("pk")))
    by_way = made.notices.values_list("method").annotate(n=Count("pk")).order_by("-n")
    page = {
        "announcement": made,
        "event": made.event,
        "by_way": [(channel_label(method), n) for method, n in by_way],
        "sent": counts.get(DeliveryState.SENT, 0),
        "waiting": counts.get(DeliveryState.WAITING, 0) + counts.get(DeliveryState.GOING, 0),
        "refused": counts.get(DeliveryState.REFUSED, 0),
        "let_go": counts.get(DeliveryState.LET_GO, 0),
        "tomorrow": made.notices.filter(state=DeliveryState.WAITING).exclude(not_before=None).count(),
        "stopped": made.notices.filter(stopped=True).count(),
        "at_night": _waits_for_morning(made),
    }
    return render(request, "announcements/announcement.html", page)


def _waits_for_morning(announcement: Announcement) -> bool:
    zone = announcement.organisation.zone
    return is_quiet_hour(timezone.now(), zone) and not announcement.may_ring_at_night
