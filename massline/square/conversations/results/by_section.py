"""Answers by section, with small cells hidden."""

from collections import Counter, defaultdict

import numpy as np

from massline.core.disclosure import threshold
from massline.engine import privacy
from massline.engine.opinion.map_document import SectionShare
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.section_choice import UNSAID
from massline.square.conversations.trust_levels import Level

Cells = tuple[SectionShare, ...]


def answers_by_section(conversation: Conversation) -> dict[Level, dict[int, Cells]]:
    """Return by level and statement what each section answered, as far as it may leave."""
    if not conversation.sections:
        return {}
    k = threshold(conversation.organisation).k
    rows = Vote.objects.counted(conversation).values_list(
        "participant__level", "statement__number", "participant__section", "value"
    )
    counted: dict[tuple[str, int], Counter[tuple[str, bool]]] = defaultdict(Counter)
    for level, number, section, value in rows:
        known = section if section in conversation.sections else UNSAID
        counted[level, number][known, value == 1] += 1
    found: dict[Level, dict[int, Cells]] = defaultdict(dict)
    for (level, number), answers in counted.items():
        if cells := _leaving(list(conversation.sections), answers, k):
            found[Level(level)][number] = cells
    return found


def _leaving(sections: list[str], answers: Counter[tuple[str, bool]], k: int) -> Cells:
    """The sections of one statement that may be told; those who did not say are a cell that others could hide in."""
    names = [*sections, UNSAID]
    seen = np.array([answers[name, True] + answers[name, False] for name in names])
    told = dict(zip(names, seen.tolist(), strict=True))
    if (seen[:-1] < k).all():
        return ()
    if (seen < k).any():
        cube = privacy.Cube(("section",), (tuple(names),), seen)
        release = privacy.choose_shown_cells(cube, privacy.add_margins("section"), k=k)
        told = {at[0]: count for at, count in release.table("section").items() if count}
    cells = []
    for name in sections:
        share = privacy.rounded_share(answers[name, True], told.get(name, 0), k=k) if name in told else None
        if share is not None:
            cells.append(SectionShare(section=name, seen=told[name], agree=share.value, bound=share.bound))
    return tuple(cells)
