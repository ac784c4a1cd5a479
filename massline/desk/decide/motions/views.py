"""Pages on motions at a mass meeting: the chair's page, the screen for the whole meeting, and the minute."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.decide.access import access_row
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.ballots.secret_ballots import fresh_nonce
from massline.desk.decide.motions import actions
from massline.desk.decide.motions.forms import (
    COUNTED_BY_TELLERS,
    COUNTED_FIELDS,
    PARTS,
    AmendForm,
    CloseForm,
    CountForm,
    MotionBallotForm,
    MotionForm,
    SpeakerForm,
    TalliesForm,
)
from massline.desk.decide.motions.models import Amendment, Motion, Speaker, VotingMethod
from massline.desk.decide.motions.phone_vote import ask_motion_by_phone as ask_hall_by_phone
from massline.desk.decide.motions.phone_vote import count_live
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.desk.people.choices import Role
from massline.square.calls.models import PublicEvent
from massline.web.absolute_urls import typeable_url
from massline.web.refusal_messages import form_errors, show_reasons


def list_motions(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    meetings = PublicEvent.objects.filter(organisation__uuid=organisation.uuid).mass_meetings()
    upcoming = meetings.coming_up().first()
    form = MotionForm(request.POST or None, initial={"meeting": upcoming.title if upcoming else ""})
    if request.method == "POST" and form.is_valid():
        is_upcoming = upcoming is not None and upcoming.title == form.cleaned_data["meeting"]
        motion = actions.put_motion(
            organisation=organisation,
            by=request.user,
            meeting_uuid=upcoming.uuid if upcoming and is_upcoming else None,
            **form.cleaned_data,
        )
        return redirect("decide:motion", org, motion.pk)
    motions = Motion.objects.filter(organisation=organisation).prefetch_related("tallies")
    page = {"motions": motions, "form": form, "meeting": upcoming.title if upcoming else ""}
    return render(request, "decide/motions.html", page)


@serialise_edits
def show_motion(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show one motion; a POST records the hands and paper that tellers counted."""
    motion = access_row(request, org, Motion, pk, need=needed_role(request))
    form = edit_form(
        request, motion, lambda: TalliesForm(request.POST or None, initial=_recorded_tallies(motion))
    )
    if request.method == "POST" and form.is_valid():
        with show_reasons(request, _("Counted.")):
            actions.record_tallies(motion=motion, counts=form.to_counts(), by=request.user)
            report_merged_edit(request, form)
        return redirect("decide:motion", org, pk)
    return _page(request, motion, tallies=form)


def _recorded_tallies(motion: Motion) -> dict[str, int]:
    tallies = motion.tallies.filter(way__in=COUNTED_BY_TELLERS)
    return {f"{tally.way}_{part}": getattr(tally, part) for tally in tallies for part in PARTS}


def _page(request: DeskRequest, motion: Motion, **forms: Any) -> HttpResponse:
    has_voted = Roll.objects.filter(subject=motion.roll_name, account=request.user).exists()
    page = {
        "motion": motion,
        "waiting": motion.speakers.filter(has_spoken=False),
        "amendments": motion.amendments.select_related("motion"),
        "tally_rows": motion.tallies.all(),
        "phones": VotingMethod.PHONES,
        "has_voted": has_voted,
        "nonce": fresh_nonce(),
        "amend": AmendForm(initial={"text": motion.text, "base": motion.text}),
        "hands": CountForm(),
        "speaker": SpeakerForm(),
        "closing": CloseForm(),
        "live": count_live(motion) if motion.is_open else None,
        "tallies": TalliesForm(initial=_recorded_tallies(motion)),
    }
    return render(request, "decide/motion.html", page | forms)


