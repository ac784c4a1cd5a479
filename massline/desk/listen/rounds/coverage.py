"""Coverage of a round: people heard in each section against its headcount, and where to go next.

People we talked with and people who answered online are counted apart and never added up: somebody may be both.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Section
from massline.engine.coverage import estimate as engine
from massline.square.conversations.results.by_section import count_people_by_section

PeopleCounts = Counter[tuple[int | None, int | None]]


@dataclass(frozen=True)
class SectionCoverage:
    """People heard in one section: `heard` were talked with, at least `online` answered on the public page.

    `margin` is the half-width of the 95 % interval of a fifty-fifty answer: 0 to 0.5.
    """

    section: Section
    heard: int
    margin: float = 0.5
    online: int = 0

    @property
    def reached(self) -> int:
        """At least so many people were heard, one way or the other."""
        return max(self.heard, self.online)

    @property
    def share(self) -> float:
        return min(1.0, self.reached / self.section.headcount) if self.section.headcount else 0.0

    @property
    def points(self) -> int:
        return round(self.margin * 100)


@dataclass(frozen=True)
class NextConversations:
    """The next conversations by section, with the widest margin before and after, in points."""

    steps: tuple[engine.NextStep, ...]
    before: int
    after: int


def count_people(round_: ListeningRound) -> PeopleCounts:
    """Count the people a round has spoken to by section and mood; either may be None, for not known."""
    reports = round_.field_reports.order_by()
    alike = reports.filter(steps__isnull=True).values_list("section", "mood").annotate(n=Sum("people"))
    spoken = Counter({(section, mood): people for section, mood, people in alike})
    for report in reports.filter(steps__isnull=False).only("section_id", "mood", "people", "steps"):
        for mood, people in report.people_by_mood.items():
            spoken[report.section_id, mood] += people
    return spoken


def section_coverage(round_: ListeningRound, *, spoken: PeopleCounts | None = None) -> list[SectionCoverage]:
    """Coverage of every section of the round, the least heard first.

    Pass `spoken` if the result of `count_people` is at hand, so that it is not counted twice.
    """
    people: Counter[int | None] = Counter()
    for (section_pk, _mood), n in (count_people(round_) if spoken is None else spoken).items():
        people[section_pk] += n
    conversation = conversation_of(round_)
    online = count_people_by_section(conversation) if conversation else {}
    heard = [
        _heard(section, people[section.pk], online.get(section.name, 0)) for section in round_.sections.all()
    ]
    return sorted(heard, key=lambda row: (row.share, row.section.name))


def _heard(section: Section, people: int, online: int) -> SectionCoverage:
    counted = min(max(people, online), section.headcount)
    margin = engine.margin_of_error(counted, section.headcount) if section.headcount else 0.5
    return SectionCoverage(section, people, margin, online)


def next_conversations(heard: list[SectionCoverage]) -> NextConversations | None:
    """Distribute the next twenty conversations; None if no section has a headcount or everyone has been heard."""
    counted = [row for row in heard if row.section.headcount]
    if not counted:
        return None
    estimate = engine.estimate(
        {row.section.name: row.section.headcount for row in counted},
        {row.section.name: min(row.reached, row.section.headcount) for row in counted},
    )
    if not estimate.next:
        return None
    return NextConversations(
        estimate.next, round(estimate.widest_before * 100), round(estimate.widest_after * 100)
    )
