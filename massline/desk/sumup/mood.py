"""The mood of each section in counts, with small cells hidden so that no subtraction brings them back.

How many were heard in a section is known from the round's coverage, so a row has a known sum. Cells under the
threshold are hidden, zeros too. Where that sum would still give a hidden cell away, the whole row is held back:
hiding one larger cell beside it would itself tell, to somebody who knows this rule, what it hides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from massline.desk.listen.models import ListeningRound, Mood
from massline.desk.people.models import Section


@dataclass(frozen=True)
class SectionMood:
    """One section's row: a count per rung of the ladder, None where it is hidden."""

    section: Section
    people: int
    cells: tuple[int | None, ...]

    @property
    def is_held_back(self) -> bool:
        return all(cell is None for cell in self.cells)


def moods(round_: ListeningRound) -> list[SectionMood]:
    """Give every section of the round with how many people were in which mood."""
    heard: Counter[tuple[int | None, int | None]] = Counter()
    for section, mood, people in round_.field_reports.values_list("section", "mood", "people"):
        heard[section, mood] += people
    rows = []
    for section in round_.sections.all():
        counts = [heard[section.pk, mood] for mood in Mood]
        rows.append(SectionMood(section, sum(counts), protected(counts, settings.SMALL_CELL)))
    return rows


def protected(counts: Sequence[int], least: int) -> tuple[int | None, ...]:
    """Hide every cell under `least`, and the whole row where the row's sum would give a hidden cell away."""
    hidden = [count for count in counts if count < least]
    if hidden and not _undetermined(sum(hidden), len(hidden), least):
        return (None,) * len(counts)
    return tuple(None if count < least else count for count in counts)


def _undetermined(total: int, cells: int, least: int) -> bool:
    """Say whether cells of 0 to `least` − 1 with this sum leave each of them more than one value."""
    most = (least - 1) * cells
    return cells > 1 and 0 < total < most
