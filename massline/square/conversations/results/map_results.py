"""A snapshot's document set for reading: what unites, what divides, how many, how sure."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import numpy as np

from massline.engine.opinion.map_schema import RestsOn
from massline.engine.opinion.statement_arrays import StatementArrays
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Conversation, OpinionSnapshot, Statement
from massline.square.conversations.results import map_headlines
from massline.square.conversations.results.charts import map_chart, spectrum_chart
from massline.square.conversations.results.ranked_statements import Numbers, RankedStatements
from massline.square.conversations.results.shown_statement_lookup import ShownStatements
from massline.square.conversations.results.statement_result import GroupResult, StatementResult
from massline.square.conversations.results.tamper_sentences import (
    AlikePeople,
    Entrance,
    knots_sentence,
    picture_sentence,
)
from massline.square.conversations.results.trust_level_results import (
    Disagreement,
    InvitationCount,
    LevelShare,
    codes_issued,
    count_by_invitation,
    count_comparable,
    find_level_disagreements,
    level_shares,
)
from massline.square.conversations.trust_levels import Level

SHOWN = 5


class MapResults:
    """The latest snapshot of a conversation, joined to the words as they stand now.

    Statements are ranked as columns of numbers. Only those that a page shows are fetched, all of them at once.
    """

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
        self.levels = level_shares(snapshot, threshold)
        self.counted = next(
            (share for share in self.levels if share.level == level and share.enough), self.levels[0]
        )
        self.map = self.counted.map
        self.found = self.map.result
        self.shown = ShownStatements(conversation, shown)

    @cached_property
    def ranked(self) -> RankedStatements:
        """The statements of the map that are shown today; one turned down since the snapshot is gone at once."""
        columns = StatementArrays.of(self.found.statements)
        return RankedStatements(columns, self.shown.numbers, self.threshold.k)

    @cached_property
    def rests_on(self) -> RestsOn:
        """What the edition rests on, less the statements that were turned down since."""
        rests_on, gone = self.map.rests_on, ~self.ranked.here
        return replace(
            rests_on,
            statements=rests_on.statements - int(gone.sum()),
            votes=rests_on.votes - int(self.ranked.columns.whole[gone, 0].sum()),
        )

    def rows(self, numbers: Numbers) -> list[StatementResult]:
        """Some statements by number, in this order; all that the page of results shows are fetched with the first."""
        self.shown.fetch([*numbers.tolist(), *self._on_first_page])
        return [
            StatementResult(self.shown[number], self.ranked.answers(number), self.threshold, self.entrance)
            for number in numbers.tolist()
        ]

    @cached_property
    def _on_first_page(self) -> list[int]:
        ranked = self.ranked
        parts = [ranked.uniting[:SHOWN], ranked.against[:3], ranked.nearest[:3], self._dividing]
        parts += self._apart.values()
        return [number for part in parts for number in part.tolist()]

    @property
    def least(self) -> int:
        return self.threshold.k

    @property
    def answered_count(self) -> int:
        return int(self.ranked.here.sum())

    def listed(self, order: str) -> Numbers:
        """Every statement that is shown by `agree`, `divide` or `number`; those not on the map yet come last, or in turn."""
        ranked = self.ranked
        if order == "number":
            return np.sort(self.shown.numbers)
        chosen = ranked.by_division if order == "divide" else ranked.by_agreement
        return np.concatenate([chosen, ranked.not_yet])

    @property
    def by_agreement(self) -> list[StatementResult]:
        """Every statement of the map that is shown, the most agreed with first."""
        return self.rows(self.ranked.by_agreement)

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
        """How many people could change the picture, where the level that leads is shown."""
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
        """Where another level surely stands on the other side of half."""
        found = [(other, find_level_disagreements(self.counted, other, self.ranked)) for other in self.others]
        self.shown.fetch([one.number for _other, some in found for one in some])
        return [replace(one, statement=self.shown[one.number]) for _other, some in found for one in some]

    @cached_property
    def pointing_alike(self) -> int:
        """On how many statements the levels can be laid side by side."""
        return max((count_comparable(self.counted, other) for other in self.others), default=0)

    @cached_property
    def channels(self) -> list[InvitationCount]:
        return count_by_invitation(self.snapshot, self.threshold)

    @cached_property
    def most(self) -> int | None:
        """The number of codes or cards of the counted level."""
        return codes_issued(self.snapshot).get(self.counted.level)

    @property
    def enough(self) -> bool:
        """True if enough people answered any statement."""
        return bool(self.ranked.enough.any())

    @cached_property
    def best(self) -> StatementResult | None:
        """The statement that unites most, if it surely unites."""
        return next(iter(self.rows(self.ranked.uniting[:1])), None)

    @property
    def _uniting(self) -> Numbers:
        return self.ranked.uniting[1:SHOWN]

    @property
    def uniting(self) -> list[StatementResult]:
        """Further statements that surely unite."""
        return self.rows(self._uniting)

    @property
    def against(self) -> list[StatementResult]:
        return self.rows(self.ranked.against[:3])

    @property
    def nearest(self) -> list[StatementResult]:
        """The statements that come closest where none surely unites."""
        return self.rows(self.ranked.nearest[:3])

    @property
    def _dividing(self) -> Numbers:
        return self.ranked.dividing(grouped=len(self.found.groups) > 1)[:SHOWN]

    @property
    def dividing(self) -> list[StatementResult]:
        return self.rows(self._dividing)

    @cached_property
    def _apart(self) -> dict[int, Numbers]:
        """By group, the statements that set it apart and that enough people answered."""
        return {group.id: self.ranked.told(group.representative) for group in self.found.groups}

    @cached_property
    def groups(self) -> list[GroupResult]:
        """Every group, or none where one of them is too small to be shown: the others would give it away."""
        if self.hides_groups:
            return []
        return [
            GroupResult(group.id, group.size, group.share, group.knot, self.rows(self._apart[group.id]))
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
        return map_headlines.agreement_headline(None if self.best is None else self.best.answers)

    @property
    def map_title(self) -> str:
        return map_headlines.points_of_view_headline(sum(not group.knot for group in self.groups))

    def picture(self, you: tuple[float, float] | None = None) -> str:
        """The map where there are groups, the spectrum where there are none, nothing below ten people."""
        points = self.found.points
        if not points:
            return ""
        if self.groups:
            return map_chart(points, self.groups, title=self.map_title, you=you)
        return spectrum_chart(points, you=you)
