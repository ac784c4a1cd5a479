"""The meeting room: the agenda and its clock, the wall everybody sees, what was decided, and the way out."""

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
from massline.desk.act.meetings.access import access_item, access_meeting, access_waiting
from massline.desk.act.meetings.forms import CloseForm, ItemForm, LinkForm, MinuteForm, SpeakForm
from massline.desk.act.meetings.models import Item, Meeting
from massline.desk.act.meetings.outcome import decided_at
from massline.desk.decide.motions.models import Motion
from massline.desk.guard.access import DeskRequest
from massline.desk.people.states import Role
from massline.web.refusals import show_reasons


def kit(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The agenda of an event; a POST makes it, or puts something more on it."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    event = access_event(request, org, pk, need=need)
    meeting = Meeting.objects.filter(event=event).prefetch_related("items__motion").first()
    if request.method == "POST" and meeting is None:
        actions.make(event=event, by=request.user)
        return redirect("meeting:kit", org, pk)
    form = ItemForm(request.POST or None)
    if meeting is not None and request.method == "POST" and form.is_valid():
        with show_reasons(request):
            actions.add_item(meeting=meeting, by=request.user, **form.cleaned_data)
        return redirect("meeting:kit", org, pk)
    page = {"event": event, "meeting": meeting, "items": list(meeting.items.all()) if meeting else []}
    return render(request, "meeting/kit.html", page | {"form": form})


@require_POST
def move(request: DeskRequest, org: str, pk: int, item: int) -> HttpResponse:
    """Move an item, take it off, begin it or end it."""
    found = access_item(request, org, pk, item, need=Role.ORGANISER)
    way = request.POST.get("way", "")
    with show_reasons(request):
        if way == "begin":
            actions.begin_item(item=found)
        elif way == "end":
            actions.end_item(item=found)
        elif way in {"up", "down", "off"}:
            actions.move_item(item=found, way=way)
    return redirect("meeting:kit", org, pk)


def item(request: DeskRequest, org: str, pk: int, item: int) -> HttpResponse:
    """One item: its minute, its motion, and who speaks next."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    found = access_item(request, org, pk, item, need=need)
    facts = {name: getattr(found, name) for name in MinuteForm.base_fields}
    form = MinuteForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        with show_reasons(request, _("Written down.")):
            actions.change_item(item=found, by=request.user, **form.cleaned_data)
        return redirect("meeting:kit", org, pk)
    return _item(request, found, form=form)


def _item(request: DeskRequest, found: Item, **forms: Any) -> HttpResponse:
    facts = {name: getattr(found, name) for name in MinuteForm.base_fields}
    page = {
        "event": found.meeting.event,
        "meeting": found.meeting,
        "item": found,
        "waiting": found.waiting.all(),
        "form": MinuteForm(initial=facts),
        "speak": SpeakForm(),
        "link": LinkForm(motions=_motions(request)),
    }
    return render(request, "meeting/item.html", page | forms)


def _motions(request: DeskRequest) -> Any:
    return Motion.objects.filter(organisation=request.organisation)


@require_POST
def link(request: DeskRequest, org: str, pk: int, item: int) -> HttpResponse:
    """Put a motion under an item: one that is there already, or a new sentence."""
    found = access_item(request, org, pk, item, need=Role.ORGANISER)
    form = LinkForm(request.POST, motions=_motions(request))
    if not form.is_valid():
        return _item(request, found, link=form)
    given = form.cleaned_data
    with show_reasons(request):
        if given["text"].strip():
            actions.put(item=found, text=given["text"], rule=given["rule"], by=request.user)
        else:
            actions.link_motion(item=found, motion=given["motion"], by=request.user)
    return redirect("meeting:item", org, pk, item)


@require_POST
def speak(request: DeskRequest, org: str, pk: int, item: int) -> HttpResponse:
    found = access_item(request, org, pk, item, need=Role.MEMBER)
    form = SpeakForm(request.POST)
    if not form.is_valid():
        return _item(request, found, speak=form)
    with show_reasons(request):
        actions.want_to_speak(item=found, **form.cleaned_data)
    return redirect("meeting:item", org, pk, item)


@require_POST
def spoke(request: DeskRequest, org: str, pk: int, waiting: int) -> HttpResponse:
    found = access_waiting(request, org, pk, waiting)
    actions.spoke(waiting=found)
    return redirect("meeting:item", org, pk, found.item_id)


def wall(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """What stands on the wall: what is talked about now, how long still, who speaks next, when we meet again."""
    meeting = access_meeting(request, org, pk, need=Role.MEMBER)
    running = meeting.running
    items = list(meeting.items.all())
    page = {
        "event": meeting.event,
        "meeting": meeting,
        "item": running,
        "speakers": speakers_of(running)[:3] if running else [],
        "coming": [one for one in items if one.begun_at is None][:4],
        "next": _after(meeting.event).first(),
    }
    return render(request, "meeting/parts/wall.html" if request.htmx else "meeting/wall.html", page)


def speakers_of(item: Item) -> list[str]:
    """Who speaks next: by the motion's own list where one is put here."""
    if item.motion is not None:
        return [one.name for one in item.motion.speakers.filter(has_spoken=False)]
    return [one.name for one in item.waiting.all()]


def decided(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """What was just decided, large enough to be read out before people leave."""
    meeting = access_meeting(request, org, pk, need=Role.MEMBER)
    page = {"event": meeting.event, "meeting": meeting, "decided": decided_at(meeting)}
    return render(request, "meeting/decided.html", page | {"next": _after(meeting.event).first()})


def close(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """The way out leads past the next meeting."""
    meeting = access_meeting(request, org, pk, need=Role.ORGANISER)
    coming = _after(meeting.event)
    initial = {"next_event": meeting.event.next_event or coming.mass_meetings().first() or coming.first()}
    form = CloseForm(request.POST or None, events=coming, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("next_event", str(refused))
        else:
            return redirect("meeting:decided", org, pk)
    page = {"event": meeting.event, "meeting": meeting, "form": form, "has_next": coming.exists()}
    return render(request, "meeting/close.html", page | {"decided": decided_at(meeting)})


def _after(event: Event) -> Any:
    """What is set after this event, the soonest first."""
    after = max(event.starts_at, timezone.now())
    return Event.objects.of(event.organisation).coming_up().filter(starts_at__gt=after).order_by("starts_at")
