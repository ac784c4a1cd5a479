"""Sheets and texts of an event that has no call: what to print, what to send, what to say."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.call.call_settings.models import CallSetting
from massline.desk.call.materials.catalogue import KIT, texts_of
from massline.desk.call.materials.sheets import Paper, Sheet, sheet_pdf
from massline.desk.call.materials.views import chosen_paper
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.square.calls.models import PublicEvent
from massline.square.calls.printed.printed_event import EventOnPaper


@require_safe
def list_materials(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """All sheets and texts of an event; one with a call has the call's."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    if event.call is not None:
        return redirect("call:kit", org, event.call.pk)
    on_paper, paper = EventOnPaper(_public(event)), chosen_paper(request)
    places = [(place.name, [(row, row.fitting(paper)) for row in place.sheets]) for place in KIT]
    page = {
        "event": event,
        "route": "act:material",
        "pk": event.pk,
        "subject": on_paper,
        "design": reverse("call:design", args=[org, on_paper.key[0], on_paper.pk]),
        "public": on_paper.event,
        "places": places,
        "texts": texts_of(on_paper),
        "words": on_paper.words,
        "paper": paper,
        "papers": list(Paper),
    }
    return render(request, "act/kit.html", page)


@require_safe
def material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """A sheet as PDF; ?paper= names the size, an unknown one means A4."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    if sheet not in set(Sheet):
        raise Http404
    paper = chosen_paper(request)
    setting = CallSetting.of(event.organisation)
    document = sheet_pdf(EventOnPaper(_public(event)), Sheet(sheet), paper_size=paper, setting=setting)
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = (
        f'inline; filename="{org}-{event.starts_at:%Y-%m-%d}-{sheet}-{paper}.pdf"'
    )
    return response


def _public(event: Event) -> PublicEvent:
    """The event as the square has it; not there where it has no public page."""
    public = PublicEvent.objects.filter(uuid=event.uuid).with_page().first()
    if public is None:
        raise Http404
    return public
