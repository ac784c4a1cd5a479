"""Community Notes' later scorers, written anew from their description, as predictors of hidden votes.

The multi-group scorer fits the factorisation to ratings of some groups of raters alone; here two groups of people, cut along the
first dimension, each with its own. The Gaussian scorer averages the ratings of a note by raters near a point of the first
dimension (normal kernel of .1 on a scale where people lie within about ±1), drawn towards a prior by a weight that grows with
the number of ratings. Scores become chances as those of the other baselines do.
"""

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.pca import people_positions, principal_axes
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]
Places = NDArray[np.integer]

BANDWIDTH = 0.1
SPREAD = 0.35
PRIOR_WEIGHT, ADAPTS_FROM = 0.4, 9
POINTS = np.linspace(-1.0, 1.0, 41)


def first_places(table: VoteTable) -> Floats:
    """Everybody's place on the first dimension, scaled so that nearly all lie within ±1."""
    axes, matrix = principal_axes(table, count=1, tolerance=1e-3)
    place = people_positions(matrix, axes.loadings, table.votes_each)[:, 0]
    return np.asarray(np.clip(SPREAD * place / max(float(place.std()), 1e-9), -1.0, 1.0))


def assign_groups(table: VoteTable) -> Places:
    """Two groups of people, cut where the first dimension has its middle."""
    place = first_places(table)
    return (place > np.median(place)).astype(np.int64)


def gaussian_curves(table: VoteTable) -> tuple[Floats, Floats]:
    """Everybody's place, and each statement's mean rating near every point, (M, points)."""
    place = first_places(table)
    kernel = np.exp(-0.5 * ((place[:, None] - POINTS) / BANDWIDTH) ** 2)
    kernel /= kernel.sum(axis=1, keepdims=True)
    weight, value = (np.zeros((table.shape[1], len(POINTS))) for _ in range(2))
    rating = (table.value + 1) / 2.0
    np.add.at(weight, table.statement, kernel[table.voter])
    np.add.at(value, table.statement, kernel[table.voter] * rating[:, None])
    count = table.counts.sum(axis=1)
    prior = np.bincount(table.statement, weights=rating, minlength=table.shape[1]) + 0.5
    drawn = PRIOR_WEIGHT * np.log(np.maximum(count, ADAPTS_FROM)) / np.log(ADAPTS_FROM)
    mean = (prior / (count + 1))[:, None]
    return place, np.asarray((value + drawn[:, None] * mean) / (weight + drawn[:, None]))


def read_curve(place: Floats, curves: Floats, who: Places, which: Places) -> Floats:
    """The mean rating of statements near the places of people."""
    nearest = np.abs(place[who][:, None] - POINTS).argmin(axis=1)
    return np.asarray(curves[which, nearest])
