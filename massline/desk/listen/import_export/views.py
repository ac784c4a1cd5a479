"""Words from elsewhere: send a file, look at what it would bring, bring it in; and take words out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.import_export import actions, export
from massline.desk.listen.import_export.access import access_parcel
from massline.desk.listen.import_export.archive_reader import Unusable
from massline.desk.listen.import_export.content import Content, open_parcel
from massline.desk.listen.import_export.forms import ColumnsForm, FilesForm, TakeOutForm
from massline.desk.listen.import_export.models import Parcel, ParcelState
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.states import Role

SHOWN = 12


def bring(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            parcel = actions.receive(round_=round_, sent=form.cleaned_data["sent"], by=request.user)
        except Unusable as problem:
            form.add_error("sent", str(problem))
        else:
            return redirect("listen:parcel", org, pk, parcel.pk)
    return _page(request, round_, form)


def _page(
    request: DeskRequest, round_: ListeningRound, form: FilesForm, out: TakeOutForm | None = None
) -> HttpResponse:
    conversation = conversation_of(round_)
    facts = {
        "round": round_,
        "form": form,
        "conversation": conversation,
        "out": out or TakeOutForm(talks=conversation is not None),
        "before": [(one, actions.told(one)) for one in round_.parcels.filter(state=ParcelState.DONE)[:10]],
    }
    wrong = form.errors or (out is not None and out.errors)
    return render(request, "listen/bring.html", facts, status=422 if wrong else 200)


def parcel(request: DeskRequest, org: str, pk: int, parcel: int) -> HttpResponse:
    """Look at a file as it would come in; how far it is; what came in."""
    found = access_parcel(request, org, pk, parcel, need=Role.ORGANISER)
    if found.state != ParcelState.LOOKED:
        said = actions.told(found) if found.state == ParcelState.DONE else ""
        page = "listen/far.html" if request.htmx else "listen/parcel.html"
        return render(request, page, {"round": found.round, "parcel": found, "said": said})
    content = open_parcel(found)
    form = _columns(request, found, content)
    if request.method == "POST" and form is not None and form.is_valid():
        found.chosen = form.chosen()
        found.save(update_fields=["chosen"])
        content = open_parcel(found)
    right = form is None or not form.is_bound or form.is_valid()
    if request.method == "POST" and "bring" in request.POST and right and content.rows:
        actions.bring(parcel=found, rows=content.rows, by=request.user)
        return redirect("listen:parcel", org, pk, found.pk)
    return _look(request, found, content, form)


def _columns(request: DeskRequest, parcel: Parcel, content: Content) -> ColumnsForm | None:
    if content.table is None:
        return None
    sent = request.POST if "kind" in request.POST else None
    form = ColumnsForm(
        sent, table=content.table, kind=content.kind, meanings=content.meanings, round_=parcel.round
    )
    form.fields["section"].initial = parcel.chosen.get("section") if parcel.chosen else None
    return form


def _look(request: DeskRequest, parcel: Parcel, content: Content, form: ColumnsForm | None) -> HttpResponse:
    wrong = form is not None and form.is_bound and not form.is_valid()
    facts = {
        "round": parcel.round,
        "parcel": parcel,
        "content": content,
        "form": form,
        "wrong": wrong,
        "problems": content.problems[:SHOWN],
        "more": max(0, len(content.problems) - SHOWN),
        "strange": content.strange.most_common(SHOWN),
    }
    return render(request, "listen/look.html", facts, status=422 if wrong else 200)


@require_POST
def leave_out(request: DeskRequest, org: str, pk: int, parcel: int) -> HttpResponse:
    """Throw a file away that was only looked at."""
    found = access_parcel(request, org, pk, parcel, need=Role.ORGANISER)
    get_object_or_404(Parcel, pk=found.pk, state=ParcelState.LOOKED).delete()
    messages.success(request, _("Thrown away. Nothing of it was brought in."))
    return redirect("listen:bring", org, pk)


@require_POST
def take_out(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    form = TakeOutForm(request.POST, talks=conversation_of(round_) is not None)
    if form.is_valid():
        try:
            file = export.take_out(round_=round_, shape=form.cleaned_data["shape"], by=request.user)
        except export.Sealed as refusal:
            form.add_error("shape", str(refusal))
        else:
            answer = HttpResponse(file.content, content_type=file.kind)
            answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
            return answer
    return _page(request, round_, FilesForm(), form)
