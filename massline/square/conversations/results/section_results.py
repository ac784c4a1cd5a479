"""Answers by section, with small cells hidden."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from django.db.models import Count, Exists, OuterRef
from numpy.typing import NDArray

from massline.core.disclosure_threshold import threshold
from massline.engine import privacy
from massline.engine.opinion.map_schema import SectionShare
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.results.answer_arrays import LEVELS, NOT_SHOWN, AnswerArrays
from massline.square.conversations.results.counted_votes import is_answer_to
from massline.square.conversations.section_choice import UNSAID

Cells = tuple[SectionShare, ...]


def count_people_by_section(conversation: Conversation) -> dict[str, int]:
    """At least how many people of each section answered, as the present edition counts them.

    Rounded down to a multiple of the threshold, so that nobody's answering can be told from two pages.
    """
    if not conversation.sections:
        return {}
    k = threshold(conversation.organisation).k
    counted = Vote.objects.counted(conversation).filter(participant=OuterRef("pk"))
    people = conversation.participants.filter(Exists(counted), section__in=conversation.sections).order_by()
    rows = people.values_list("section").annotate(n=Count("pk"))
    return {section: n - n % k for section, n in rows}


def answers_by_section(
    conversation: Conversation,
    answers: AnswerArrays,
    statements: NDArray[np.int64],
    before: Mapping[str, Any] | None,
) -> dict[str, dict[str, dict[str, Any] | None]]:
    """Give by level and statement what each section answered, as far as it may leave, and the counts behind it.

    `before` is what this gave for the last edition. A statement's sections stay as they were then until in each of
    them nobody or at least k people more, or fewer, are counted. Where that cannot be read any more (None: of all, of a
    level or of a statement), its sections are hidden from then on, because nobody knows what the next would be compared with.
    """
    if not conversation.sections:
        return {}
    k = threshold(conversation.organisation).k
    counted = count_answers_by_section(conversation.sections, answers, statements)
    found = {level: dict(told) for level, told in (before or {}).items() if told is not None}
    for (level, number), counts in counted:
        known = None if before is None else before.get(level, {})
        told = found.setdefault(level, {})
        if known is None or known.get(str(number), {}) is None:
            told[str(number)] = None
        elif str(number) not in known or _may_change(known[str(number)]["counts"], counts, k):
            cells = _leaving(list(conversation.sections), counts, k)
            told[str(number)] = {"counts": counts, "cells": [asdict(cell) for cell in cells]}
    return found


def count_answers_by_section(
    sections: list[str], answers: AnswerArrays, statements: NDArray[np.int64]
) -> list[tuple[tuple[str, int], dict[str, list[int]]]]:
    """By level and statement, in order, how many of each section are counted, and how many of those agree."""
    names = [*sections, UNSAID]
    known = {name: place for place, name in enumerate(names)}
    of_person = [known.get(str(name), len(sections)) for name in answers.people.section]
    at = np.flatnonzero(is_answer_to(answers, statements) & (answers.shown != NOT_SHOWN))
    top = int(answers.number.max(initial=0)) + 1
    cell = answers.shown_level[at].astype(np.int64) * top + answers.number[at]
    rows, place = np.unique(cell, return_inverse=True)
    place = place * len(names) + np.array(of_person, np.int64)[answers.voter[at]]
    shape = (len(rows), len(names))
    seen = np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)
    agree = np.bincount(place[answers.shown[at] == 1], minlength=shape[0] * shape[1]).reshape(shape)
    found = [
        (
            (LEVELS[row // top].value, row % top),
            {name: list(pair) for name, pair in zip(names, zip(all_, yes, strict=True), strict=True)},
        )
        for row, all_, yes in zip(rows.tolist(), seen.tolist(), agree.tolist(), strict=True)
    ]
    return sorted(found, key=lambda one: one[0])


def _may_change(before: Mapping[str, list[int]], now: Mapping[str, list[int]], k: int) -> bool:
    """Say whether every section that changed did so by at least k people."""
    return all(
        before.get(name, [0, 0]) == now.get(name, [0, 0])
        or abs(now.get(name, [0, 0])[0] - before.get(name, [0, 0])[0]) >= k
        for name in {*before, *now}
    )


def _leaving(sections: list[str], counts: Mapping[str, list[int]], k: int) -> Cells:
    """The sections of one statement that may be told; those who did not say are a cell that others could hide in."""
    names = [*sections, UNSAID]
    seen = np.array([counts[name][0] for name in names])
    told = dict(zip(names, seen.tolist(), strict=True))
    if (seen[:-1] < k).all():
        return ()
    if (seen < k).any():
        cube = privacy.Cube(("section",), (tuple(names),), seen)
        release = privacy.choose_shown_cells(cube, privacy.add_margins("section"), k=k)
        told = {at[0]: count for at, count in release.table("section").items() if count}
    cells = []
    for name in sections:
        share = privacy.rounded_share(counts[name][1], told.get(name, 0), k=k) if name in told else None
        if share is not None:
            cells.append(SectionShare(section=name, seen=told[name], agree=share.value, bound=share.bound))
    return tuple(cells)
