"""Asking for the line, and keeping each line that is drawn."""

import hashlib

from django.db import transaction
from django.db.models import OuterRef, Subquery

from massline.desk.decide.line.engine_input import SEED, estimate_line
from massline.desk.decide.line.models import Line
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.engine import ENGINE_VERSION
from massline.engine.result_documents import canonical_bytes
from massline.jobs.models import Job, enqueue

JOB = "decide.draw_line"


def ask_for_line(*, organisation: Organisation, by: Account) -> None:
    """Have the worker draw the line; requests made while one waits are answered by that one."""
    with transaction.atomic(using="desk"):
        _request_line(organisation)
        chain.append_line(organisation, by, "asked for the line", organisation)


def request_lines_of_older_engines() -> int:
    """Have every line drawn anew whose latest estimate is of an older engine, also where nobody asks; gives how many.

    The older line stays as it was, since decisions refer to it.
    """
    latest = Line.objects.filter(organisation=OuterRef("pk")).order_by("-pk").values("engine_version")[:1]
    drawn = Organisation.objects.annotate(drawn_by=Subquery(latest)).filter(drawn_by__isnull=False)
    older = list(drawn.exclude(drawn_by=ENGINE_VERSION))
    for organisation in older:
        _request_line(organisation)
    return len(older)


def _request_line(organisation: Organisation) -> None:
    enqueue(JOB, using="desk", key=f"line-{organisation.pk}", organisation=organisation.pk)


def is_line_requested(organisation: Organisation) -> bool:
    return Job.objects.using("desk").filter(name=JOB, payload__organisation=organisation.pk).exists()


def draw_line(organisation: Organisation, *, seed: int = SEED) -> Line:
    """Estimate the line and keep it; return the latest one where nothing has changed since."""
    conversation, document = estimate_line(organisation, seed=seed)
    body = canonical_bytes(document)
    digest = hashlib.sha256(body).hexdigest()
    latest = Line.objects.filter(organisation=organisation).first()
    if latest is not None and latest.digest == digest:
        return latest
    return Line.objects.create(
        organisation=organisation,
        conversation=conversation,
        seed=seed,
        engine_version=ENGINE_VERSION,
        digest=digest,
        body=body,
    )
