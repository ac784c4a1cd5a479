"""Everything made from a call: sheets to print, a picture, texts to pass on and the calendar file; always as it stands now."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from massline.desk.call import publishing
from massline.desk.call.access import access_call
from massline.desk.call.materials.catalogue import KIT, texts
from massline.desk.call.materials.models import CallSetting
from massline.desk.call.materials.printed_call import CallOnPaper
from massline.desk.call.materials.share_texts import frame_lines
from massline.desk.call.materials.sheets import Paper, Sheet, pdf
from massline.desk.guard.access import DeskRequest
from massline.desk.people.states import Role
from massline.square.calls.icalendar_export import calendar
from massline.square.calls.localized import every
from massline.square.calls.models import PublishedCall


def _published(request: DeskRequest, org: str, pk: int) -> PublishedCall:
    published = publishing.published_of(access_call(request, org, pk, need=Role.MEMBER))
    if published is None:
        raise Http404
    return published


@require_safe
def kit(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Show all there is to print and to pass on, language by language."""
    published = _published(request, org, pk)
    found = [(words, KIT, texts(published, words)) for words in every(published)]
    lines = frame_lines(published)
    return render(
        request, "call/kit.html", {"published": published, "kits": found, "pk": pk, "frame_lines": lines}
    )


@require_safe
def material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """Make a sheet to print: ?in= names the language, ?paper= the size; what is not known is the original's, on A4."""
    published = _published(request, org, pk)
    if sheet not in set(Sheet):
        raise Http404
    asked = request.GET.get("paper", Paper.A4)
    paper = Paper(asked) if asked in set(Paper) else Paper.A4
    on_paper = CallOnPaper(published, request.GET.get("in", ""))
    made = pdf(on_paper, Sheet(sheet), paper_size=paper, setting=CallSetting.of(request.organisation))
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"{published.slug}-{sheet}-{paper}-{on_paper.words.language}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_safe
def calendar_file(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    published = _published(request, org, pk)
    made = calendar(published.organisation, [published.event], language=request.GET.get("in", ""))
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{published.slug}.ics"'
    return answer
