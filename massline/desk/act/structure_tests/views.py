"""Structure tests: all of them side by side, and one with its counts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from massline.core.refusal import Refused
from massline.desk.act.structure_tests import actions
from massline.desk.act.structure_tests.access import access_test
from massline.desk.act.structure_tests.comparison import compare, outside
from massline.desk.act.structure_tests.forms import ChooseForm, CountForm
from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role


def tests(request: DeskRequest, org: str) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    organisation = access_organisation(request, org, need=need)
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.choose(organisation=organisation, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("begins_on", str(refused))
        else:
            return redirect("structure:test", org, made.pk)
    found = StructureTest.objects.filter(organisation=organisation)
    page = {"tests": found, "compared": compare(organisation), "form": form}
    return render(request, "structure/tests.html", page)


def test(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    need = Role.ORGANISER if request.method == "POST" else Role.MEMBER
    found = access_test(request, org, pk, need=need)
    form = CountForm(request.POST or None, test=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.count(test=found, counts=form.counts(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("structure:test", org, pk)
    shown, total = outside(found)
    counts = list(found.counts.select_related("section", "test"))
    page = {"test": found, "counts": counts, "outside": shown, "total": total, "form": form}
    page["strong"] = sum(one.is_strong for one in counts)
    return render(request, "structure/test.html", page)
