"""Structure tests by their id in a URL, if this account may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role


def access_test(request: DeskRequest, org: str, pk: int, *, need: Role) -> StructureTest:
    organisation = access_organisation(request, org, need=need)
    tests = StructureTest.objects.select_related("organisation")
    return get_object_or_404(tests, organisation=organisation, pk=pk)
