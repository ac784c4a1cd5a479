"""Make and revoke keys, add and stop webhooks, and queue what they are sent."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.desk.api.models import ApiKey, ApiScope, Webhook, WebhookDelivery, WebhookEvent
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import enqueue

JOB = "api.tell"
KEY_PREFIX = "massline_"


def digest_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_key(
    *, organisation: Organisation, name: str, scopes: Sequence[str], expires_on: date, by: Account
) -> tuple[ApiKey, str]:
    """Make a key and return its secret, which is stored only as a digest."""
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic(using="desk"):
        key = ApiKey.objects.create(
            organisation=organisation,
            name=name.strip(),
            digest=digest_secret(secret),
            scopes=[ApiScope(scope).value for scope in scopes],
            expires_on=expires_on,
            made_by=by,
        )
        chain.append_line(organisation, by, "made an API key", key)
    return key, secret


def revoke_key(*, key: ApiKey, by: Account) -> None:
    """Revoke a key from now on; a second time changes nothing."""
    with transaction.atomic(using="desk"):
        key.revoked_on = key.revoked_on or timezone.localdate()
        key.save(update_fields=["revoked_on"])
        chain.append_line(key.organisation, by, "revoked an API key", key)


def add_webhook(*, organisation: Organisation, url: str, kinds: Sequence[str], by: Account) -> Webhook:
    with transaction.atomic(using="desk"):
        webhook = Webhook.objects.create(
            organisation=organisation, url=url, kinds=[WebhookEvent(kind).value for kind in kinds], made_by=by
        )
        chain.append_line(organisation, by, "added a webhook", webhook)
    return webhook


def stop_webhook(*, webhook: Webhook, by: Account | None) -> None:
    with transaction.atomic(using="desk"):
        webhook.stopped_on = webhook.stopped_on or timezone.localdate()
        webhook.save(update_fields=["stopped_on"])
        chain.append_line(webhook.organisation, by, "stopped a webhook", webhook)


def queue_webhooks(*, organisation: Organisation, kind: str, facts: Mapping[str, object]) -> int:
    """Queue an event for every webhook that subscribes to it, in the caller's transaction; return how many."""
    hooks = Webhook.objects.filter(organisation=organisation, stopped_on=None)
    wanting = [hook for hook in hooks if kind in hook.kinds]
    now = timezone.now()
    body = json.dumps(
        {"type": kind, "timestamp": now.isoformat(), "organisation": organisation.slug, "data": dict(facts)},
        ensure_ascii=False,
    )
    with transaction.atomic(using="desk"):
        for hook in wanting:
            delivery = WebhookDelivery.objects.create(webhook=hook, kind=kind, body=body, made_at=now)
            enqueue(JOB, using="desk", telling=delivery.pk)
    return len(wanting)
