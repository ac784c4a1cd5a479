"""Marks by which the worker sees whose answers it must read again: random numbers that say nothing by themselves.

The numbers of participants are random, so a thousand ranges of numbers are a thousand handfuls of people in no order.
Each range has a mark, renewed at random with every answer that comes out of it. The worker keeps in memory which marks
it has read; where one is another, it reads that handful again. Stored is one row of random bytes, always of the same
length and overwritten in place: it tells neither who answered, nor how many did, nor in which order or when.
"""

import os
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from django.apps import apps
from django.db import models, transaction
from numpy.typing import NDArray

from massline.core.expiry import NoOwnExpiry
from massline.core.random_primary_keys import KEY_BITS
from massline.core.sealed_columns import OpenColumn

RANGES = 1_000
MARK = np.dtype("<u4")
Marks = NDArray[np.uint32]


def fresh_marks() -> bytes:
    return os.urandom(RANGES * MARK.itemsize)


class VoteMarks(models.Model):
    """One mark for each range of participants' numbers in a conversation."""

    lives = NoOwnExpiry("random bytes that say nothing of anybody")
    open_columns = (OpenColumn("marks", "random bytes"),)

    conversation = models.OneToOneField(
        "conversations.Conversation", on_delete=models.CASCADE, primary_key=True, related_name="vote_marks"
    )
    marks = models.BinaryField(default=fresh_marks)

    def __str__(self) -> str:
        return f"marks of {self.conversation_id}"


def range_of(participants: NDArray[np.int64]) -> NDArray[np.int64]:
    """The range that each participant's number lies in."""
    return np.asarray(np.minimum((participants - 1) // RANGE_SIZE, RANGES - 1), np.int64)


RANGE_SIZE = -(-(2**KEY_BITS) // RANGES)


def numbers_in(ranges: NDArray[np.int64]) -> list[tuple[int, int]]:
    """First and last number of each stretch of neighbouring ranges."""
    if not len(ranges):
        return []
    runs = np.split(ranges, np.flatnonzero(np.diff(ranges) > 1) + 1)
    return [(int(run[0]) * RANGE_SIZE + 1, (int(run[-1]) + 1) * RANGE_SIZE) for run in runs]


def read_marks(conversation: int) -> Marks | None:
    """The present marks; None where nobody has answered."""
    found = VoteMarks.objects.filter(pk=conversation).values_list("marks", flat=True).first()
    return None if found is None else np.frombuffer(bytes(found), MARK)


def lock_marks(conversations: Iterable[int]) -> dict[int, VoteMarks]:
    """The marks of those conversations that are there, each with its conversation and organisation.

    They are held until the end of the transaction, in one order, so that nobody waits in a circle.
    """
    wanted = sorted(set(conversations))
    held = {row.pk: row for row in _locked(wanted)}
    if missing := [pk for pk in wanted if pk not in held]:
        conversations_there = apps.get_model("conversations", "Conversation")._default_manager
        there = conversations_there.filter(pk__in=missing).values_list("pk", flat=True)
        fresh = [VoteMarks(conversation_id=pk) for pk in sorted(there)]
        VoteMarks.objects.bulk_create(fresh, ignore_conflicts=True)
        held |= {row.pk: row for row in _locked(missing)} if fresh else {}
    return held


def _locked(conversations: Sequence[int]) -> "models.QuerySet[VoteMarks]":
    rows = VoteMarks.objects.select_for_update(of=("self",)).filter(pk__in=conversations)
    return rows.select_related("conversation__organisation").order_by("pk")


def renew_marks(held: Mapping[int, VoteMarks], participants: Iterable[int]) -> None:
    """Renew the marks of these participants in all conversations held; one mark too many is read for nothing."""
    ranges = np.unique(range_of(np.array(list(participants), np.int64)))
    for row in held.values():
        marks = np.frombuffer(bytes(row.marks), MARK).copy()
        marks[ranges] = np.frombuffer(os.urandom(len(ranges) * MARK.itemsize), MARK)
        VoteMarks.objects.filter(pk=row.pk).update(marks=marks.tobytes())


def mark_answers_changed(conversation: int, participants: Iterable[int]) -> None:
    """Say that something about these participants' answers has changed."""
    with transaction.atomic(using="square"):
        renew_marks(lock_marks([conversation]), participants)


def mark_all_changed(conversation: int) -> None:
    """Say that anything may have changed."""
    with transaction.atomic(using="square"):
        for row in lock_marks([conversation]).values():
            VoteMarks.objects.filter(pk=row.pk).update(marks=fresh_marks())
