"""At the door: checking in by code, where there is no network too; and after it, the sheet typed in row by row."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.attendance.check_in_model import CheckIn
from massline.desk.act.attendance.turnout import numbers_of
from massline.desk.act.check_in import actions, offline_batch
from massline.desk.act.check_in.forms import CodesForm
from massline.desk.act.check_in.sign_in_sheet import SheetRow, rows_of
from massline.desk.act.events.access import access_event
from massline.desk.act.events.models import Event
from massline.desk.call.materials.sheet_tables import PAGES, ROWS
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys import safety
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.states import Role
from massline.web import service_worker
from massline.web.absolute_urls import TYPEABLE

EMPTIES_AFTER_SECONDS = 24 * 60 * 60


def check_in(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Codes in, heads counted. No name is asked for, shown or kept, so a phone that is taken away tells nothing."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    form = CodesForm(request.POST or None)
    refused: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        arrived = actions.check_in(event=event, codes=form.cleaned_data["codes"], by=request.user)
        refused = arrived.refused
        if arrived.kept:
            count = len(arrived.kept)
            said = ngettext("%(n)d has come.", "%(n)d have come.", count) % {"n": count}
            messages.success(request, said)
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
            "came": numbers_of([event])[event.pk].came,
            "empties_at": int(event.ends_at.timestamp()) + EMPTIES_AFTER_SECONDS,
            "signs": TYPEABLE,
            "pages": "".join(PAGES),
            "last_row": ROWS,
        },
    )


@require_POST
def send(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Take in what a phone kept while it was offline; a code is gone from the phone once it is named here."""
    event = access_event(request, org, pk, need=Role.MEMBER)
    try:
        arrived = offline_batch.take_in(request.body, event=event, by=request.user)
    except offline_batch.Unreadable as problem:
        return JsonResponse({"why": str(problem)}, status=400)
    return JsonResponse({"kept": arrived.kept, "refused": arrived.refused})


@require_safe
def worker(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    access_event(request, org, pk, need=Role.MEMBER)
    return service_worker.worker()


def sheet(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Type in one sheet. What is right is kept at once; a row that is not stays as it was typed, and says why."""
    event = access_event(request, org, pk, need=Role.ORGANISER)
    vault = open_vault(request, event.organisation)
    page = request.GET.get("page", "").upper()
    page = page if page in PAGES else PAGES[0]
    data = request.POST if request.method == "POST" else None
    rows = rows_of(event, page=page, vault=vault, data=data)
    if data is not None:
        _keep(request, event, rows)
        if vault is not None and not safety.missing_safeguards(event.organisation):
            actions.open_now(event=event, vault=vault, by=request.user)
        if all(row.form.is_valid() for row in rows):
            return redirect(f"{request.path}?page={page}")
        again = {row.code: row.form for row in rows if not row.form.is_valid()}
        rows = rows_of(event, page=page, vault=vault, forms=again)
    typed = set(CheckIn.objects.filter(event=event).values_list("code", flat=True))
    return render(
        request,
        "act/sheet.html",
        {
            "event": event,
            "rows": rows,
            "page": page,
            "pages": [(one, sum(code.startswith(one) and len(code) == 3 for code in typed)) for one in PAGES],
            "unlocked": vault is not None,
            "wrong": any(row.form.errors for row in rows if row.form.is_bound),
        },
    )


def _keep(request: DeskRequest, event: Event, rows: list[SheetRow]) -> None:
    """Keep what is right of the rows that were sent, and say how many."""
    kept = [row for row in rows if row.form.is_valid() and row.form.says_something]
    for row in kept:
        name, point = row.form.cleaned_data["name"], row.form.cleaned_data["point"]
        actions.type_in(event=event, code=row.code, name=name, point=point, by=request.user)
    if kept:
        said = ngettext("%(n)d row is kept.", "%(n)d rows are kept.", len(kept)) % {"n": len(kept)}
        messages.success(request, said)
