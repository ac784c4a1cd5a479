"""Levels side by side and never added up: how many came in which way, and where they point elsewhere."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from massline.engine.opinion.map_schema import MapDocument
from massline.engine.opinion.statement_arrays import StatementArrays
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.access_codes.models import AccessCodeBatch
from massline.square.conversations.models import LevelTally, OpinionSnapshot, Statement
from massline.square.conversations.results.ranked_statements import RankedStatements
from massline.square.conversations.results.statement_result import format_share
from massline.square.conversations.trust_levels import Level, level_named

NO_NUMBER = -1


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
    """A statement, by its number and words, that one level carries and another turns down, surely."""

    number: int
    other: LevelShare
    agree: str
    there: str
    statement: Statement | None = None


def level_shares(snapshot: OpinionSnapshot, threshold: Threshold) -> list[LevelShare]:
    """Return the level that leads first, then the others from the strongest down."""
    tallies: list[LevelTally] = sorted(snapshot.apart.all(), key=lambda tally: -level_named(tally.level).rank)
    others = [
        LevelShare(level_named(tally.level), tally.estimate, leads=False, threshold=threshold)
        for tally in tallies
    ]
    return [
        LevelShare(level_named(snapshot.level), snapshot.estimate, leads=True, threshold=threshold),
        *others,
    ]


def find_level_disagreements(
    main: LevelShare, other: LevelShare, ranked: RankedStatements
) -> list[Disagreement]:
    """Find where two levels stand on different sides of half, and surely so: their intervals do not meet."""
    here, there = comparable_shares(main, other)
    sides = [level.share for level in (here, there)]
    apart = (here.high < there.low) | (there.high < here.low)
    surely = apart & (np.minimum(*sides) < 0.5) & (np.maximum(*sides) > 0.5)
    surely &= np.isin(here.numbers, ranked.shown)
    order = np.flatnonzero(surely)
    order = order[np.argsort(here.numbers[order])]
    rows = zip(here.numbers[order], here.share[order], there.share[order], strict=True)
    return [
        Disagreement(int(number), other, format_share(float(agree)), format_share(float(elsewhere)))
        for number, agree, elsewhere in rows
    ]


def count_comparable(main: LevelShare, other: LevelShare) -> int:
    """Count the statements that enough people of both levels answered."""
    return len(comparable_shares(main, other)[0].numbers)


@dataclass(frozen=True, eq=False)
class AgreedShares:
    """Statements by number, the share that agrees, and its interval, as arrays."""

    numbers: NDArray[np.int64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def comparable_shares(main: LevelShare, other: LevelShare) -> tuple[AgreedShares, AgreedShares]:
    """The statements that enough people of both levels answered, in one order."""
    columns = [StatementArrays.of(level.map.result.statements) for level in (main, other)]
    told = [
        np.where(one.whole[:, 0] >= main.threshold.k, np.array(one.ids, np.int64), NO_NUMBER)
        for one in columns
    ]
    both = np.setdiff1d(np.intersect1d(told[0], told[1]), NO_NUMBER)
    here, there = (_shares(one, both) for one in columns)
    return here, there


def _shares(columns: StatementArrays, numbers: NDArray[np.int64]) -> AgreedShares:
    at = [columns.places[number] for number in numbers.tolist()]
    seen, agree = columns.whole[at, 0], columns.whole[at, 1]
    return AgreedShares(numbers, agree / np.maximum(seen, 1), columns.real[at, 0], columns.real[at, 1])


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
    known = snapshot.ways or {}
    return [InvitationCount(way, known.get(str(way.pk)) or 0, threshold) for way in ways]


def codes_issued(snapshot: OpinionSnapshot) -> dict[Level, int]:
    """Count codes and cards by level; no level can have more people than that."""
    found: dict[Level, int] = {}
    for level, most in snapshot.conversation.ways.exclude(level=Level.INVITED).values_list("level", "most"):
        found[level_named(level)] = found.get(level_named(level), 0) + most
    return found
