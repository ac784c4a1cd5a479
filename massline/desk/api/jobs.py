"""Worker job that delivers webhooks, with retries."""

import json
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from massline.desk.api import webhook_signatures
from massline.desk.api.key_and_webhook_actions import JOB, stop_webhook
from massline.desk.api.list_rows import page_url
from massline.desk.api.models import WebhookDelivery, WebhookEvent
from massline.desk.api.webhook_delivery import post_json
from massline.desk.listen.watches.http_fetch import AddressUnreachable
from massline.desk.people.job_scope import organisation_key_of_row
from massline.jobs.lanes import WEBHOOKS
from massline.jobs.registry import job


@job(
    JOB,
    repeatable=True,
    lane=WEBHOOKS,
    owner=lambda telling: organisation_key_of_row(WebhookDelivery, pk=telling),
)
def deliver_webhook(telling: int) -> None:
    """Send one event. A failure raises, so that the job is retried with the same id; receivers drop duplicates by it."""
    row = (
        WebhookDelivery.objects.select_related("webhook__organisation")
        .filter(pk=telling, arrived_at=None)
        .first()
    )
    if row is None or not row.webhook.is_live:
        return
    WebhookDelivery.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    _add_address(row)
    webhook, body = row.webhook, row.body.encode()
    signature = webhook_signatures.sign_headers(
        webhook.uuid, row.uuid, seconds=int(timezone.now().timestamp()), body=body
    )
    try:
        post_json(webhook.url, body, signature)
    except AddressUnreachable as problem:
        WebhookDelivery.objects.filter(pk=row.pk).update(problem=str(problem)[:120])
        if problem.gone:
            stop_webhook(webhook=webhook, by=None)
            return
        raise
    WebhookDelivery.objects.filter(pk=row.pk).update(arrived_at=timezone.now(), problem="")


def _add_address(delivery: WebhookDelivery) -> None:
    """Write the address of a call's page into the body before it is sent first: the page is made after the event."""
    content = json.loads(delivery.body)
    facts = content["data"]
    if delivery.tries or delivery.kind != WebhookEvent.CALL_PUBLISHED or facts.get("url"):
        return
    facts["url"] = page_url(UUID(facts["id"]))
    delivery.body = json.dumps(content, ensure_ascii=False)
    delivery.save(update_fields=["body"])
