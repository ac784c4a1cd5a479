"""Pages of a meeting: agenda, item, the screen everybody sees, outcome and closing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.act.meetings import actions
from massline.desk.act.meetings.access import access_item, access_meeting, access_waiting_speaker
from massline.desk.act.meetings.forms import CloseForm, ItemForm, LinkForm, MinuteForm, SpeakForm
from massline.desk.act.meetings.meeting_outcome import collect_outcome
from massline.desk.act.meetings.models import Item, Meeting
from massline.desk.decide.motions.models import Motion
from massline.desk.guard.access import DeskRequest, needed_role
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.people.choices import Role
from massline.web.refusal_messages import form_errors, show_reasons


def show_agenda(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The agenda of an event; a POST creates it or adds an item."""
    event = access_event(request, org, pk, need=needed_role(request))
    meeting = Meeting.objects.filter(event=event).prefetch_related("items__motion").first()
    if request.method == "POST" and meeting is None:
        actions.create_agenda(event=event, by=request.user)
        return redirect("meeting:kit", org, pk)
    form = ItemForm(request.POST or None)
    if meeting is not None and request.method == "POST" and form.is_valid():
        with show_reasons(request):
            actions.add_agenda_item(meeting=meeting, by=request.user, **form.cleaned_data)
        return redirect("meeting:kit", org, pk)
    page = {"event": event, "meeting": meeting, "items": list(meeting.items.all()) if meeting else []}
    return render(request, "meeting/kit.html", page | {"form": form})


@require_POST
def move_item(request: DeskRequest, org: str, pk: int, item_pk: int) -> HttpResponse:
    """Move, remove, begin or end an item."""
    item = access_item(request, org, pk, item_pk, need=Role.ORGANISER)
    direction = request.POST.get("way", "")
    with show_reasons(request):
        if direction == "begin":
            actions.begin_item(item=item)
        elif direction == "end":
            actions.end_item(item=item)
        elif direction == "off":
            actions.remove_item(item=item)
        elif direction in {"up", "down"}:
            actions.move_item(item=item, direction=direction)
    return redirect("meeting:kit", org, pk)


@serialise_edits
def item(request: DeskRequest, org: str, pk: int, item_pk: int) -> HttpResponse:
    """An item with its minutes, motion and queue; a POST saves the item."""
    item = access_item(request, org, pk, item_pk, need=needed_role(request))
    form = edit_form(
        request,
        item,
        lambda: MinuteForm(
            request.POST or None, initial={name: getattr(item, name) for name in MinuteForm.base_fields}
        ),
    )
    if request.method == "POST" and form.is_valid():
        with show_reasons(request, _("Saved.")):
            actions.change_item(item=item, by=request.user, **form.cleaned_data)
            report_merged_edit(request, form)
        return redirect("meeting:kit", org, pk)
    return _render_item(request, item, form=form)


def _render_item(request: DeskRequest, item: Item, **forms: Any) -> HttpResponse:
    facts = {name: getattr(item, name) for name in MinuteForm.base_fields}
    page = {
        "event": item.meeting.event,
        "meeting": item.meeting,
        "item": item,
        "waiting": item.waiting.all(),
        "form": MinuteForm(initial=facts),
        "speak": SpeakForm(),
        "link": LinkForm(motions=_motions_of(request)),
    }
    return render(request, "meeting/item.html", page | forms)


def _motions_of(request: DeskRequest) -> Any:
    return Motion.objects.filter(organisation=request.organisation)


@require_POST
def link_motion(request: DeskRequest, org: str, pk: int, item_pk: int) -> HttpResponse:
    """Link an open motion to an item, or propose a new one under it."""
    item = access_item(request, org, pk, item_pk, need=Role.ORGANISER)
    form = LinkForm(request.POST, motions=_motions_of(request))
    if not form.is_valid():
        return _render_item(request, item, link=form)
    given = form.cleaned_data
    with show_reasons(request):
        if given["text"].strip():
            actions.put_new_motion(item=item, text=given["text"], rule=given["rule"], by=request.user)
        else:
            actions.link_motion(item=item, motion=given["motion"], by=request.user)
    return redirect("meeting:item", org, pk, item_pk)


@require_POST
def add_to_queue(request: DeskRequest, org: str, pk: int, item_pk: int) -> HttpResponse:
    item = access_item(request, org, pk, item_pk, need=Role.MEMBER)
    form = SpeakForm(request.POST)
    if not form.is_valid():
        return _render_item(request, item, speak=form)
    with show_reasons(request):
        actions.add_speaker_to_queue(item=item, **form.cleaned_data)
    return redirect("meeting:item", org, pk, item_pk)


@require_POST
def remove_from_queue(request: DeskRequest, org: str, pk: int, waiting_pk: int) -> HttpResponse:
    waiting = access_waiting_speaker(request, org, pk, waiting_pk)
    actions.remove_speaker_from_queue(waiting=waiting)
    return redirect("meeting:item", org, pk, waiting.item_id)


def show_screen(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The screen everybody sees: current item, time left, next speakers and next meeting."""
    meeting = access_meeting(request, org, pk, need=Role.MEMBER)
    running = meeting.running
    items = list(meeting.items.all())
    page = {
        "event": meeting.event,
        "meeting": meeting,
        "item": running,
        "speakers": list_speakers(running)[:3] if running else [],
        "coming": [item for item in items if item.begun_at is None][:4],
        "next": _events_after(meeting.event).first(),
    }
    return render(request, "meeting/parts/wall.html" if request.htmx else "meeting/wall.html", page)


def list_speakers(item: Item) -> list[str]:
    """List the next speakers; a linked motion's own list takes precedence."""
    if item.motion is not None:
        return [speaker.name for speaker in item.motion.speakers.filter(has_spoken=False)]
    return [speaker.name for speaker in item.waiting.all()]


def outcome(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The outcome in large print, to be read out before people leave."""
    meeting = access_meeting(request, org, pk, need=Role.MEMBER)
    page = {"event": meeting.event, "meeting": meeting, "decided": collect_outcome(meeting)}
    return render(request, "meeting/decided.html", page | {"next": _events_after(meeting.event).first()})


def close_meeting(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Close a meeting, which needs the next one or the reason why there is none."""
    meeting = access_meeting(request, org, pk, need=Role.ORGANISER)
    coming = _events_after(meeting.event)
    initial = {"next_event": meeting.event.next_event or coming.mass_meetings().first() or coming.first()}
    form = CloseForm(request.POST or None, events=coming, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_meeting(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("next_event", form_errors(refused))
        else:
            return redirect("meeting:decided", org, pk)
    page = {"event": meeting.event, "meeting": meeting, "form": form, "has_next": coming.exists()}
    return render(request, "meeting/close.html", page | {"decided": collect_outcome(meeting)})


def _events_after(event: Event) -> Any:
    """Events planned after this one, the soonest first."""
    after = max(event.starts_at, timezone.now())
    return Event.objects.of(event.organisation).coming_up().filter(starts_at__gt=after).order_by("starts_at")
