"""The audit chain: each line holds the digest of the line before, so none can be changed or removed unnoticed.

The digest covers a random salt as well, so that published heads do not let anybody guess a line's content. It
covers the account's number, which stays when the account is deleted.
"""

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction

from massline.desk.guard.audit.models import AuditHead, AuditLine
from massline.desk.people import scope
from massline.desk.people.models import Account, Organisation

FIRST = "0" * 64
REMEMBERED = timedelta(days=AuditLine.lives.days)
"""For so long the log holds a line."""


def _digest(line: AuditLine) -> str:
    covered = f"{line.previous}|{line.sequence}|{line.organisation_id}|{line.verb}|{line.subject}|{line.day}"
    if line.salt is not None:
        covered += f"|{line.by_number}|{bytes(line.salt).hex()}"
    return hashlib.blake2b(covered.encode(), digest_size=32).hexdigest()


def append_line(organisation: Organisation | None, by: Account | None, verb: str, subject: object) -> None:
    """Append a line to an organisation's chain, in the caller's transaction.

    The line names the verb and the row it was done to, never any content.
    """
    with scope.scope_to(organisation, "the line of an act"), transaction.atomic(using="desk"):
        length, head = chain_end(organisation)
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


def day_of_act(organisation: Organisation, verb: str, subject: object) -> date | None:
    """The last day on which something was done to a row; None where the log holds no such line, or no longer."""
    lines = AuditLine.objects.filter(organisation=organisation, verb=verb, subject=_name(subject))
    return lines.order_by("-sequence").values_list("day", flat=True).first()


def chain_end(organisation: Organisation | None) -> tuple[int, str]:
    """Length and last digest of the chain; from the newest head if every line has expired."""
    last = AuditLine.objects.filter(organisation=organisation).order_by("-sequence").first()
    if last is not None:
        return last.sequence, last.digest
    head = AuditHead.objects.filter(organisation=organisation).order_by("-day").first()
    return (head.length, head.digest) if head else (0, FIRST)


def _name(subject: object) -> str:
    key = getattr(subject, "pk", None)
    return f"{type(subject).__name__} {key}" if key is not None else str(subject)[:80]


def first_broken_line(organisation: Organisation | None) -> int | None:
    """Number of the first line that does not follow from the one before, or None.

    The oldest lines expire, so the check starts with the first line that is still stored.
    """
    last: AuditLine | None = None
    for line in AuditLine.objects.filter(organisation=organisation):
        follows = last is None or (line.sequence == last.sequence + 1 and line.previous == last.digest)
        if not follows or line.digest != _digest(line) or not _signed(line):
            return line.sequence
        last = line
    return None


def _signed(line: AuditLine) -> bool:
    """True if the account shown is the one that was recorded, or was deleted since."""
    return line.salt is None or line.account_id is None or line.account_id == line.by_number
