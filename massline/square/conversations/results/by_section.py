"""Answers by section, with small cells hidden."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from massline.core.disclosure_threshold import threshold
from massline.engine import privacy
from massline.engine.opinion.map_document import SectionShare
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.section_choice import UNSAID

Cells = tuple[SectionShare, ...]


def answers_by_section(
    conversation: Conversation, before: Mapping[str, Any] | None = None
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return by level and statement the answers of each section, as far as they may be shown, and the counts behind them.

    `before` is what this gave for the last edition. A statement's sections stay as they were then until in each of
    them nobody or at least k people more, or fewer, are counted.
    """
    if not conversation.sections:
        return {}
    k = threshold(conversation.organisation).k
    rows = Vote.objects.counted(conversation).values_list(
        "shown_level", "statement__number", "participant__section", "shown_value"
    )
    counted: dict[tuple[str, int], Counter[tuple[str, bool]]] = defaultdict(Counter)
    for level, number, section, value in rows:
        known = section if section in conversation.sections else UNSAID
        counted[level, number][known, value == 1] += 1
    found = {level: dict(counts) for level, counts in (before or {}).items()}
    names = [*conversation.sections, UNSAID]
    for (level, number), answers in sorted(counted.items()):
        counts = {name: [answers[name, True] + answers[name, False], answers[name, True]] for name in names}
        last = (before or {}).get(level, {}).get(str(number))
        if last is None or _may_change(last["counts"], counts, k):
            cells = _leaving(list(conversation.sections), answers, k)
            last = {"counts": counts, "cells": [asdict(cell) for cell in cells]}
        found.setdefault(level, {})[str(number)] = last
    return found


def _may_change(before: Mapping[str, list[int]], now: Mapping[str, list[int]], k: int) -> bool:
    """True if every section that changed did so by at least k people."""
    return all(
        before.get(name, [0, 0]) == now.get(name, [0, 0])
        or abs(now.get(name, [0, 0])[0] - before.get(name, [0, 0])[0]) >= k
        for name in {*before, *now}
    )


def _leaving(sections: list[str], answers: Counter[tuple[str, bool]], k: int) -> Cells:
    """The sections of one statement that may be told; those who did not say are a cell that others could hide in."""
    names = [*sections, UNSAID]
    seen = np.array([answers[name, True] + answers[name, False] for name in names])
    counts = dict(zip(names, seen.tolist(), strict=True))
    if (seen[:-1] < k).all():
        return ()
    if (seen < k).any():
        cube = privacy.Cube(("section",), (tuple(names),), seen)
        release = privacy.choose_shown_cells(cube, privacy.add_margins("section"), k=k)
        counts = {at[0]: count for at, count in release.table("section").items() if count}
    cells = []
    for name in sections:
        share = (
            privacy.rounded_share(answers[name, True], counts.get(name, 0), k=k) if name in counts else None
        )
        if share is not None:
            cells.append(SectionShare(section=name, seen=counts[name], agree=share.value, bound=share.bound))
    return tuple(cells)
