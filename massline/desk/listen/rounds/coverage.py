"""Who has been heard so far: section by section, against how many live or work there, and where to go next."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Section
from massline.engine.coverage import estimate as engine

Spoken = Counter[tuple[int | None, int | None]]


@dataclass(frozen=True)
class Heard:
    """One section's part in a round.

    `margin` is how far off a fifty-fifty answer of the people heard there could be: 0 to .5, at 95 %.
    """

    section: Section
    heard: int
    margin: float = 0.5

    @property
    def share(self) -> float:
        return min(1.0, self.heard / self.section.headcount) if self.section.headcount else 0.0

    @property
    def points(self) -> int:
        return round(self.margin * 100)


@dataclass(frozen=True)
class WhereNext:
    """Where the next conversations tell the most: sections with how many, and what they bring the margin to."""

    steps: tuple[engine.NextStep, ...]
    before: int
    after: int


def spoken_to(round_: ListeningRound) -> Spoken:
    """Count the people a round has spoken to by section and mood; either may be None, for not known."""
    reports = round_.field_reports.order_by()
    alike = reports.filter(steps__isnull=True).values_list("section", "mood").annotate(n=Sum("people"))
    spoken = Counter({(section, mood): people for section, mood, people in alike})
    for report in reports.filter(steps__isnull=False).only("section_id", "mood", "people", "steps"):
        for mood, people in report.people_by_mood.items():
            spoken[report.section_id, mood] += people
    return spoken


def coverage(round_: ListeningRound, *, spoken: Spoken | None = None) -> list[Heard]:
    """Give every section of the round with how many were spoken to, the least heard first.

    A page that needs what `spoken_to` counted for something else gives it, so that it is counted once.
    """
    people: Counter[int | None] = Counter()
    for (section_pk, _mood), n in (spoken_to(round_) if spoken is None else spoken).items():
        people[section_pk] += n
    heard = [_heard(section, people[section.pk]) for section in round_.sections.all()]
    return sorted(heard, key=lambda one: (one.share, one.section.name))


def _heard(section: Section, people: int) -> Heard:
    counted = min(people, section.headcount)
    margin = engine.margin(counted, section.headcount) if section.headcount else 0.5
    return Heard(section, people, margin)


def where_next(heard: list[Heard]) -> WhereNext | None:
    """Place the next twenty conversations; None where every section is heard whole or none has a headcount."""
    counted = [one for one in heard if one.section.headcount]
    if not counted:
        return None
    found = engine.estimate(
        {one.section.name: one.section.headcount for one in counted},
        {one.section.name: min(one.heard, one.section.headcount) for one in counted},
    )
    if not found.next:
        return None
    return WhereNext(found.next, round(found.widest_before * 100), round(found.widest_after * 100))
