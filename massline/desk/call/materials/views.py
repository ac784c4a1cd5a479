"""Pages and files made from a published call: sheets, texts and the calendar file, always up to date."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from massline.desk.call import published_call
from massline.desk.call.access import access_call
from massline.desk.call.call_settings.models import CallSetting
from massline.desk.call.materials.catalogue import KIT, texts_to_share
from massline.desk.call.materials.share_texts import embed_code
from massline.desk.call.materials.sheets import Paper, Sheet, sheet_pdf
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.localized_call import all_wordings
from massline.square.calls.models import PublishedCall
from massline.square.calls.printed.printed_call import CallOnPaper
from massline.web.absolute_urls import public_url
from massline.web.pdf import pictures_in


def _published(request: DeskRequest, org: str, pk: int) -> PublishedCall:
    published = published_call.find_published_call(access_call(request, org, pk, need=Role.MEMBER))
    if published is None:
        raise Http404
    return published


@require_safe
def list_materials(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """All sheets and texts to share, by language."""
    published = _published(request, org, pk)
    paper = chosen_paper(request)
    places = [(place.name, [(row, row.fitting(paper)) for row in place.sheets]) for place in KIT]
    page = {
        "published": published,
        "kits": [
            (words, places, texts_to_share(published, words), CallOnPaper(published, words.language))
            for words in all_wordings(published)
        ],
        "design": reverse("call:design", args=[org, "calls", published.pk]),
        "left_out": pictures_in(" ".join(f"{words.slogan} {words.ask}" for words in all_wordings(published))),
        "route": "call:material",
        "pk": pk,
        "frame_code": embed_code(published),
        "paper": paper,
        "papers": list(Paper),
        "answers": _answers_address(published),
    }
    return render(request, "call/kit.html", page)


def _answers_address(published: PublishedCall) -> str:
    """The address of the leaflet of answers; empty before the first answer."""
    organisation = published.organisation
    if not organisation.answers.exists():
        return ""
    address = reverse("reports:answers_sheet", args=[organisation.slug], urlconf="massline.urls_square")
    return f"{public_url(address)}?event={published.event.uuid}"


def chosen_paper(request: DeskRequest) -> Paper:
    """The paper that `?paper=` names; A4 for unknown ones."""
    size = request.GET.get("paper", Paper.A4)
    return Paper(size) if size in set(Paper) else Paper.A4


@require_safe
def material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """A sheet as PDF: ?in= names the language, ?paper= the size; unknown values mean the original's and A4."""
    published = _published(request, org, pk)
    if sheet not in set(Sheet):
        raise Http404
    paper = chosen_paper(request)
    on_paper = CallOnPaper(published, request.GET.get("in", ""))
    document = sheet_pdf(
        on_paper, Sheet(sheet), paper_size=paper, setting=CallSetting.of(request.organisation)
    )
    response = HttpResponse(document, content_type="application/pdf")
    name = f"{published.slug}-{sheet}-{paper}-{on_paper.words.language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def calendar_file(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    published = _published(request, org, pk)
    document = export_calendar(published.organisation, [published.event], language=request.GET.get("in", ""))
    response = HttpResponse(document, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{published.slug}.ics"'
    return response
