"""Who has been heard so far: section by section, against how many live or work there."""

from dataclasses import dataclass

from django.db.models import Sum

from massline.desk.listen.models import ListeningRound
from massline.desk.people.models import Section


@dataclass(frozen=True)
class Heard:
    """One section's part in a round."""

    section: Section
    heard: int

    @property
    def share(self) -> float:
        return min(1.0, self.heard / self.section.headcount) if self.section.headcount else 0.0


def coverage(round_: ListeningRound) -> list[Heard]:
    """Give every section of the round with how many were spoken to, the least heard first."""
    sums = round_.field_reports.values("section").annotate(heard=Sum("people"))
    people = {row["section"]: row["heard"] for row in sums}
    heard = [Heard(section, people.get(section.pk, 0)) for section in round_.sections.all()]
    return sorted(heard, key=lambda one: (one.share, one.section.name))
