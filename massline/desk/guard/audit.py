"""The audit chain: each line carries the digest of the one before, so none can be changed or left out."""

import hashlib

from django.db import transaction

from massline.desk.guard.models import AuditLine
from massline.desk.people.models import Account, Organisation

FIRST = "0" * 64


def _digest(line: AuditLine) -> str:
    told = f"{line.previous}|{line.sequence}|{line.organisation_id}|{line.verb}|{line.subject}|{line.day}"
    return hashlib.blake2b(told.encode(), digest_size=32).hexdigest()


def write(organisation: Organisation | None, by: Account | None, verb: str, subject: object) -> None:
    """Add a line to an organisation's chain, in the caller's transaction. Never a content, only what it was done to."""
    with transaction.atomic(using="desk"):
        last = AuditLine.objects.filter(organisation=organisation).order_by("-sequence").first()
        line = AuditLine(
            organisation=organisation,
            sequence=last.sequence + 1 if last else 1,
            account=by,
            verb=verb,
            subject=_name(subject),
            previous=last.digest if last else FIRST,
        )
        line.digest = _digest(line)
        line.save()


def _name(subject: object) -> str:
    key = getattr(subject, "pk", None)
    return f"{type(subject).__name__} {key}" if key is not None else str(subject)[:80]


def broken_at(organisation: Organisation | None) -> int | None:
    """Give the number of the first line that does not follow from the one before, or None.

    The oldest lines expire, so the chain is checked from the first that is still kept.
    """
    last: AuditLine | None = None
    for line in AuditLine.objects.filter(organisation=organisation):
        follows = last is None or (line.sequence == last.sequence + 1 and line.previous == last.digest)
        if not follows or line.digest != _digest(line):
            return line.sequence
        last = line
    return None
