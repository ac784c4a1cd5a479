"""The published page of a call, and bringing it up to date."""

from massline.desk.call.models import Call
from massline.desk.call.published_facts import call_facts, event_facts, translation_facts
from massline.square.calls import actions as square
from massline.square.calls.models import PublishedCall
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack


def refresh_published_call(call: Call) -> None:
    """Bring the published call up to date."""
    square.update_event(
        uuid=call.uuid, event=event_facts(call), call=call_facts(call), translations=translation_facts(call)
    )


def find_published_call(call: Call) -> PublishedCall | None:
    """Find the published call by its uuid; no foreign key joins the two databases."""
    calls = PublishedCall.objects.filter(uuid=call.uuid)
    return calls.select_related("organisation", "event__organisation", "report__organisation").first()


def find_report_back(call: Call, face: PublicOrganisation) -> ReportBack | None:
    """Find the report-back that the call's decision is based on."""
    demands = call.decision.demands.exclude(claims__sum_up__report="")
    slugs = [slug for slug in demands.values_list("claims__sum_up__report", flat=True) if slug]
    return ReportBack.objects.filter(organisation=face, slug__in=slugs).first()
