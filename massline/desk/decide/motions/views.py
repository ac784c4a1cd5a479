"""Motions at a mass meeting: the phone of who chairs, the wall everybody sees, and the minute."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.ballots.forms import BallotForm
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.motions import actions
from massline.desk.decide.motions.forms import (
    COUNTED,
    PARTS,
    AmendForm,
    CloseForm,
    CountForm,
    MotionForm,
    SpeakerForm,
    TalliesForm,
)
from massline.desk.decide.motions.models import Amendment, Motion, Speaker, Way
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role
from massline.square.calls.models import EventKind, PublicEvent
from massline.web.refusals import show_reasons


def motions(request: DeskRequest, org: str) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    meetings = PublicEvent.objects.filter(
        organisation__uuid=organisation.uuid, kind=EventKind.MASS_MEETING
    ).order_by("-starts_at")
    newest = meetings.first()
    form = MotionForm(request.POST or None, initial={"meeting": newest.title if newest else ""})
    if request.method == "POST" and form.is_valid():
        same = newest is not None and newest.title == form.cleaned_data["meeting"]
        made = actions.put_motion(
            organisation=organisation,
            by=request.user,
            meeting_uuid=newest.uuid if newest and same else None,
            **form.cleaned_data,
        )
        return redirect("decide:motion", org, made.pk)
    found = Motion.objects.filter(organisation=organisation).prefetch_related("tallies")
    return render(request, "decide/motions.html", {"motions": found, "form": form})


def motion(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """One motion; a POST writes down hands and paper."""
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    found = access_row(request, org, Motion, pk, need=need)
    form = TalliesForm(request.POST or None, initial=_typed(found))
    if request.method == "POST" and form.is_valid():
        with show_reasons(request, _("Counted.")):
            actions.count_all(motion=found, counts=form.counts(), by=request.user)
        return redirect("decide:motion", org, pk)
    return _page(request, found, tallies=form)


def _typed(found: Motion) -> dict[str, int]:
    ways = {one.way: one for one in found.tallies.all()}
    return {f"{way}_{part}": getattr(ways[way], part) for way in COUNTED for part in PARTS if way in ways}


def _page(request: DeskRequest, found: Motion, **forms: Any) -> HttpResponse:
    has_voted = Roll.objects.filter(subject=found.roll_name, account=request.user).exists()
    page = {
        "motion": found,
        "waiting": found.speakers.filter(has_spoken=False),
        "amendments": found.amendments.all(),
        "ways": found.tallies.all(),
        "phones": Way.PHONES,
        "has_voted": has_voted,
        "amend": AmendForm(initial={"text": found.text}),
        "hands": CountForm(),
        "speaker": SpeakerForm(),
        "closing": CloseForm(),
        "tallies": TalliesForm(initial=_typed(found)),
    }
    return render(request, "decide/motion.html", page | forms)


@require_POST
def vote(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Motion, pk, need=Role.MEMBER)
    form = BallotForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("It is in the box.")):
            actions.vote_by_phone(motion=found, answer=form.cleaned_data["answer"], by=request.user)
    return redirect("decide:motion", org, pk)


@require_POST
def amend(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Motion, pk, need=Role.ORGANISER)
    form = AmendForm(request.POST)
    if not form.is_valid():
        return _page(request, found, amend=form)
    with show_reasons(request, _("Put. Hands now.")):
        actions.amend(motion=found, text=form.cleaned_data["text"], by=request.user)
    return redirect("decide:motion", org, pk)


@require_POST
def settle(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    path = "motion__organisation"
    found = access_row(request, org, Amendment, pk, need=Role.ORGANISER, path=path)
    form = CountForm(request.POST)
    if form.is_valid():
        with show_reasons(request):
            actions.settle_amendment(amendment=found, count=form.count(), by=request.user)
    return redirect("decide:motion", org, found.motion_id)


@require_POST
def add_speaker(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Motion, pk, need=Role.MEMBER)
    form = SpeakerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, speaker=form)
    with show_reasons(request):
        actions.add_speaker(motion=found, **form.cleaned_data)
    return redirect("decide:motion", org, pk)


@require_POST
def move_speaker(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    path = "motion__organisation"
    found = access_row(request, org, Speaker, pk, need=Role.ORGANISER, path=path)
    way = request.POST.get("way", "")
    if way in {"up", "down", "spoke", "off"}:
        with show_reasons(request):
            actions.move_speaker(speaker=found, way=way)
    return redirect("decide:motion", org, found.motion_id)


@require_POST
def close(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Motion, pk, need=Role.ORGANISER)
    if "withdraw" in request.POST:
        with show_reasons(request, _("Withdrawn.")):
            actions.withdraw(motion=found, by=request.user)
        return redirect("decide:motion", org, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, closing=form)
    try:
        actions.close_motion(motion=found, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error("present", str(refused))
        return _page(request, found, closing=form)
    return redirect("decide:minute", org, pk)


def screen(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """What stands on the wall: large, and nothing on it but the motion, the speakers and the count."""
    found = access_row(request, org, Motion, pk, need=Role.MEMBER)
    page = {"motion": found, "waiting": found.speakers.filter(has_spoken=False)[:3]}
    return render(request, "decide/parts/wall.html" if request.htmx else "decide/screen.html", page)


def minute(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    found = access_row(request, org, Motion, pk, need=Role.MEMBER)
    page = {"motion": found, "ways": found.tallies.all(), "amendments": found.amendments.all()}
    return render(request, "decide/minute.html", page)
