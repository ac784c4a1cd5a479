"""Names in addresses become report-backs here."""

from django.http import Http404

from massline.square.organisations.access import access_organisation
from massline.square.reports.models import ReportBack


def access_report(org: str, slug: str) -> ReportBack:
    organisation = access_organisation(org)
    report = organisation.reports.select_related("conversation").filter(slug=slug).first()
    if report is None:
        raise Http404
    report.organisation = organisation
    if report.conversation is not None:
        report.conversation.organisation = organisation
    return report
