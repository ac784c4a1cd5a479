"""Pages for check-in by code, offline too, and for entering the sign-in sheet afterwards."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.check_in import actions, offline_batch
from massline.desk.act.check_in.forms import CodesForm
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.check_in.sign_in_sheet import SheetRow, build_sheet_rows
from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.call.materials.sheet_tables import PAGES, ROWS
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.choices import Role
from massline.web import service_worker
from massline.web.absolute_urls import TYPEABLE

EMPTIES_AFTER_SECONDS = 24 * 60 * 60


def check_in(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Check in by code. No name is asked for, shown or stored, so a confiscated phone reveals nothing."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    form = CodesForm(request.POST or None)
    refused: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        result = actions.check_in(event=event, codes=form.cleaned_data["codes"], by=request.user)
        refused = result.refused
        if result.kept:
            count = len(result.kept)
            sentence = ngettext("%(n)d person has come.", "%(n)d people have come.", count) % {"n": count}
            messages.success(request, sentence, extra_tags="checked-in")
        if not refused:
            return redirect("act:check_in", org, pk)
        form = CodesForm(initial={"codes": ", ".join(refused)})
    return render(
        request,
        "act/check_in.html",
        {
            "event": event,
            "form": form,
            "refused": refused,
            "came": count_turnout([event])[event.pk].came,
            "empties_at": int(event.ends_at.timestamp()) + EMPTIES_AFTER_SECONDS,
            "signs": TYPEABLE,
            "pages": "".join(PAGES),
            "last_row": ROWS,
        },
    )


@require_POST
def check_in_batch(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Check in codes that a phone collected offline; it forgets each code named in the answer."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    try:
        result = offline_batch.check_in_batch(request.body, event=event, by=request.user)
    except offline_batch.UnreadableBatch as problem:
        return JsonResponse({"why": str(problem)}, status=400)
    return JsonResponse({"kept": result.kept, "refused": result.refused})


@require_safe
def service_worker_script(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    access_event(request, org, pk, need=Role.MEMBER)
    return service_worker.serve_service_worker()


def sheet(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Enter one sheet. Valid rows are saved straight away; the others keep their input and show their errors."""
    event = access_event(request, org, pk, need=Role.ORGANISER)
    vault = open_vault(request, event.organisation)
    page = request.GET.get("page", "").upper()
    page = page if page in PAGES else PAGES[0]
    data = request.POST if request.method == "POST" else None
    rows = build_sheet_rows(event, page=page, vault=vault, data=data)
    if data is not None:
        _save_rows(request, event, rows)
        if vault is not None and not contact_storage_conditions.blocking_safeguards(event.organisation):
            actions.open_entered_rows(event=event, vault=vault, by=request.user)
        if all(row.form.is_valid() for row in rows):
            return redirect(f"{request.path}?page={page}")
        again = {row.code: row.form for row in rows if not row.form.is_valid()}
        rows = build_sheet_rows(event, page=page, vault=vault, forms=again)
    typed = set(CheckIn.objects.filter(event=event).values_list("code", flat=True))
    return render(
        request,
        "act/sheet.html",
        {
            "event": event,
            "rows": rows,
            "page": page,
            "pages": [
                (letter, sum(code.startswith(letter) and len(code) == 3 for code in typed))
                for letter in PAGES
            ],
            "unlocked": vault is not None,
            "wrong": any(row.form.errors for row in rows if row.form.is_bound),
        },
    )


def _save_rows(request: DeskRequest, event: Event, rows: list[SheetRow]) -> None:
    """Save the valid rows and show how many there were."""
    kept = [row for row in rows if row.form.is_valid() and row.form.is_filled_in]
    for row in kept:
        name, point = row.form.cleaned_data["name"], row.form.cleaned_data["point"]
        actions.enter_sheet_row(event=event, code=row.code, name=name, point=point, by=request.user)
    if kept:
        sentence = ngettext("%(n)d row saved.", "%(n)d rows saved.", len(kept)) % {"n": len(kept)}
        messages.success(request, sentence, extra_tags="rows-kept")
