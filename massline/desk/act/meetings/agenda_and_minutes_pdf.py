"""Printed agenda and minutes, each on A4."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from massline.core.date_formats import format_hour
from massline.core.time_zones import in_active_zone
from massline.desk.act.meetings.access import access_meeting
from massline.desk.act.meetings.meeting_outcome import collect_outcome
from massline.desk.act.meetings.models import Meeting
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.web import pdf
from massline.web.language_choice import base_language, in_language
from massline.web.templatetags.massline import direction, on_day, when

TEMPLATE = Path(__file__).parent / "minute.typ"


@require_safe
def agenda_pdf(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    return _pdf_response(access_meeting(request, org, pk, need=Role.MEMBER), is_minute=False)


@require_safe
def minute_pdf(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    return _pdf_response(access_meeting(request, org, pk, need=Role.MEMBER), is_minute=True)


def _pdf_response(meeting: Meeting, *, is_minute: bool) -> HttpResponse:
    organisation = meeting.event.organisation
    with in_language(organisation.language), timezone.override(organisation.zone):
        facts = _minute_facts(meeting) if is_minute else _agenda_facts(meeting)
        facts |= _head_facts(meeting)
    text = pdf.remove_pictures(json.dumps(facts, ensure_ascii=False))
    made = pdf.render_pdf(TEMPLATE, {"facts": text}, seconds=int(meeting.event.starts_at.timestamp()))
    name = "minute" if is_minute else "agenda"
    headers = {"Content-Disposition": f'inline; filename="{name}-{meeting.event_id}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _head_facts(meeting: Meeting) -> dict[str, object]:
    event, organisation = meeting.event, meeting.event.organisation
    following, begins = event.next_event, in_active_zone(event.starts_at)
    return {
        "lang": base_language(organisation.language),
        "dir": direction(organisation.language),
        "organisation": organisation.name,
        "title": event.title,
        "when": f"{date_format(begins, 'l')} {on_day(begins.date())}, {format_hour(begins)}",
        "where": event.where,
        "next": f"{following.title}: {when(following.starts_at)}, {following.where}" if following else "",
        "no_next": meeting.no_next_because,
        "say": {
            "agenda": _("Agenda"),
            "minute": _("Minutes"),
            "minutes": _("min"),
            "next": _("The next meeting"),
            "not_set": _("Write it here before you leave:"),
            "decided": _("What we decided"),
            "nothing": _("No votes were taken."),
            "present": _("were present"),
            "dissent": _("Who sees it differently"),
        },
    }


def _agenda_facts(meeting: Meeting) -> dict[str, object]:
    begins = in_active_zone(meeting.event.starts_at)
    items = []
    for item in meeting.items.all():
        items.append(
            {
                "at": format_hour(begins),
                "title": item.title,
                "who": item.who,
                "minutes": item.minutes,
                "motion": item.motion.text if item.motion else "",
            }
        )
        begins = _later(begins, item.minutes)
    return {"kind": "agenda", "items": items, "ends": format_hour(begins)}


def _later(moment: datetime, minutes: int) -> datetime:
    """So many minutes later; the same moment at the end of the calendar."""
    try:
        return moment + timedelta(minutes=minutes)
    except OverflowError:
        return moment


def _minute_facts(meeting: Meeting) -> dict[str, object]:
    outcome = collect_outcome(meeting)
    return {
        "kind": "minute",
        "present": meeting.present,
        "items": [{"title": item.title, "minute": item.minute} for item in meeting.items.all()],
        "motions": [
            {
                "text": motion.text,
                "state": str(motion.get_state_display()),
                "count": f"{count.in_favour} : {count.against} : {count.abstained}",
                "dissent": motion.dissent,
            }
            for motion, count in outcome.motions
        ],
        "decisions": [
            {"title": decision.title, "dissent": decision.dissent} for decision in outcome.decisions
        ],
    }
