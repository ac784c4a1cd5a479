"""From an id in a URL to a field report, if this account may correct it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import FieldReport
from massline.desk.people.choices import Role


def access_report(request: DeskRequest, org: str, pk: int, report: int) -> FieldReport:
    round_ = access_round(request, org, pk, need=Role.ORGANISER)
    reports = FieldReport.objects.select_related("round__organisation").prefetch_related("voices")
    return get_object_or_404(reports, round=round_, pk=report)
