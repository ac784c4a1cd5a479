"""PLACEHOLDER from massline.desk.call.actions: Writing a call, having a second person look, putting it out, changing it everywhere at once, calling it off in the open."""

from massline.desk.call.models import Call
from massline.desk.call.square_facts import call_facts, event_facts, version_facts
from massline.square.calls import actions as square
from massline.square.calls.models import PublishedCall
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack


def show(call: Call) -> None:
    """Bring what the square shows of a call up to date."""
    square.change(
        uuid=call.uuid, event=event_facts(call), call=call_facts(call), versions=version_facts(call)
    )


def published_of(call: Call) -> PublishedCall | None:
    """Give the square's page of a call, found by its uuid: no key crosses the wall."""
    found = PublishedCall.objects.filter(uuid=call.uuid)
    return found.select_related("organisation", "event__organisation", "report__organisation").first()


def _report(call: Call, face: PublicOrganisation) -> ReportBack | None:
    """Give the report-back that this call's decision rests on."""
    slugs = call.decision.demands.exclude(claims__sum_up__report="").values_list(
        "claims__sum_up__report", flat=True
    )
    known = [slug for slug in slugs if slug]
    return ReportBack.objects.filter(organisation=face, slug__in=known).first()
