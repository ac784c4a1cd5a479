"""Sheets and texts of a listening round or a report-back: what to print, what to send, what to share."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from massline.desk.call.materials.catalogue import PUBLIC_PAGE_SHEETS, public_page_kit
from massline.desk.call.materials.public_page_texts import texts_of_report, texts_of_round
from massline.desk.call.materials.sheets import Paper, Sheet, sheet_pdf
from massline.desk.call.materials.views import chosen_paper
from massline.desk.guard.access import DeskRequest
from massline.desk.listen.rounds.access import access_conversation
from massline.desk.people.choices import Role
from massline.desk.sumup.claims.access import access_sum_up
from massline.desk.sumup.claims.report_back import find_report_back_of
from massline.square.calls.printed.printed_report import ReportOnPaper
from massline.square.calls.printed.printed_round import RoundOnPaper
from massline.square.calls.printed.printed_subject import SubjectOnPaper


def _report(request: DeskRequest, org: str, pk: int) -> ReportOnPaper:
    report = find_report_back_of(access_sum_up(request, org, pk, need=Role.MEMBER))
    if report is None:
        raise Http404
    return ReportOnPaper(report)


@require_safe
def round_kit(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """All sheets and texts of a listening round that is asked in public."""
    round_, conversation = access_conversation(request, org, pk, need=Role.MEMBER)
    subject = RoundOnPaper(conversation)
    page = {"texts": texts_of_round(round_, subject), "back": reverse("listen:share", args=[org, pk])}
    return _kit_page(request, subject, page | {"route": "call:round_material", "pk": pk})


@require_safe
def round_material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """A sheet of a listening round as PDF; ?paper= names the size."""
    _round, conversation = access_conversation(request, org, pk, need=Role.MEMBER)
    return _sheet(request, RoundOnPaper(conversation), sheet)


@require_safe
def report_kit(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """All sheets and texts of a published report-back."""
    subject = _report(request, org, pk)
    page = {"texts": texts_of_report(subject), "back": reverse("sumup:sum_up", args=[org, pk])}
    return _kit_page(request, subject, page | {"route": "call:report_material", "pk": pk})


@require_safe
def report_material(request: DeskRequest, org: str, pk: int, sheet: str) -> HttpResponse:
    """A sheet of a published report-back as PDF; ?paper= names the size."""
    return _sheet(request, _report(request, org, pk), sheet)


def _kit_page(request: DeskRequest, subject: SubjectOnPaper, facts: dict[str, object]) -> HttpResponse:
    paper = chosen_paper(request)
    page = {
        "subject": subject,
        "design": reverse("call:design", args=[request.organisation.slug, subject.key[0], subject.pk]),
        "places": [
            (place.name, [(row, row.fitting(paper)) for row in place.sheets]) for place in public_page_kit()
        ],
        "paper": paper,
        "papers": list(Paper),
    }
    return render(request, "call/public_page_kit.html", page | facts)


def _sheet(request: DeskRequest, subject: SubjectOnPaper, sheet: str) -> HttpResponse:
    if sheet not in PUBLIC_PAGE_SHEETS:
        raise Http404
    paper = chosen_paper(request)
    response = HttpResponse(
        sheet_pdf(subject, Sheet(sheet), paper_size=paper), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{subject.code}-{sheet}-{paper}.pdf"'
    return response
