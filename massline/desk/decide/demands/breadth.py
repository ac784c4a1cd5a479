"""The breadth of a demand: support for the statements its claims cite, overall and in the least favourable group.

Every cited statement is shown with its own answers, as readers judge which way it speaks for the demand.
Answers are not pooled, since the same people vote on several statements.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from massline.desk.decide.demands.models import Demand
from massline.desk.sumup.claims.models import Citation
from massline.engine.opinion.map_schema import AnswerCounts, GroupAnswers, StatementAnswers
from massline.engine.opinion.tamper_radius import breadth_falls
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import OpinionSnapshot, Statement

HALF = 0.5
Statements = Mapping[UUID, tuple[Statement, StatementAnswers | None]]


@dataclass(frozen=True)
class Share:
    """A share of those who voted, with the interval it lies in at 95 %."""

    agree: int
    votes: int
    low: float
    high: float
    group: int | None = None

    @property
    def share(self) -> float:
        return self.agree / self.votes

    @property
    def letter(self) -> str:
        return "" if self.group is None else chr(ord("A") + self.group % 26)


@dataclass(frozen=True)
class Support:
    """A cited statement: support among all who voted on it, and in the group least in favour."""

    statement: Statement
    overall: Share
    least: Share | None
    overturned_by: int | None = None


@dataclass(frozen=True)
class Breadth:
    """The cited statements and voices of a demand; `waiting` counts statements that too few have voted on."""

    supports: tuple[Support, ...] = ()
    waiting: int = 0
    voices: int = 0

    @property
    def votes(self) -> int:
        return sum(support.overall.votes for support in self.supports)

    @property
    def narrowest(self) -> Support | None:
        """The cited statement whose least favourable group is surest to be small: breadth is measured there."""
        return min(self.supports, key=lambda support: (support.least or support.overall).low, default=None)


def measure_breadth(demands: Iterable[Demand], threshold: Threshold) -> dict[int, Breadth]:
    """Return the breadth of each demand by primary key, with as many queries for one as for many."""
    demands = list(demands)
    cited = list_citations(demands)
    statements = _load_statements(
        {source for sources in cited.values() for source in sources if isinstance(source, UUID)}
    )
    return {demand.pk: _breadth(cited.get(demand.pk, ()), statements, threshold) for demand in demands}


def list_citations(demands: Sequence[Demand]) -> dict[int, list[UUID | int]]:
    """Return the sources of each demand's claims, each once: uuids of statements, primary keys of voices."""
    citations = Citation.objects.filter(claim__demands__in=[demand.pk for demand in demands])
    cited: dict[int, dict[UUID | int, None]] = {}
    for demand, statement, voice in citations.values_list("claim__demands", "statement", "voice"):
        cited.setdefault(demand, {})[statement or voice] = None
    return {demand: list(sources) for demand, sources in cited.items()}


def _load_statements(uuids: set[UUID]) -> Statements:
    """Return each statement that is shown, with its row on the latest map of its conversation."""
    statements = list(Statement.objects.shown().filter(uuid__in=uuids))
    conversations = {statement.conversation_id for statement in statements}
    newest = OpinionSnapshot.objects.filter(conversation__in=conversations).values("conversation")
    chosen = list(newest.annotate(newest=Max("pk")).values_list("newest", flat=True))
    rows = {
        (snapshot.conversation_id, answers.id): answers
        for snapshot in OpinionSnapshot.objects.filter(pk__in=chosen)
        for answers in snapshot.estimate.result.statements
    }
    return {
        statement.uuid: (statement, rows.get((statement.conversation_id, statement.number)))
        for statement in statements
    }


def _breadth(cited: Sequence[UUID | int], statements: Statements, threshold: Threshold) -> Breadth:
    supports, waiting = [], 0
    for source in cited:
        if not isinstance(source, UUID):
            continue
        statement, row = statements.get(source, (None, None))
        if statement is None or row is None or not threshold.shows(row.seen):
            waiting += 1
        else:
            least = _least(row.by_group, threshold)
            supports.append(Support(statement, _share(row), least, _overturned_by(row, least)))
    voices = sum(1 for source in cited if not isinstance(source, UUID))
    return Breadth(tuple(supports), waiting, voices)


def _overturned_by(row: StatementAnswers, least: Share | None) -> int | None:
    """Return the fewest people answering together after whom less than half of the least favourable group may agree.

    None where that is so already. A part of fewer than five answers decides nothing until it has five.
    """
    if (least or _share(row)).low < HALF:
        return None
    parts: Sequence[AnswerCounts] = row.by_group if least else [row]
    return breadth_falls([(part.agree, part.seen) for part in parts], HALF)


def _share(counts: AnswerCounts) -> Share:
    low, high = counts.agree_interval
    group = counts.group if isinstance(counts, GroupAnswers) else None
    return Share(counts.agree, counts.seen, low, high, group)


def _least(groups: Sequence[GroupAnswers], threshold: Threshold) -> Share | None:
    """Return the least favourable group; None where any group is small, as subtraction would reveal it."""
    if not groups or not threshold.shows_all(*(row.seen for row in groups)):
        return None
    return min((_share(row) for row in groups), key=lambda share: share.low)
