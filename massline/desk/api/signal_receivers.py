"""Signal receivers that queue webhooks for calls, report-backs and decisions; nothing else leaves."""

from typing import Any

from massline.desk.api.actions import queue_webhooks
from massline.desk.api.models import WebhookEvent
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Organisation
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public


def call_published(sender: type[Call], *, call: Call, **_: Any) -> None:
    queue_webhooks(organisation=call.organisation, kind=WebhookEvent.CALL_PUBLISHED, facts=_facts(call))


def call_changed(sender: type[Call], *, call: Call, **_: Any) -> None:
    queue_webhooks(organisation=call.organisation, kind=WebhookEvent.CALL_CHANGED, facts=_facts(call))


def call_cancelled(sender: type[Call], *, call: Call, **_: Any) -> None:
    queue_webhooks(organisation=call.organisation, kind=WebhookEvent.CALL_CANCELLED, facts=_facts(call))


def _facts(call: Call) -> dict[str, object]:
    return {
        "id": str(call.uuid),
        "slogan": call.slogan,
        "what": call.what,
        "ask": call.ask,
        "starts_at": call.starts_at.isoformat() if call.starts_at else None,
        "ends_at": call.ends_at.isoformat() if call.ends_at else None,
        "place": call.place,
        "language": call.language,
    }


def report_published(sender: type[ReportBack], *, instance: ReportBack, created: bool, **_: Any) -> None:
    organisation = Organisation.objects.filter(uuid=instance.organisation.uuid).first()
    if created and organisation is not None:
        facts = {
            "id": str(instance.uuid),
            "title": instance.title,
            "url": public(instance.get_absolute_url()),
            "published_on": instance.published_on.isoformat(),
        }
        queue_webhooks(organisation=organisation, kind=WebhookEvent.REPORT_PUBLISHED, facts=facts)


def decision_made(sender: type[Decision], *, instance: Decision, created: bool, **_: Any) -> None:
    if created:
        facts = {
            "id": instance.pk,
            "title": instance.title,
            "decided_on": instance.decided_on.isoformat(),
            "review_on": instance.review_on.isoformat(),
        }
        queue_webhooks(organisation=instance.organisation, kind=WebhookEvent.DECISION_MADE, facts=facts)
