"""The audit chain: each line carries the digest of the one before, so none can be changed or left out.

A line is covered by its digest together with a random salt, so that the heads we publish let nobody guess what
stands in it. Whose act it was is covered by a number, which stays when the account is gone.
"""

import hashlib
import secrets

from django.db import transaction

from massline.desk.guard.audit.models import AuditHead, AuditLine
from massline.desk.people import scope
from massline.desk.people.models import Account, Organisation

FIRST = "0" * 64


def _digest(line: AuditLine) -> str:
    told = f"{line.previous}|{line.sequence}|{line.organisation_id}|{line.verb}|{line.subject}|{line.day}"
    if line.salt is not None:
        told += f"|{line.by_number}|{bytes(line.salt).hex()}"
    return hashlib.blake2b(told.encode(), digest_size=32).hexdigest()


def write(organisation: Organisation | None, by: Account | None, verb: str, subject: object) -> None:
    """Add a line to an organisation's chain, in the caller's transaction. Never a content, only what it was done to.

    Somebody's own act, as logging in, is written into the chain of each organisation they are in, opened for that.
    """
    with scope.only(organisation, "the line of an act"), transaction.atomic(using="desk"):
        length, head = end_of(organisation)
        line = AuditLine(
            organisation=organisation,
            sequence=length + 1,
            account=by,
            by_number=by.pk if by else None,
            verb=verb,
            subject=_name(subject),
            previous=head,
            salt=secrets.token_bytes(16),
        )
        line.digest = _digest(line)
        line.save()


def end_of(organisation: Organisation | None) -> tuple[int, str]:
    """How long the chain is and its last digest; where every line has expired, what the newest head says."""
    last = AuditLine.objects.filter(organisation=organisation).order_by("-sequence").first()
    if last is not None:
        return last.sequence, last.digest
    head = AuditHead.objects.filter(organisation=organisation).order_by("-day").first()
    return (head.length, head.digest) if head else (0, FIRST)


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
        if not follows or line.digest != _digest(line) or not _signed(line):
            return line.sequence
        last = line
    return None


def _signed(line: AuditLine) -> bool:
    """The account shown is the one that was written down, or is gone."""
    return line.salt is None or line.account_id is None or line.account_id == line.by_number
