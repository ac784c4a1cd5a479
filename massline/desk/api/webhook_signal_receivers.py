"""Signal receivers: webhooks for calls, report-backs and decisions, and the end of what a former member set up."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from massline.desk.api.key_and_webhook_actions import queue_webhooks, revoke_key, stop_webhook
from massline.desk.api.list_rows import page_url
from massline.desk.api.models import ApiKey, Webhook, WebhookEvent
from massline.desk.call.call_draft import CallDraft
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot
from massline.desk.sumup.estimates.new_alarms import count_new_alarms, count_new_turns
from massline.square.reports.models import ReportBack
from massline.web.absolute_urls import public_url


def queue_call_published_webhook(sender: type[Call], *, call: Call, **_: Any) -> None:
    queue_webhooks(organisation=call.organisation, kind=WebhookEvent.CALL_PUBLISHED, facts=_facts(call))


def queue_call_changed_webhook(sender: type[Call], *, call: Call, before: CallDraft, **_: Any) -> None:
    old, new = asdict(before), asdict(call.facts)
    changed = {
        name: {"from": _plain(old[name]), "to": _plain(value)}
        for name, value in new.items()
        if old[name] != value
    }
    facts = {**_facts(call), "changed": changed}
    queue_webhooks(organisation=call.organisation, kind=WebhookEvent.CALL_CHANGED, facts=facts)


def queue_call_cancelled_webhook(sender: type[Call], *, call: Call, **_: Any) -> None:
    queue_webhooks(organisation=call.organisation, kind=WebhookEvent.CALL_CANCELLED, facts=_facts(call))


def _facts(call: Call) -> dict[str, object]:
    """The facts of a call as JSON holds them, with the address of its public page once it has one."""
    facts = {name: _plain(value) for name, value in asdict(call.facts).items()}
    return {"id": str(call.uuid), "url": page_url(call.uuid), **facts}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def queue_report_published_webhook(
    sender: type[ReportBack], *, instance: ReportBack, created: bool, **_: Any
) -> None:
    organisation = Organisation.objects.filter(uuid=instance.organisation.uuid).first()
    if created and organisation is not None:
        facts = {
            "id": str(instance.uuid),
            "title": instance.title,
            "url": public_url(instance.get_absolute_url()),
            "published_on": instance.published_on.isoformat(),
        }
        queue_webhooks(organisation=organisation, kind=WebhookEvent.REPORT_PUBLISHED, facts=facts)


def queue_decision_webhook(sender: type[Decision], *, instance: Decision, created: bool, **_: Any) -> None:
    if created:
        facts = {
            "id": instance.pk,
            "title": instance.title,
            "decided_on": instance.decided_on.isoformat(),
            "review_on": instance.review_on.isoformat(),
        }
        queue_webhooks(organisation=instance.organisation, kind=WebhookEvent.DECISION_MADE, facts=facts)


def queue_breakout_webhook(
    sender: type[PulseSnapshot], *, instance: PulseSnapshot, created: bool, **_: Any
) -> None:
    """Tell without content that a tracked issue breaks out which did not at the estimate before."""
    if created:
        _ring(instance.organisation, count_new_alarms(instance))


def queue_mood_turn_webhook(
    sender: type[MoodSnapshot], *, instance: MoodSnapshot, created: bool, **_: Any
) -> None:
    """Tell without content that the mood of a section turned which had not at the estimate before."""
    if created:
        _ring(instance.organisation, count_new_turns(instance))


def _ring(organisation: Organisation, moved: int) -> None:
    if moved:
        queue_webhooks(organisation=organisation, kind=WebhookEvent.ALARM, facts={"moved": moved})


def end_keys_of_former_member(
    sender: type[Membership], *, membership: Membership, by: Account, **_: Any
) -> None:
    """End the keys and webhooks that somebody made whose membership ends: they hold the secrets."""
    made = {"organisation": membership.organisation, "made_by": membership.account}
    for key in ApiKey.objects.filter(**made, revoked_on=None):
        revoke_key(key=key, by=by)
    for webhook in Webhook.objects.filter(**made, stopped_on=None):
        stop_webhook(webhook=webhook, by=by)
