"""Prediction of sections' levels at any time by a single fit: posterior mean and variance of eta, without the noise
of readings.
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.latent_field import FieldPlaces
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.section_batches import SectionBatch, section_covariance

PIECE_CELLS = 4_000_000


@dataclass(frozen=True, eq=False)
class _Piece:
    """Questions about a few sections: q questions each, padded, on the columns of data and questions
    together.

    question : (B, q) int, place among the questions, Q where padded; asked : (B, q, E) design; known : (B, m,
    E) the data's; gap : (B, q, m) time from question to reading, infinite where padded; column : (B, E) int.
    """

    batch: SectionBatch
    member: Ints
    question: Ints
    asked: Floats
    known: Floats
    gap: Floats
    column: Ints


@dataclass(frozen=True, eq=False)
class PredictionPlaces:
    """Places to predict, laid out once and then asked of many fits of the same problem."""

    at: FieldPlaces
    pieces: tuple[tuple[int, _Piece], ...]
    unheard: Ints

    @classmethod
    def about(cls, problem: Problem, at: FieldPlaces) -> "PredictionPlaces":
        """Lay the questions out by section."""
        columns, weights = problem.field.entries(at)
        order = np.argsort(at.section, kind="stable")
        cut = np.searchsorted(at.section[order], np.arange(problem.sections + 1))
        asked_of = {s: order[cut[s] : cut[s + 1]] for s in range(problem.sections) if cut[s + 1] > cut[s]}
        pieces: list[tuple[int, _Piece]] = []
        heard: set[int] = set()
        for number, batch in enumerate(problem.batches):
            members = [b for b, s in enumerate(batch.section.tolist()) if s in asked_of]
            heard.update(int(batch.section[b]) for b in members)
            most = max((len(asked_of[int(batch.section[b])]) for b in members), default=1)
            room = max(1, PIECE_CELLS // ((problem.field.width + most) * (most + batch.row.shape[1])))
            for first in range(0, len(members), room):
                some = members[first : first + room]
                pieces.append((number, _piece(problem, batch, some, asked_of, at, columns, weights)))
        rest = [asked_of[s] for s in sorted(set(asked_of) - heard)]
        return cls(at, tuple(pieces), np.concatenate(rest) if rest else np.zeros(0, dtype=np.int64))

    def answer(self, fit: ModeFit) -> tuple[Floats, Floats]:
        """Posterior mean and variance of eta at every question, given the fit's hyper-parameters."""
        level, drift, length = fit.own
        mean = np.zeros(len(self.at.time) + 1)
        variance = np.zeros(len(mean))
        shared = np.append(fit.shared, 0.0)
        for number, piece in self.pieces:
            inverse = fit.factor.inverse[number][piece.member]
            near = section_covariance(piece.gap, level, drift, length)
            risen = self._leap(fit, number, piece, near)
            weight = near @ inverse
            working = np.append(fit.working, 0.0)[piece.batch.row[piece.member]]
            rest = working - np.einsum("bml,bl->bm", piece.known, shared[piece.column])
            expected = np.einsum("bql,bl->bq", piece.asked, shared[piece.column]) + np.einsum(
                "bqm,bm->bq", weight, rest
            )
            left = piece.asked - weight @ piece.known
            own = level**2 + drift**2 + risen - np.einsum("bqm,bqm->bq", weight, near)
            for b, columns in enumerate(piece.column):
                through = left[b] @ fit.spread[columns[:, None], columns]
                own[b] += np.einsum("ql,ql->q", through, left[b])
            mean[piece.question] = expected
            variance[piece.question] = own
        self._unheard(fit, mean, variance)
        return mean[:-1], np.maximum(variance[:-1], 1e-12)

    def _leap(self, fit: ModeFit, number: int, piece: _Piece, near: Floats) -> Floats:
        """Add the leaps' covariance of questions with readings to `near`; their own variance: (B, q)."""
        risen = np.zeros(piece.question.shape)
        members = {int(b): place for place, b in enumerate(piece.member)}
        for b, after, leap in fit.problem.leap_rows[number]:
            if b in members:
                place = members[b]
                later = np.append(self.at.time, -np.inf)[piece.question[place]] >= leap.time
                near[place] += leap.variance * np.outer(later, after)
                risen[place] += leap.variance * later
        return risen

    def _unheard(self, fit: ModeFit, mean: Floats, variance: Floats) -> None:
        if not len(self.unheard):
            return
        level, drift, _ = fit.own
        at = self.at.some(self.unheard)
        columns, weights = fit.problem.field.entries(at)
        mean[self.unheard] = (weights * fit.shared[columns]).sum(axis=1)
        block = fit.spread[columns[:, :, None], columns[:, None, :]]
        variance[self.unheard] = level**2 + drift**2 + np.einsum("qi,qij,qj->q", weights, block, weights)


def _piece(
    problem: Problem,
    batch: SectionBatch,
    members: list[int],
    asked_of: dict[int, Ints],
    at: FieldPlaces,
    columns: Ints,
    weights: Floats,
) -> _Piece:
    mine = [asked_of[int(batch.section[b])] for b in members]
    size, most = len(members), max(len(some) for some in mine)
    width = problem.field.width
    known_columns = [batch.column[b][batch.column[b] < width] for b in members]
    joint = [np.union1d(known, columns[some]) for known, some in zip(known_columns, mine, strict=True)]
    wide = max(len(some) for some in joint)
    question = np.full((size, most), len(at.time), dtype=np.int64)
    time = np.full((size, most), np.inf)
    asked = np.zeros((size, most, wide))
    known = np.zeros((size, batch.row.shape[1], wide))
    column = np.full((size, wide), width, dtype=np.int64)
    for i, (b, some, both) in enumerate(zip(members, mine, joint, strict=True)):
        question[i, : len(some)] = some
        time[i, : len(some)] = at.time[some]
        column[i, : len(both)] = both
        np.add.at(
            asked[i], (np.arange(len(some))[:, None], np.searchsorted(both, columns[some])), weights[some]
        )
        known[i][:, np.searchsorted(both, known_columns[i])] = batch.design[b][:, : len(known_columns[i])]
    heard = np.append(problem.at.time, np.nan)[batch.row[members]]
    gap = np.abs(time[:, :, None] - heard[:, None, :])
    return _Piece(
        batch=batch,
        member=np.array(members, dtype=np.int64),
        question=question,
        asked=asked,
        known=known,
        gap=np.where(np.isfinite(gap), gap, np.inf),
        column=column,
    )
