"""Coverage of a round: people heard in each section against its headcount, and where to go next.

People we talked with, people who answered online and answers imported from files are counted apart and never added
up: somebody may be among several of them, and a row of a file is words, not a person one of us spoke with.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import Channel, ListeningRound
from massline.desk.people.models import Section
from massline.engine.coverage import estimate as engine
from massline.square.conversations.results.section_results import count_people_by_section

PeopleCounts = Counter[tuple[int | None, int | None]]
HARDLY_HEARD = 0.1


@dataclass(frozen=True)
class RoundCounts:
    """People by section and mood, either of which may be None for not known: `spoken` to, and rows of `imported` files."""

    spoken: PeopleCounts
    imported: PeopleCounts


@dataclass(frozen=True)
class SectionCoverage:
    """People heard in one section: `heard` were talked with, at least `online` answered on the public page.

    `imported` counts answers from files, which are in none of the others.
    `margin` is the half-width of the 95 % interval of a fifty-fifty answer: 0 to 0.5.
    """

    section: Section
    heard: int
    margin: float = 0.5
    online: int = 0
    imported: int = 0

    @property
    def reached(self) -> int:
        """At least so many people were heard, one way or the other."""
        return max(self.heard, self.online)

    @property
    def share(self) -> float:
        return min(1.0, self.reached / self.section.headcount) if self.section.headcount else 0.0

    @property
    def is_hardly_heard(self) -> bool:
        """True if neither conversations nor the public page nor files tell much of the section."""
        return max(self.share, self.imported / (self.section.headcount or 1)) < HARDLY_HEARD

    @property
    def points(self) -> int:
        return round(self.margin * 100)


@dataclass(frozen=True)
class NextConversations:
    """The next conversations by section, with the widest margin before and after, in points."""

    steps: tuple[engine.NextStep, ...]
    before: int
    after: int


def count_people_heard(round_: ListeningRound) -> RoundCounts:
    """Count by section and mood the people a round has spoken to, and the rows that were imported."""
    reports = round_.field_reports.order_by()
    spoken, imported = PeopleCounts(), PeopleCounts()
    alike = reports.filter(steps__isnull=True).values_list("channel", "section", "mood")
    for channel, section, mood, people in alike.annotate(n=Sum("people")):
        (imported if channel == Channel.FILE else spoken)[section, mood] += people
    for report in reports.filter(steps__isnull=False).only(
        "channel", "section_id", "mood", "people", "steps"
    ):
        for mood, people in report.people_by_mood.items():
            (imported if report.channel == Channel.FILE else spoken)[report.section_id, mood] += people
    return RoundCounts(spoken, imported)


def section_coverage(round_: ListeningRound, *, counts: RoundCounts | None = None) -> list[SectionCoverage]:
    """Coverage of every section of the round, the least heard first.

    Pass `counts` if the result of `count_people_heard` is at hand, so that nothing is counted twice.
    """
    counts = counts or count_people_heard(round_)
    people, imported = _by_section(counts.spoken), _by_section(counts.imported)
    conversation = conversation_of(round_)
    online = count_people_by_section(conversation) if conversation else {}
    heard = [
        _heard(section, people[section.pk], online.get(section.name, 0), imported[section.pk])
        for section in round_.sections.all()
    ]
    return sorted(heard, key=lambda row: (row.share, row.section.name))


def _by_section(people: PeopleCounts) -> Counter[int | None]:
    counted: Counter[int | None] = Counter()
    for (section_pk, _mood), n in people.items():
        counted[section_pk] += n
    return counted


def _heard(section: Section, people: int, online: int, imported: int) -> SectionCoverage:
    counted = min(max(people, online), section.headcount)
    margin = engine.margin_of_error(counted, section.headcount) if section.headcount else 0.5
    return SectionCoverage(section, people, margin, online, imported)


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
