"""From an id in a URL to a paper sheet, if this account may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.paper.models import PaperSheet, sheet_number
from massline.desk.people.choices import Role


def access_sheet(request: DeskRequest, org: str, code: str, *, need: Role) -> PaperSheet:
    organisation = access_organisation(request, org, need=need)
    number = sheet_number(code)
    if number is None:
        raise Http404
    sheets = PaperSheet.objects.select_related("round__organisation", "section")
    return get_object_or_404(sheets, round__organisation=organisation, pk=number)
