"""Sheets and texts of a listening round or a report-back: what to print, what to send, what to share."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from massline.desk.call.materials.catalogue import PUBLIC_PAGE_SHEETS, public_page_kit
from massline.desk.call.materials.printed_report import ReportOnPaper
from massline.desk.call.materials.printed_round import RoundOnPaper
from massline.desk.call.materials.sheets import Paper, Sheet, sheet_pdf
from massline.desk.call.materials.views import chosen_paper
from massline.desk.guard.access import DeskRequest
from massline.desk.listen.rounds.access import access_conversation
from massline.desk.people.choices import Role
from massline.desk.sumup.claims.access import access_sum_up
from massline.desk.sumup.claims.report_back import find_report_back_of


def _round(request: DeskRequest, org: str, pk: int) -> RoundOnPaper:
    return RoundOnPaper(*access_conversation(request, org, pk, need=Role.MEMBER))


def _report(request: DeskRequest, org: str, pk: int) -> ReportOnPaper:
    report = find_report_back_of(access_sum_up(request, org, pk, need=Role.MEMBER))
    if report is None:
        raise Http404
    return ReportOnPaper(report)


@require_safe
def round_kit(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """All sheets and texts of a listening round that is asked in public."""
    return _kit_page(
        request, _round(request, org, pk), "round_material", pk, reverse("listen:share", args=[org, pk])
    )


@require_safe
def round_material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """A sheet of a listening round as PDF; ?paper= names the size."""
    return _sheet(request, _round(request, org, pk), sheet)


@require_safe
def report_kit(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """All sheets and texts of a published report-back."""
    return _kit_page(
        request, _report(request, org, pk), "report_material", pk, reverse("sumup:sum_up", args=[org, pk])
    )


@require_safe
def report_material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """A sheet of a published report-back as PDF; ?paper= names the size."""
    return _sheet(request, _report(request, org, pk), sheet)


def _kit_page(
    request: DeskRequest, subject: RoundOnPaper | ReportOnPaper, route: str, pk: int, back: str
) -> HttpResponse:
    paper = chosen_paper(request)
    page = {
        "subject": subject,
        "places": [
            (place.name, [(row, row.fitting(paper)) for row in place.sheets]) for place in public_page_kit()
        ],
        "texts": subject.texts(),
        "paper": paper,
        "papers": list(Paper),
        "route": f"call:{route}",
        "pk": pk,
        "back": back,
    }
    return render(request, "call/public_page_kit.html", page)


def _sheet(request: DeskRequest, subject: RoundOnPaper | ReportOnPaper, sheet: str) -> HttpResponse:
    if sheet not in PUBLIC_PAGE_SHEETS:
        raise Http404
    paper = chosen_paper(request)
    response = HttpResponse(
        sheet_pdf(subject, Sheet(sheet), paper_size=paper), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{subject.code}-{sheet}-{paper}.pdf"'
    return response