@require_POST
def ask_motion_by_phone(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    motion = access_row(request, org, Motion, pk, need=Role.ORGANISER)
    with show_reasons(request, _("The hall votes now. Whoever has a card can vote."), part="hall-asked"):
        ask_hall_by_phone(motion=motion, by=request.user)
    return redirect("decide:motion", org, pk)


@require_POST
def vote_on_motion(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    motion = access_row(request, org, Motion, pk, need=Role.MEMBER)
    form = MotionBallotForm(request.POST)
    if form.is_valid():
        with show_reasons(request, _("Vote counted in.")):
            actions.record_phone_vote(motion=motion, by=request.user, **form.cleaned_data)
    return redirect("decide:motion", org, pk)


@require_POST
def put_amendment(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    motion = access_row(request, org, Motion, pk, need=Role.ORGANISER)
    form = AmendForm(request.POST)
    if not form.is_valid():
        return _page(request, motion, amend=form)
    with show_reasons(request, _("Motion proposed. Now count the hands.")):
        actions.put_amendment(motion=motion, by=request.user, **form.cleaned_data)
    return redirect("decide:motion", org, pk)


@require_POST
def settle_amendment(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    amendment = access_row(request, org, Amendment, pk, need=Role.ORGANISER)
    form = CountForm(request.POST)
    if form.is_valid():
        with show_reasons(request):
            actions.settle_amendment(
                amendment=amendment,
                count=form.to_count(),
                by=request.user,
                version=request.POST.get("version", ""),
            )
    return redirect("decide:motion", org, amendment.motion_id)


@require_POST
def add_speaker(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    motion = access_row(request, org, Motion, pk, need=Role.MEMBER)
    form = SpeakerForm(request.POST)
    if not form.is_valid():
        return _page(request, motion, speaker=form)
    with show_reasons(request):
        actions.add_speaker(motion=motion, **form.cleaned_data)
    return redirect("decide:motion", org, pk)


@require_POST
def update_speaker(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    speaker = access_row(request, org, Speaker, pk, need=Role.ORGANISER)
    step = request.POST.get("way", "")
    if step in {"up", "down", "spoke", "off"}:
        with show_reasons(request):
            actions.move_speaker(speaker=speaker, step=step)
    return redirect("decide:motion", org, speaker.motion_id)


@require_POST
@serialise_edits
def close_motion(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Close the vote with the counts typed above the button, if they were sent; or withdraw the motion."""
    motion = access_row(request, org, Motion, pk, need=Role.ORGANISER)
    if "withdraw" in request.POST:
        with show_reasons(request, _("Motion withdrawn.")):
            actions.withdraw_motion(motion=motion, by=request.user)
        return redirect("decide:motion", org, pk)
    form = CloseForm(request.POST)
    tallies = edit_form(request, motion, lambda: _sent_tallies(request, motion))
    if tallies.is_bound and not tallies.is_valid():
        return _page(request, motion, closing=form, tallies=tallies)
    if not form.is_valid():
        return _page(request, motion, closing=form, **({"tallies": tallies} if tallies.is_bound else {}))
    try:
        if tallies.is_bound:
            actions.record_tallies(motion=motion, counts=tallies.to_counts(), by=request.user)
        actions.close_motion(motion=motion, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error("present", form_errors(refused))
        return _page(request, motion, closing=form)
    report_merged_edit(request, tallies)
    return redirect("decide:minute", org, pk)


def _sent_tallies(request: DeskRequest, motion: Motion) -> TalliesForm:
    """The counts sent along with the closing, unbound if the sender's page had none."""
    sent = request.POST if COUNTED_FIELDS & request.POST.keys() else None
    return TalliesForm(sent, initial=_recorded_tallies(motion))


def show_screen(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show the motion, the next speakers and the count in large type, for everybody at the meeting."""
    motion = access_row(request, org, Motion, pk, need=Role.MEMBER)
    page = {
        "motion": motion,
        "waiting": motion.speakers.filter(has_spoken=False)[:3],
        "live": count_live(motion) if motion.is_open else None,
        "hall": (hall := motion.hall.page if motion.hall else None),
        "address": typeable_url(hall.get_short_url()) if hall else "",
    }
    return render(request, "decide/parts/wall.html" if request.htmx else "decide/screen.html", page)


def show_minute(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    motion = access_row(request, org, Motion, pk, need=Role.MEMBER)
    page = {"motion": motion, "tally_rows": motion.tallies.all(), "amendments": motion.amendments.all()}
    return render(request, "decide/minute.html", page)
