"""Making and revoking keys; telling addresses what happened."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.desk.api.models import ApiKey, Happened, Scope, Telling, Webhook
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import enqueue

JOB = "api.tell"
BEGINS = "massline_"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_key(
    *, organisation: Organisation, name: str, scopes: Sequence[str], expires_on: date, by: Account
) -> tuple[ApiKey, str]:
    """Make a key; its secret is given back this once and kept as a digest."""
    secret = BEGINS + secrets.token_urlsafe(32)
    with transaction.atomic(using="desk"):
        key = ApiKey.objects.create(
            organisation=organisation,
            name=name.strip(),
            digest=digest_of(secret),
            scopes=[Scope(one).value for one in scopes],
            expires_on=expires_on,
            made_by=by,
        )
        chain.write(organisation, by, "made an API key", key)
    return key, secret


def revoke_key(*, key: ApiKey, by: Account) -> None:
    """End a key at once; revoked twice, the first day stays."""
    with transaction.atomic(using="desk"):
        key.revoked_on = key.revoked_on or timezone.localdate()
        key.save(update_fields=["revoked_on"])
        chain.write(key.organisation, by, "revoked an API key", key)


def add_webhook(*, organisation: Organisation, url: str, kinds: Sequence[str], by: Account) -> Webhook:
    with transaction.atomic(using="desk"):
        made = Webhook.objects.create(
            organisation=organisation, url=url, kinds=[Happened(one).value for one in kinds], made_by=by
        )
        chain.write(organisation, by, "added a webhook", made)
    return made


def stop_webhook(*, webhook: Webhook, by: Account | None) -> None:
    with transaction.atomic(using="desk"):
        webhook.stopped_on = webhook.stopped_on or timezone.localdate()
        webhook.save(update_fields=["stopped_on"])
        chain.write(webhook.organisation, by, "stopped a webhook", webhook)


def tell(*, organisation: Organisation, kind: str, facts: Mapping[str, object]) -> int:
    """Tell every address that wants to know; in the transaction of what happened, sent after it. Give how many."""
    hooks = Webhook.objects.filter(organisation=organisation, stopped_on=None)
    wanting = [one for one in hooks if kind in one.kinds]
    now = timezone.now()
    body = json.dumps(
        {"type": kind, "timestamp": now.isoformat(), "organisation": organisation.slug, "data": dict(facts)},
        ensure_ascii=False,
    )
    with transaction.atomic(using="desk"):
        for hook in wanting:
            told = Telling.objects.create(webhook=hook, kind=kind, body=body, made_at=now)
            enqueue(JOB, using="desk", telling=told.pk)
    return len(wanting)
