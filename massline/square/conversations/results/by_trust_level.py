"""Levels side by side and never added up: how many came in which way, and where they point elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.engine.opinion.map_document import MapDocument, StatementAnswers
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.access_codes.models import AccessCodeBatch
from massline.square.conversations.models import LevelTally, OpinionSnapshot, Statement
from massline.square.conversations.results.statement_result import format_share
from massline.square.conversations.trust_levels import Level


def trust_level_sentence(level: Level) -> str:
    """A sentence on how reliable a level is."""
    sentences = {
        Level.IMPORTED: _("Imported from somewhere else: we don’t know who could answer there."),
        Level.OPEN: _("Open to anyone: we did not check who answered."),
        Level.INVITED: _("By invitation: people may have passed the link on."),
        Level.CODE: _("One code, one person."),
        Level.CARD: _("One card per person. Nobody knows which card is whose."),
        Level.IN_PERSON: _(
            "One card per person, handed out in person from a list. Nobody knows which card is whose."
        ),
    }
    return sentences[level]


@dataclass(frozen=True)
class LevelShare:
    """A level of a snapshot: how many answered, and what they answered."""

    level: Level
    map: MapDocument
    leads: bool
    threshold: Threshold

    @property
    def name(self) -> str:
        return str(self.level.label)

    @property
    def vouches(self) -> str:
        return trust_level_sentence(self.level)

    @property
    def people(self) -> int:
        return self.map.rests_on.participants

    @property
    def votes(self) -> int:
        return self.map.rests_on.votes

    @property
    def enough(self) -> bool:
        return self.threshold.shows(self.people)

    @property
    def and_level(self) -> str:
        """Ask for this level at the end of an address; the level that leads needs no asking."""
        return "" if self.leads else f"&level={self.level.value}"


@dataclass(frozen=True)
class Disagreement:
    """A statement that one level carries and another turns down, surely."""

    statement: Statement
    other: LevelShare
    agree: str
    there: str


def level_shares(snapshot: OpinionSnapshot, threshold: Threshold) -> list[LevelShare]:
    """Return the level that leads first, then the others from the strongest down."""
    tallies: list[LevelTally] = sorted(snapshot.apart.all(), key=lambda tally: -Level(tally.level).rank)
    others = [
        LevelShare(Level(tally.level), tally.estimate, leads=False, threshold=threshold) for tally in tallies
    ]
    return [LevelShare(Level(snapshot.level), snapshot.estimate, leads=True, threshold=threshold), *others]


def disagreements(main: LevelShare, other: LevelShare, shown: Mapping[int, Statement]) -> list[Disagreement]:
    """Find where two levels stand on different sides of half, and surely so: their intervals do not meet."""
    here, there = (_enough(share) for share in (main, other))
    return [
        Disagreement(
            shown[number], other, format_share(_agree(here[number])), format_share(_agree(there[number]))
        )
        for number in sorted(here.keys() & there.keys() & shown.keys())
        if _apart(here[number], there[number])
    ]


def count_comparable(main: LevelShare, other: LevelShare) -> int:
    """Count the statements that enough people of both levels answered."""
    return len(_enough(main).keys() & _enough(other).keys())


def _enough(level: LevelShare) -> dict[int, StatementAnswers]:
    answered = level.map.result.statements
    return {int(answers.id): answers for answers in answered if level.threshold.shows(answers.seen)}


def _agree(answers: StatementAnswers) -> float:
    return answers.agree / answers.seen


def _apart(here: StatementAnswers, there: StatementAnswers) -> bool:
    low, high = sorted((here, there), key=_agree)
    return _agree(low) < 0.5 < _agree(high) and low.agree_interval[1] < high.agree_interval[0]


@dataclass(frozen=True)
class InvitationCount:
    """Counts of an invitation: how many may answer, how many did. Counts under the threshold are hidden."""

    way: AccessCodeBatch
    came: int
    threshold: Threshold

    @property
    def enough(self) -> bool:
        return self.threshold.shows(self.came)


def count_by_invitation(snapshot: OpinionSnapshot, threshold: Threshold) -> list[InvitationCount]:
    """Return the invitations of a conversation and how many of each the edition counts."""
    ways = snapshot.conversation.ways.filter(level=Level.INVITED)
    return [InvitationCount(way, snapshot.ways.get(str(way.pk), 0), threshold) for way in ways]


def codes_issued(snapshot: OpinionSnapshot) -> dict[Level, int]:
    """Count codes and cards by level; no level can have more people than that."""
    found: dict[Level, int] = {}
    for level, most in snapshot.conversation.ways.exclude(level=Level.INVITED).values_list("level", "most"):
        found[Level(level)] = found.get(Level(level), 0) + most
    return found
