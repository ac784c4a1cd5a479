"""Paper sheets: printing them for a section, and typing in what was written on them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.audit import chain
from massline.desk.listen.field_reports import offline_batch
from massline.desk.listen.paper.access import access_sheet
from massline.desk.listen.paper.forms import ROWS, CodeForm, PrintForm, RowForms, report_of_row
from massline.desk.listen.paper.models import PaperSheet, sheet_number
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import ListeningRound, Mood, VoiceKind
from massline.desk.people.choices import Role
from massline.desk.people.models import Section
from massline.web import pdf
from massline.web.absolute_urls import desk_url
from massline.web.language_choice import base_language, in_language
from massline.web.templatetags.massline import direction, on_day

TEMPLATE = Path(__file__).parent / "sheet.typ"


def sheets(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """List the sheets of a round, print more, or look one up by its code."""
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    form = PrintForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        made = _make(round_, form.cleaned_data["section"], form.cleaned_data["sheets"], request)
        answer = HttpResponse(_pdf(round_, made), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="listening-{round_.pk}-{made[0].code}.pdf"'
        return answer
    printed = round_.sheets.select_related("section")
    return render(
        request,
        "listen/sheets.html",
        {"round": round_, "form": form, "sheets": printed[:200], "code": CodeForm()},
    )


def _make(round_: ListeningRound, section: Section, count: int, request: DeskRequest) -> list[PaperSheet]:
    with transaction.atomic(using="desk"):
        made = [PaperSheet.objects.create(round=round_, section=section) for _sheet in range(count)]
        chain.append_line(round_.organisation, request.user, "printed sheets for listening", round_)
    return made


def _pdf(round_: ListeningRound, made: list[PaperSheet]) -> bytes:
    organisation = round_.organisation
    with in_language(organisation.language):
        facts = {
            "lang": base_language(organisation.language),
            "dir": direction(organisation.language),
            "organisation": organisation.name,
            "question": round_.question,
            "section": made[0].section.name,
            "day": on_day(made[0].printed_on),
            "rows": ROWS,
            "kinds": [str(label) for label in VoiceKind.labels],
            "moods": [str(label) for label in Mood.labels],
            "say": {
                "words": _("What they said"),
                "mood": _("Their mood, as you saw it"),
                "rule": _("Their words, not yours. No names, no door numbers: we don’t keep who said it."),
                "code": _("Scan this, or type the code, to enter the sheet:"),
            },
            "sheets": [{"code": sheet.code, "qr": _qr(round_, sheet)} for sheet in made],
        }
    text = pdf.remove_pictures(json.dumps(facts, ensure_ascii=False))
    return pdf.render_pdf(TEMPLATE, {"facts": text}, seconds=int(round_.made_at.timestamp()))


def _qr(round_: ListeningRound, sheet: PaperSheet) -> str:
    address = desk_url(f"/{round_.organisation.slug}/listen/sheet/{sheet.code}/")
    return str(
        segno.make(address, error="m", micro=False).svg_inline(
            border=0, dark="#000", light=None, omitsize=True
        )
    )


def find_sheet(request: DeskRequest, org: str) -> HttpResponse:
    """Redirect from a typed code to its sheet."""
    access_organisation(request, org, need=Role.MEMBER)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = sheet_number(form.cleaned_data["code"])
        sheet = PaperSheet.objects.filter(pk=number).first() if number is not None else None
        if sheet is not None:
            return redirect("listen:sheet", org, sheet.code)
        form.add_error(
            "code",
            ValidationError(
                _("None of your sheets has this code. Check it letter by letter."),
                code="no-such-sheet",
            ),
        )
    return render(request, "listen/find_sheet.html", {"form": form})


def sheet(request: DeskRequest, org: str, code: str) -> HttpResponse:
    """Type in a sheet row by row; rows that were typed in before are not saved again."""
    sheet = access_sheet(request, org, code, need=Role.MEMBER)
    forms = RowForms(request.POST or None)
    refused: dict[int, str] = {}
    if request.method == "POST" and forms.is_valid():
        kept, refused = _keep_rows(sheet, [form.cleaned_data for form in forms], request)
        messages.success(
            request,
            ngettext("%(n)d row saved.", "%(n)d rows saved.", kept) % {"n": kept},
            extra_tags="rows-kept",
        )
        if not refused:
            return redirect("listen:sheets", org, sheet.round_id)
    return render(
        request,
        "listen/sheet.html",
        {"sheet": sheet, "round": sheet.round, "forms": forms, "refused": refused},
    )


def _keep_rows(
    sheet: PaperSheet, rows: Sequence[Mapping[str, object]], request: DeskRequest
) -> tuple[int, dict[int, str]]:
    filled = {number: row for number, row in enumerate(rows) if str(row.get("text") or "").strip()}
    reports = {number: report_of_row(sheet, number, row) for number, row in filled.items()}
    result = offline_batch.save_batch(list(reports.values()), round_=sheet.round, by=request.user)
    if result.kept:
        sheet.entered_on = timezone.localdate()
        sheet.save(update_fields=["entered_on"])
    why = {number + 1: result.refused.get(str(report["uuid"]), "") for number, report in reports.items()}
    return len(result.kept), {number: sentence for number, sentence in why.items() if sentence}
