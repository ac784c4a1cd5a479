"""The heads of the audit chains, published once a day: against them a chain that was cut or rewritten is found.

Each public organisation's head stands under its name. One more covers every chain together, inner ones too, and
neither names nor counts them. What is published is a day, a length and a digest.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from massline.desk.guard.audit import chain as audit_chain
from massline.desk.guard.audit.models import AuditHead, AuditLine, HeadLeaf
from massline.desk.people.models import Organisation
from massline.square.organisations.models import PublicOrganisation, PublishedHead

ALL = "*"
LINES_LIVE = timedelta(days=AuditLine.lives.days)
HEADS_LIVE = timedelta(days=HeadLeaf.lives.days)


@dataclass(frozen=True)
class Trouble:
    """One chain that is not what its heads say; `say` is for whoever looks after it."""

    chain: str
    say: str


def heads_file() -> Path:
    return Path(settings.DATA) / "audit-heads.txt"


def publish() -> list[PublishedHead]:
    """Take today's heads and publish them; a second time on the same day changes nothing."""
    today = timezone.localdate()
    if HeadLeaf.objects.filter(day=today).exists():
        return []
    with transaction.atomic(using="desk"):
        heads = [_take(organisation, today) for organisation in (None, *Organisation.objects.all())]
        leaves = [HeadLeaf(day=today, digest=leaf_of(head)) for head in heads]
        HeadLeaf.objects.bulk_create(leaves)
        with transaction.atomic(using="square"):
            published = [_show(head) for head in heads if head.organisation and head.organisation.is_public]
            whole = combined(leaf.digest for leaf in leaves)
            together, _ = PublishedHead.objects.update_or_create(
                organisation=None, day=today, defaults={"length": None, "digest": whole}
            )
    lines = [head for head in published if head is not None] + [together]
    _write_down(lines)
    return lines


def _take(organisation: Organisation | None, day: date) -> AuditHead:
    length, digest = audit_chain.end_of(organisation)
    head, _ = AuditHead.objects.update_or_create(
        organisation=organisation, day=day, defaults={"length": length, "digest": digest}
    )
    return head


def _show(head: AuditHead) -> PublishedHead | None:
    assert head.organisation is not None
    face = PublicOrganisation.objects.filter(uuid=head.organisation.uuid).first()
    if face is None:
        return None
    told = {"length": head.length, "digest": head.digest}
    return PublishedHead.objects.update_or_create(organisation=face, day=head.day, defaults=told)[0]


def leaf_of(head: AuditHead) -> str:
    name = head.organisation.uuid.hex if head.organisation else ALL
    return _hash(f"{name}|{head.day}|{head.length}|{head.digest}")


def combined(leaves: Iterable[str]) -> str:
    """The head of all chains together, whatever their order."""
    return _hash("|".join(sorted(leaves)))


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=32, person=b"audit heads").hexdigest()


def _write_down(lines: list[PublishedHead]) -> None:
    """Add the published lines to a file in the data folder, to be copied and printed."""
    with open(os.open(heads_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.writelines(f"{line}\n" for line in lines)


def troubles(organisation: Organisation | None) -> list[Trouble]:
    """What is wrong with one chain: a line that does not follow, or one that a head knows and the chain does not."""
    name = organisation.slug if organisation else "the installation"
    broken = audit_chain.broken_at(organisation)
    found = [Trouble(name, f"breaks at line {broken}: something was changed or removed")] if broken else []
    before: date | None = None
    heads = list(AuditHead.objects.filter(organisation=organisation))
    for number, head in enumerate(heads):
        if number and head.length != heads[number - 1].length:
            before = heads[number - 1].day
        found += _held_against(organisation, name, head.day, head.length, head.digest, since=before)
        if leaf_of(head) not in HeadLeaf.objects.filter(day=head.day).values_list("digest", flat=True):
            found.append(Trouble(name, f"has a head of {head.day} that was changed afterwards"))
    return found


def _held_against(
    organisation: Organisation | None, name: str, day: date, length: int, digest: str, *, since: date | None
) -> Iterator[Trouble]:
    """Compare one head with the line it was taken from; `since` is a day on which the line was not there yet."""
    line = AuditLine.objects.filter(organisation=organisation, sequence=length).first()
    if line is not None:
        if line.digest != digest:
            yield Trouble(name, f"was rewritten: line {length} is not the one that was published on {day}")
        return
    end, last = audit_chain.end_of(organisation)  # a digest is of one line alone
    next_one = AuditLine.objects.filter(organisation=organisation, sequence=length + 1).first()
    if digest in {last, next_one.previous if next_one else None}:
        return  # the line itself has expired, what follows it still says what it was
    must_be_there = since is not None and since >= timezone.localdate() - LINES_LIVE
    if length and (length >= end or must_be_there):
        yield Trouble(name, f"was cut short: line {length}, published on {day}, is not there")


def all_troubles() -> list[Trouble]:
    """Every chain, and the heads of all of them together; needs a scope that opens everything."""
    found = [one for chain in (None, *Organisation.objects.all()) for one in troubles(chain)]
    for head in PublishedHead.objects.filter(organisation=None):
        found += _together(head.day, head.digest)
    return found


def _together(day: date, digest: str) -> list[Trouble]:
    leaves = list(HeadLeaf.objects.filter(day=day).values_list("digest", flat=True))
    if not leaves and day < timezone.localdate() - HEADS_LIVE:
        return []
    if combined(leaves) == digest:
        return []
    return [Trouble("all together", f"are not what was published on {day}")]


def against(text: str) -> tuple[int, list[Trouble]]:
    """Hold the chains against lines kept elsewhere (printed, mailed, downloaded); give how many were compared.

    Lines that cannot be read are troubles too: a copy that says nothing must not look like one that agrees.
    """
    compared, found = 0, []
    chains = {one.slug: one for one in Organisation.objects.all()}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            day, name, length, digest = date.fromisoformat(words[0]), words[1], words[2], words[3]
            if name == ALL:
                found += _together(day, digest)
            elif name not in chains:
                found.append(Trouble(name, f"was published on {day} and is not here any more"))
            else:
                recent = day if day >= timezone.localdate() - LINES_LIVE else None
                found += _held_against(chains[name], name, day, int(length), digest, since=recent)
        except (ValueError, IndexError):
            found.append(Trouble(f"line {number}", "of the copy cannot be read"))
            continue
        compared += 1
    return compared, found
