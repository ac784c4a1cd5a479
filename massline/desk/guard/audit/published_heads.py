"""Heads of the audit chains, published once a day, which reveal a chain that was cut or rewritten.

The head of each public organisation is published under its name. One more head covers all chains together,
including inner organisations', without naming or counting them. A published head is a day, a length and a digest.
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
class ChainProblem:
    """A chain that contradicts its heads; `say` describes how."""

    chain: str
    say: str


def heads_file() -> Path:
    return Path(settings.DATA) / "audit-heads.txt"


def publish_heads() -> list[PublishedHead]:
    """Record today's heads and publish them. A second call on the same day changes nothing."""
    today = timezone.localdate()
    if HeadLeaf.objects.filter(day=today).exists():
        return []
    with transaction.atomic(using="desk"):
        heads = [_take(organisation, today) for organisation in (None, *Organisation.objects.all())]
        leaves = [HeadLeaf(day=today, digest=head_leaf(head)) for head in heads]
        HeadLeaf.objects.bulk_create(leaves)
        with transaction.atomic(using="square"):
            published = [_show(head) for head in heads if head.organisation and head.organisation.is_public]
            whole = combine_leaves(leaf.digest for leaf in leaves)
            together, _ = PublishedHead.objects.update_or_create(
                organisation=None, day=today, defaults={"length": None, "digest": whole}
            )
    lines = [head for head in published if head is not None] + [together]
    _write_down(lines)
    return lines


def _take(organisation: Organisation | None, day: date) -> AuditHead:
    length, digest = audit_chain.chain_end(organisation)
    head, _ = AuditHead.objects.update_or_create(
        organisation=organisation, day=day, defaults={"length": length, "digest": digest}
    )
    return head


def _show(head: AuditHead) -> PublishedHead | None:
    assert head.organisation is not None
    face = PublicOrganisation.objects.filter(uuid=head.organisation.uuid).first()
    if face is None:
        return None
    values = {"length": head.length, "digest": head.digest}
    return PublishedHead.objects.update_or_create(organisation=face, day=head.day, defaults=values)[0]


def head_leaf(head: AuditHead) -> str:
    name = head.organisation.uuid.hex if head.organisation else ALL
    return _hash(f"{name}|{head.day}|{head.length}|{head.digest}")


def combine_leaves(leaves: Iterable[str]) -> str:
    """The head of all chains together, independent of their order."""
    return _hash("|".join(sorted(leaves)))


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=32, person=b"audit heads").hexdigest()


def _write_down(lines: list[PublishedHead]) -> None:
    """Append the published heads to a file in the data folder, for copying and printing."""
    with open(os.open(heads_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.writelines(f"{line}\n" for line in lines)


def chain_problems(organisation: Organisation | None) -> list[ChainProblem]:
    """Problems of one chain: a line that does not follow, or a head that its lines or leaves contradict."""
    name = organisation.slug if organisation else "the installation"
    broken = audit_chain.first_broken_line(organisation)
    problems = (
        [ChainProblem(name, f"breaks at line {broken}: something was changed or removed")] if broken else []
    )
    before: date | None = None
    heads = list(AuditHead.objects.filter(organisation=organisation))
    for number, head in enumerate(heads):
        if number and head.length != heads[number - 1].length:
            before = heads[number - 1].day
        problems += _compare_head(organisation, name, head.day, head.length, head.digest, since=before)
        if head_leaf(head) not in HeadLeaf.objects.filter(day=head.day).values_list("digest", flat=True):
            problems.append(ChainProblem(name, f"has a head of {head.day} that was changed afterwards"))
    return problems


def _compare_head(
    organisation: Organisation | None, name: str, day: date, length: int, digest: str, *, since: date | None
) -> Iterator[ChainProblem]:
    """Compare one head with its line; `since` is a day on which the line did not exist yet."""
    line = AuditLine.objects.filter(organisation=organisation, sequence=length).first()
    if line is not None:
        if line.digest != digest:
            yield ChainProblem(
                name, f"was rewritten: line {length} is not the one that was published on {day}"
            )
        return
    end, last = audit_chain.chain_end(organisation)  # a digest identifies one line
    next_one = AuditLine.objects.filter(organisation=organisation, sequence=length + 1).first()
    if digest in {last, next_one.previous if next_one else None}:
        return  # the line itself has expired, but the line after it still holds its digest
    must_be_there = since is not None and since >= timezone.localdate() - LINES_LIVE
    if length and (length >= end or must_be_there):
        yield ChainProblem(name, f"was cut short: line {length}, published on {day}, is not there")


def all_chain_problems() -> list[ChainProblem]:
    """Problems of every chain and of the combined heads. Call it in a scope that opens everything."""
    problems = [problem for chain in (None, *Organisation.objects.all()) for problem in chain_problems(chain)]
    for head in PublishedHead.objects.filter(organisation=None):
        problems += _combined_problems(head.day, head.digest)
    return problems


def _combined_problems(day: date, digest: str) -> list[ChainProblem]:
    leaves = list(HeadLeaf.objects.filter(day=day).values_list("digest", flat=True))
    if not leaves and day < timezone.localdate() - HEADS_LIVE:
        return []
    if combine_leaves(leaves) == digest:
        return []
    return [ChainProblem("all together", f"are not what was published on {day}")]


def compare_copy(text: str) -> tuple[int, list[ChainProblem]]:
    """Compare the chains with a copy of published heads; return the number of lines compared and the problems.

    Unreadable lines are problems too: an empty copy must not look like one that agrees.
    """
    compared, problems = 0, []
    chains = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            day, name, length, digest = date.fromisoformat(words[0]), words[1], words[2], words[3]
            if name == ALL:
                problems += _combined_problems(day, digest)
            elif name not in chains:
                problems.append(ChainProblem(name, f"was published on {day} and is not here any more"))
            else:
                recent = day if day >= timezone.localdate() - LINES_LIVE else None
                problems += _compare_head(chains[name], name, day, int(length), digest, since=recent)
        except (ValueError, IndexError):
            problems.append(ChainProblem(f"line {number}", "of the copy cannot be read"))
            continue
        compared += 1
    return compared, problems
