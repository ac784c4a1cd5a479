"""Tests side by side over time, and what of one may be shown outside."""

from dataclasses import dataclass

import numpy as np

from massline.core.disclosure import threshold
from massline.desk.act.structure_tests.models import SectionCount, StructureTest
from massline.desk.people.models import Organisation, Section
from massline.engine import privacy


@dataclass(frozen=True)
class Row:
    """One section through the tests, oldest first; None where it was not counted."""

    section: Section
    counts: list[SectionCount | None]

    @property
    def change(self) -> int | None:
        """Percentage points from the last test but one to the last, where both were counted."""
        there = [one for one in self.counts[-2:] if one is not None]
        return round(100 * (there[1].share - there[0].share)) if len(there) == 2 else None


@dataclass(frozen=True)
class Compared:
    tests: list[StructureTest]
    rows: list[Row]


def compare(organisation: Organisation, *, last: int = 5) -> Compared:
    """Lay the last tests that began beside one another, section by section."""
    tests = [one for one in StructureTest.objects.filter(organisation=organisation) if one.has_begun][:last]
    tests.reverse()
    counts = SectionCount.objects.filter(test__in=tests).select_related("section", "test")
    at = {(one.section_id, one.test_id): one for one in counts}
    sections = Section.objects.filter(organisation=organisation)
    return Compared(tests, [Row(one, [at.get((one.pk, t.pk)) for t in tests]) for one in sections])


@dataclass(frozen=True)
class Outside:
    """What a stranger may read of one section: None where few stand on either side."""

    section: str
    did: int | None
    headcount: int | None


def outside(test: StructureTest) -> tuple[list[Outside], int | None]:
    """Give each section and the total as they may leave: under k, and what k could be worked out from, is hidden."""
    counts = list(test.counts.select_related("section"))
    if not counts:
        return [], None
    names = tuple(one.section.name for one in counts)
    cube = privacy.Cube(
        ("section", "deed"),
        (names, ("did", "not")),
        np.array([[one.did, one.headcount - one.did] for one in counts], dtype=np.int64),
    )
    release = privacy.protect(cube, privacy.with_margins("section", "deed"), k=threshold(test.organisation).k)
    cells, whole, total = release.table("section", "deed"), release.table("section"), release.table("deed")
    return [Outside(name, cells[name, "did"], whole[name,]) for name in names], total["did",]
