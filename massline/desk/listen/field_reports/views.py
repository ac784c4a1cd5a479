"""The page on which a field report is written."""

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.field_reports import actions
from massline.desk.listen.field_reports.forms import FieldReportForm
from massline.desk.listen.rounds.access import access_round
from massline.desk.people.choices import Role
from massline.square.reports.answers_at_hand import answers_at_hand


@csp_update({"manifest-src": ["'self'"]})  # type: ignore[arg-type]
def field_report(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    form = FieldReportForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        actions.write_field_report(round_=round_, by=request.user, **form.report())
        messages.success(request, _("Saved word for word. On to the next door."))
        return redirect("listen:field_report", org, pk)
    answers = answers_at_hand(organisation=round_.organisation.uuid)
    page = {"round": round_, "form": form, "answers": answers}
    return render(request, "listen/field_report.html", page)
