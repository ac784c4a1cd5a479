"""Pages of structure tests: all compared, and one with its counts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from massline.core.refusal import Refused
from massline.desk.act.structure_tests import actions
from massline.desk.act.structure_tests.access import access_test
from massline.desk.act.structure_tests.comparison import compare_tests, publishable_counts
from massline.desk.act.structure_tests.forms import ChooseForm, SectionCountForm
from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.guard.concurrent_edits import edit_form, report_merged_edit, serialise_edits
from massline.web.refusal_messages import form_errors


def list_structure_tests(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=needed_role(request))
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_structure_test(
                organisation=organisation, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("begins_on", form_errors(refused))
        else:
            return redirect("structure:test", org, made.pk)
    structure_tests = StructureTest.objects.filter(organisation=organisation)
    page = {"tests": structure_tests, "compared": compare_tests(organisation), "form": form}
    return render(request, "structure/tests.html", page)


@serialise_edits
def show_structure_test(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    test = access_test(request, org, pk, need=needed_role(request))
    form = edit_form(request, test, lambda: SectionCountForm(request.POST or None, test=test))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_section_counts(test=test, counts=form.counts(), by=request.user)
        except Refused as refused:
            form.add_error(None, form_errors(refused))
        else:
            report_merged_edit(request, form)
            return redirect("structure:test", org, pk)
    publishable, total = publishable_counts(test)
    counts = list(test.counts.select_related("section", "test"))
    page = {"test": test, "counts": counts, "outside": publishable, "total": total, "form": form}
    page["strong"] = sum(count.is_strong for count in counts)
    return render(request, "structure/test.html", page)
