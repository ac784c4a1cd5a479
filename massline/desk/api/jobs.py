"""What the worker does for other programs: telling their addresses, again and again with longer waits."""

from django.db.models import F
from django.utils import timezone

from massline.desk.api import signing
from massline.desk.api.actions import JOB, stop_webhook
from massline.desk.api.models import Telling
from massline.desk.api.webhook_delivery import post
from massline.desk.listen.watches.http_fetch import Unreachable
from massline.jobs.registry import job


@job(JOB, repeatable=True)
def tell_one(telling: int) -> None:
    """Send once; where it does not arrive the job waits and is done again. The id stays, so nobody hears it twice."""
    one = Telling.objects.select_related("webhook__organisation").filter(pk=telling, arrived_at=None).first()
    if one is None or not one.webhook.is_live:
        return
    Telling.objects.filter(pk=one.pk).update(tries=F("tries") + 1)
    hook, body = one.webhook, one.body.encode()
    signed = signing.headers(hook.uuid, one.uuid, seconds=int(timezone.now().timestamp()), body=body)
    try:
        post(hook.url, body, signed)
    except Unreachable as problem:
        Telling.objects.filter(pk=one.pk).update(problem=str(problem)[:120])
        if problem.gone:
            stop_webhook(webhook=hook, by=None)
            return
        raise
    Telling.objects.filter(pk=one.pk).update(arrived_at=timezone.now(), problem="")
