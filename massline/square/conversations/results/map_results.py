"""A snapshot's document set for reading: what unites, what divides, how many, how sure."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.engine.opinion.map_document import RestsOn, nobody_answered
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Conversation, OpinionSnapshot, Statement
from massline.square.conversations.results.by_trust_level import (
    Disagreement,
    InvitationCount,
    LevelShare,
    codes_issued,
    count_by_invitation,
    count_comparable,
    disagreements,
    level_shares,
)
from massline.square.conversations.results.charts import map_chart, spectrum_chart
from massline.square.conversations.results.statement_result import UNITES, GroupResult, StatementResult
from massline.square.conversations.results.tampering import (
    AlikePeople,
    Entrance,
    knots_sentence,
    picture_sentence,
)
from massline.square.conversations.trust_levels import Level

SHOWN = 5


class MapResults:
    """The latest snapshot of a conversation, joined to the words as they stand now."""

    def __init__(
        self,
        conversation: Conversation,
        snapshot: OpinionSnapshot,
        level: str = "",
        *,
        threshold: Threshold,
        shown: Iterable[Statement] | None = None,
    ) -> None:
        """Read the level that leads, or the one that is asked for; levels are never added up.

        A page that has the statements at hand gives those that are `shown`.
        """
        self.conversation = conversation
        self.threshold = threshold
        self.snapshot = snapshot
        self._given = shown
        self.levels = level_shares(snapshot, threshold)
        self.counted = next(
            (share for share in self.levels if share.level == level and share.enough), self.levels[0]
        )
        self.map = self.counted.map
        self.found = self.map.result

    @cached_property
    def rests_on(self) -> RestsOn:
        """The counts that the edition is based on, less the statements that were rejected since."""
        kept = {row.statement.number for row in self.answered}
        gone = [answers for answers in self.found.statements if answers.id not in kept]
        rests_on = self.map.rests_on
        return replace(
            rests_on,
            statements=rests_on.statements - len(gone),
            votes=rests_on.votes - sum(answers.seen for answers in gone),
        )

    @cached_property
    def not_yet(self) -> list[StatementResult]:
        """Statements that are asked, and of which the edition tells nothing."""
        numbers = {row.statement.number for row in self.answered}
        return [
            StatementResult(statement, nobody_answered(statement.number, statement.text), self.threshold)
            for statement in self.shown
            if statement.number not in numbers
        ]

    @cached_property
    def shown(self) -> list[Statement]:
        return list(self.conversation.statements.shown() if self._given is None else self._given)

    @property
    def least(self) -> int:
        return self.threshold.k

    @cached_property
    def answered(self) -> list[StatementResult]:
        """Every statement that is shown today; one turned down since the snapshot is gone at once."""
        shown = {statement.number: statement for statement in self.shown}
        return [
            StatementResult(shown[int(answers.id)], answers, self.threshold, self.entrance)
            for answers in self.found.statements
            if answers.id in shown
        ]

    @cached_property
    def entrance(self) -> Entrance:
        """By which way further answers of the level that is counted could come in."""
        limited = self.counted.level not in {Level.OPEN, Level.IMPORTED}
        most = self.most if limited else None
        return Entrance(self.counted.level, None if most is None else max(0, most - self.counted.people))

    @property
    def too_close(self) -> bool:
        """True if another random seed would give another answer on whether there are groups."""
        return self.found.spectrum is not None and self.found.spectrum.too_close

    @property
    def knots(self) -> str:
        return knots_sentence(self.found.knots)

    @property
    def picture_radius(self) -> str:
        """The number of people who could change the picture, where the level that leads is shown."""
        return picture_sentence(self.snapshot.robust.verdict) if self.counted.leads else ""

    @property
    def alike(self) -> list[AlikePeople]:
        """Sets of people who answer alike."""
        return [AlikePeople(found) for found in self.snapshot.robust.alike] if self.counted.leads else []

    @property
    def others(self) -> list[LevelShare]:
        """The levels that are not counted in."""
        return [level for level in self.levels if level is not self.counted]

    @cached_property
    def pointing_elsewhere(self) -> list[Disagreement]:
        """The statements on which another level is surely on the other side of half."""
        shown = {row.statement.number: row.statement for row in self.answered}
        return [found for level in self.others for found in disagreements(self.counted, level, shown)]

    @cached_property
    def pointing_alike(self) -> int:
        """On how many statements the levels can be laid side by side."""
        return max((count_comparable(self.counted, level) for level in self.others), default=0)

    @cached_property
    def channels(self) -> list[InvitationCount]:
        return count_by_invitation(self.snapshot, self.threshold)

    @cached_property
    def most(self) -> int | None:
        """The number of codes or cards of the counted level."""
        return codes_issued(self.snapshot).get(self.counted.level)

    @cached_property
    def enough(self) -> list[StatementResult]:
        return [row for row in self.answered if row.enough]

    @cached_property
    def by_agreement(self) -> list[StatementResult]:
        return sorted(
            self.answered,
            key=lambda row: (not row.enough, -row.answers.bridging, row.statement.number),
        )

    @cached_property
    def by_division(self) -> list[StatementResult]:
        return sorted(
            self.answered,
            key=lambda row: (not row.enough, -row.answers.divisive, row.statement.number),
        )

    @cached_property
    def best(self) -> StatementResult | None:
        """The statement that unites most, if it surely unites."""
        return next((row for row in self.by_agreement if row.enough and row.unites), None)

    @property
    def uniting(self) -> list[StatementResult]:
        """Further statements that surely unite."""
        return [row for row in self.by_agreement if row.enough and row.unites][1:SHOWN]

    @property
    def against(self) -> list[StatementResult]:
        ranked = sorted(self.enough, key=lambda row: -row.answers.disagree / row.answers.seen)
        return [row for row in ranked if row.united_against][:3]

    @property
    def nearest(self) -> list[StatementResult]:
        """The statements that come closest where none surely unites."""
        return [row for row in self.by_agreement if row.enough][:3]

    @property
    def dividing(self) -> list[StatementResult]:
        least = 0.0 if len(self.found.groups) > 1 else UNITES
        ranked = [row for row in self.by_division if row.enough and row.answers.divisive > least]
        return [row for row in ranked if not row.unites and not row.united_against][:SHOWN]

    @cached_property
    def groups(self) -> list[GroupResult]:
        """Every group, or none where one of them is too small to be shown: the others would give it away."""
        if self.hides_groups:
            return []
        by_number = {row.statement.number: row for row in self.enough}
        return [
            GroupResult(
                group.id,
                group.size,
                group.share,
                group.knot,
                [by_number[int(number)] for number in group.representative if number in by_number],
            )
            for group in self.found.groups
        ]

    @property
    def hides_groups(self) -> bool:
        return not self.threshold.shows_all(*(group.size for group in self.found.groups))

    @property
    def kind(self) -> str:
        return self.found.result

    @property
    def headline(self) -> str:
        if self.best is None:
            return _("What we think")
        ten = round(10 * self.best.answers.agree / self.best.answers.seen)
        sentences = {
            6: _("Six in ten of us agree."),
            7: _("Seven in ten of us agree."),
            8: _("Eight in ten of us agree."),
            9: _("Nine in ten of us agree."),
            10: _("Nearly all of us agree."),
        }
        return sentences.get(ten, _("More than half of us agree."))

    @property
    def map_title(self) -> str:
        count = sum(not group.knot for group in self.groups)
        sentences = {
            2: _("Two points of view"),
            3: _("Three points of view"),
            4: _("Four points of view"),
        }
        return sentences.get(count) or ngettext("%(n)s point of view", "%(n)s points of view", count) % {
            "n": count
        }

    def picture(self, you: tuple[float, float] | None = None) -> str:
        """The map where there are groups, the spectrum where there are none, nothing below ten people."""
        points = self.found.points
        if not points:
            return ""
        if self.groups:
            return map_chart(points, self.groups, title=self.map_title, you=you)
        return spectrum_chart(points, you=you)
