"""A hypothesis, read from an id in an address, for accounts that may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.hypotheses.models import Hypothesis
from massline.desk.people.choices import Role


def access_hypothesis(request: DeskRequest, org: str, pk: int, *, need: Role) -> Hypothesis:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(Hypothesis.objects.filter(organisation=organisation), pk=pk)
