"""Agreements, corrections and hypotheses, read from an id in an address, for accounts that may see them."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.follow_up.models import Agreement, Correction, Hypothesis
from massline.desk.people.choices import Role


def access_agreement(request: DeskRequest, org: str, pk: int) -> Agreement:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    agreements = Agreement.objects.filter(review__event__organisation=organisation)
    return get_object_or_404(agreements.select_related("review__event__organisation"), pk=pk)


def access_correction(request: DeskRequest, org: str, pk: int) -> Correction:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    return get_object_or_404(Correction.objects.filter(organisation=organisation), pk=pk)


def access_hypothesis(request: DeskRequest, org: str, pk: int, *, need: Role) -> Hypothesis:
    organisation = access_organisation(request, org, need=need)
    return get_object_or_404(Hypothesis.objects.filter(organisation=organisation), pk=pk)
