"""A map worked out in canonical order, handed back in the order of the table it was asked for."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from massline.engine.not_enough import NotEnough
from massline.engine.opinion.bayesian_logistic_model import LogisticModel, SideBelief
from massline.engine.opinion.bridging import CommonGround
from massline.engine.opinion.canonical_order import CanonicalOrder
from massline.engine.opinion.group_outcome import Groups, Spectrum
from massline.engine.opinion.influence import Influence
from massline.engine.opinion.pca import Axes
from massline.engine.opinion.statement_results import Counts, StatementTable
from massline.engine.opinion.vote_patterns import VotePatternsFound
from massline.engine.opinion.vote_prediction import Predictor
from massline.engine.votes import VoteTable

if TYPE_CHECKING:
    from massline.engine.opinion.estimate import Opinion

Positions = NDArray[np.intp]
Numbers = TypeVar("Numbers", bound=np.generic)


def restore_input_order(opinion: "Opinion", table: VoteTable, order: CanonicalOrder) -> "Opinion":
    """The map of `table`, whose people and statements `opinion` has in canonical order."""
    back = OrderRestorer(order)
    placed, among = back.people_at(opinion.placed)
    return replace(
        opinion,
        table=table,
        axes=back.axes(opinion.axes),
        places=opinion.places[back.people],
        placed=placed,
        outcome=back.outcome(opinion.outcome, among),
        labels=opinion.labels[back.people],
        statements=back.statement_table(opinion.statements),
        common=None if opinion.common is None else back.common(opinion.common),
        predictor=None if opinion.predictor is None else back.predictor(opinion.predictor),
        hands=back.hands(opinion.hands),
        influence=back.influence(opinion.influence),
    )


@dataclass(frozen=True, eq=False)
class OrderRestorer:
    """The way back from an order, for every part of a map."""

    order: CanonicalOrder

    @property
    def people(self) -> Positions:
        """Canonical position of each person of the table."""
        return np.argsort(self.order.people)

    @property
    def statements(self) -> Positions:
        """Canonical position of each statement of the table."""
        return np.argsort(self.order.statements)

    def people_at(self, positions: Positions) -> tuple[Positions, Positions]:
        """The positions of some people in the table, sorted, and the order that sorts them."""
        given = self.order.people[positions]
        among = np.argsort(given)
        return given[among], among

    def last(self, numbers: NDArray[Numbers]) -> NDArray[Numbers]:
        """Numbers whose last axis is statements."""
        return np.ascontiguousarray(numbers[..., self.statements])

    def axes(self, axes: Axes) -> Axes:
        return replace(axes, loadings=self.last(axes.loadings), means=self.last(axes.means))

    def outcome(
        self, outcome: Groups | Spectrum | NotEnough, among: Positions
    ) -> Groups | Spectrum | NotEnough:
        if not isinstance(outcome, Groups):
            return outcome
        partition = replace(
            outcome.partition,
            labels=outcome.partition.labels[among],
            cells=outcome.partition.cells[among],
        )
        return replace(outcome, partition=partition, membership=outcome.membership[among])

    def statement_table(self, table: StatementTable) -> StatementTable:
        given = self.order.statements
        return StatementTable(
            overall=self.counts(table.overall),
            by_group=self.counts(table.by_group),
            by_section=self.counts(table.by_section),
            consensus=self.last(table.consensus),
            divisive=self.last(table.divisive),
            bridging=self.last(table.bridging),
            representative=tuple(tuple(int(given[j]) for j in shown) for shown in table.representative),
        )

    def counts(self, counts: Counts) -> Counts:
        return Counts(
            seen=self.last(counts.seen),
            agree=self.last(counts.agree),
            disagree=self.last(counts.disagree),
            low=self.last(counts.low),
            high=self.last(counts.high),
        )

    def common(self, common: CommonGround) -> CommonGround:
        return CommonGround(self.last(common.share), self.last(common.low), self.last(common.high))

    def predictor(self, predictor: Predictor) -> Predictor:
        return Predictor(self.leaning(predictor.takes_side), self.leaning(predictor.agrees))

    def leaning(self, leaning: LogisticModel) -> LogisticModel:
        return LogisticModel(
            take_side_rows(leaning.people, self.people), take_side_rows(leaning.statements, self.statements)
        )

    def hands(self, hands: VotePatternsFound) -> VotePatternsFound:
        copies = sorted((self.people_at(group)[0] for group in hands.copies), key=lambda group: int(group[0]))
        return replace(
            hands,
            straight=self.people_at(hands.straight)[0],
            copies=tuple(copies),
            without=self.last(hands.without),
        )

    def influence(self, influence: Influence) -> Influence:
        return replace(
            influence,
            agree=self.last(influence.agree),
            disagree=self.last(influence.disagree),
            bridging=self.last(influence.bridging),
        )


def take_side_rows(side: SideBelief, at: Positions) -> SideBelief:
    """Beliefs about some people or statements."""
    return replace(side, mean=side.mean[at], spread=side.spread[at])


def reorder_statements(predictor: Predictor, at: Positions) -> Predictor:
    """The same model with its statements in another order; people stay where they are."""
    side, agrees = predictor.takes_side, predictor.agrees
    return Predictor(
        replace(side, statements=take_side_rows(side.statements, at)),
        replace(agrees, statements=take_side_rows(agrees.statements, at)),
    )
