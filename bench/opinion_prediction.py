"""Held-out votes: our predictor beside column means, principal components and Community Notes' factorisation."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.community_notes_scorers import assign_groups, gaussian_curves, read_curve
from massline.engine.opinion.holdout import answer_shares, hide_votes
from massline.engine.opinion.pca import people_positions, principal_axes
from massline.engine.opinion.vote_prediction import fit_predictor, log_loss
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]
Places = NDArray[np.integer]
Scores = Callable[[Places, Places], Floats]


def pca_scores(table: VoteTable) -> Scores:
    """Reconstruction from two principal components of the mean-imputed votes."""
    axes, matrix = principal_axes(table, count=2)
    places = people_positions(matrix, axes.loadings, table.votes_each)
    return lambda who, which: axes.means[which] + np.einsum("ia,ai->i", places[who], axes.loadings[:, which])


def notes_scores(table: VoteTable) -> Scores:
    """Community Notes: mu + i_u + i_n + f_u f_n by least squares, their penalties (intercepts .15, factors .03)."""
    who, which, rating = (
        table.voter.astype(np.int64),
        table.statement.astype(np.int64),
        (table.value + 1) / 2.0,
    )
    axes, matrix = principal_axes(table, count=1, tolerance=1e-3)
    factor = people_positions(matrix, axes.loadings, table.votes_each)[:, 0]
    people = np.stack([np.zeros(table.shape[0]), factor / max(float(factor.std()), 1e-9)], axis=1)
    statements = np.zeros((table.shape[1], 2))
    middle = 0.5
    for _ in range(40):
        statements = fit_ridge(rating - middle - people[who, 0], people[who, 1], which, len(statements))
        people = fit_ridge(rating - middle - statements[which, 0], statements[which, 1], who, len(people))
        guess = people[who, 0] + statements[which, 0] + people[who, 1] * statements[which, 1]
        middle = float((rating - guess).mean())
    return lambda who, which: (
        middle + people[who, 0] + statements[which, 0] + people[who, 1] * statements[which, 1]
    )


def multi_group_scores(table: VoteTable) -> Scores:
    """Community Notes' multi-group scorer: a factorisation for each of two groups of people."""
    group = assign_groups(table)
    scorers = [notes_scores(table.keep(group[table.voter] == number)) for number in range(2)]

    def scores(who: Places, which: Places) -> Floats:
        return np.where(group[who] == 0, scorers[0](who, which), scorers[1](who, which))

    return scores


def gaussian_scores(table: VoteTable) -> Scores:
    """Community Notes' Gaussian scorer: the mean rating near the person's place."""
    place, curves = gaussian_curves(table)
    return lambda who, which: read_curve(place, curves, who, which)


BASELINES: dict[str, Callable[[VoteTable], Scores]] = {
    "principal components": pca_scores,
    "Community Notes": notes_scores,
    "Community Notes, multi-group": multi_group_scores,
    "Community Notes, Gaussian": gaussian_scores,
}


def fit_ridge(target: Floats, factor: Floats, owner: Places, size: int) -> Floats:
    """Intercept and slope of every owner by ridge regression."""
    count = np.bincount(owner, minlength=size) + 0.15
    cross = np.bincount(owner, weights=factor, minlength=size)
    square = np.bincount(owner, weights=factor**2, minlength=size) + 0.03
    left = np.bincount(owner, weights=target, minlength=size)
    right = np.bincount(owner, weights=target * factor, minlength=size)
    determinant = count * square - cross**2
    return np.stack(
        [(left * square - right * cross) / determinant, (right * count - left * cross) / determinant], 1
    )


def calibrate(
    scores: Scores, table: VoteTable, aside: Places, prior: Floats
) -> Callable[[Places, Places], Floats]:
    """Turn a score into chances by multinomial regression on votes set aside, with the statement's shares as offset."""
    from scipy.optimize import minimize

    who, which, value = (
        table.voter[aside].astype(np.int64),
        table.statement[aside],
        table.value[aside].astype(int),
    )
    offset = np.log(prior)

    def chances(weights: Floats, score: Floats, base: Floats) -> Floats:
        w = weights.reshape(3, 3)
        logit = base * weights[6:9].mean() + np.outer(np.ones_like(score), w[0]) + np.outer(score, w[1])
        logit -= logit.max(axis=1, keepdims=True)
        e = np.exp(logit)
        return np.asarray(e / e.sum(axis=1, keepdims=True))

    score = scores(who, which)

    def loss(weights: Floats) -> float:
        return log_loss(chances(weights, score, offset[which]), value) + 1e-4 * float((weights**2).sum())

    found = minimize(loss, np.concatenate([np.zeros(6), np.ones(3)]), method="BFGS")
    return lambda who, which: chances(found.x, scores(who, which), offset[which])


def compare_methods(table: VoteTable, seed: int) -> dict[str, float]:
    """Log loss of every method on the same tenth of the votes; baselines may calibrate on another tenth."""
    rng = np.random.default_rng(seed)
    train, held = hide_votes(table, rng)
    who, which, value = (
        table.voter[held].astype(np.int64),
        table.statement[held].astype(np.int64),
        table.value[held],
    )
    aside = rng.random(train.votes) < 0.1
    inner = train.keep(~aside)
    prior = answer_shares(train)
    found = {"column means": log_loss(prior[which], value)}
    for name, make in BASELINES.items():
        calibration = calibrate(make(inner), train, np.flatnonzero(aside), answer_shares(inner))
        found[name] = log_loss(calibration(who, which), value)
    found["massline"] = log_loss(fit_predictor(train).chances(who, which), value)
    return found
