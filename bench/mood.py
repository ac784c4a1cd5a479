"""Mood on real readings and in simulation: accuracy beside simple and static rivals, cover, alarms, speed."""

import json
import sys
from typing import Any

import numpy as np
from scipy.special import expit

from bench.mood_alarm import alarm_rows
from bench.mood_data import Readings, covid, demsup, dgo, us2016, us2016_results
from bench.mood_scores import Scores, mixture_scores, simple_scores
from bench.mood_simulation import simulation_rows, speed_rows
from bench.results_store import store_results
from massline.engine.mood.array_types import Floats
from massline.engine.mood.hyperparameters import LearnedHyperparameters, learn_hyperparameters
from massline.engine.mood.integrated_prediction import (
    integrated_moments,
    mixed_posterior,
    posterior_at_known_strengths,
)
from massline.engine.mood.laplace import ModeFit
from massline.engine.mood.latent_field import FieldPlaces
from massline.engine.mood.leap_model_set import weigh_leap_models
from massline.engine.mood.normal_mixture import NormalMixture
from massline.engine.mood.single_fit_prediction import PredictionPlaces

MODEL, STATIC, WINDOW = "massline", "static, same terms", "window mean"
FEW = 100


def predict_masked(readings: Readings, window: float, *, folds: int = 4) -> dict[str, Any]:
    """Hide a quarter of the rows at a time and predict them from the rest."""
    fold = np.random.default_rng(1).integers(0, folds, len(readings.yes))
    end = float(readings.time.max()) + 1e-9
    found: dict[str, list[Scores]] = {}
    for hidden in range(folds):
        train, test = (
            readings.some(np.flatnonzero(fold != hidden)),
            readings.some(np.flatnonzero(fold == hidden)),
        )
        for name, still in ((MODEL, False), (STATIC, True)):
            problem = train.problem(end, still=still)
            learned = learn_hyperparameters(problem, leaps=not still)
            mixture = mixed_posterior(PredictionPlaces.about(problem, test.places(end)), learned)
            noise, rng = learned.best.value("noise"), np.random.default_rng(hidden)
            found.setdefault(name, []).append(mixture_scores(mixture, noise, test, rng))
        for name, scores in simple_scores(train, test, window, ahead=False, seed=hidden).items():
            found.setdefault(name, []).append(scores)
    return _table(readings.name + ", masked", found)


def _table(name: str, found: dict[str, list[Scores]]) -> dict[str, Any]:
    joined = {model: Scores.joined(parts) for model, parts in found.items()}
    rows = len(joined[MODEL].density)
    gained = {rival: joined[MODEL].density - joined[rival].density for rival in (STATIC, WINDOW)}
    return {
        "task": name,
        "rows": rows,
        "models": {model: scores.table() for model, scores in joined.items()},
        **{
            f"lpd_over_{rival.split()[0].strip(',')}": {
                "value": round(float(better.mean()), 4),
                "se": round(float(better.std() / rows**0.5), 4),
            }
            for rival, better in gained.items()
        },
    }


class _Rolling:
    """Refit at every origin; learn the hyper-parameters anew at every fourth, as an organiser's nightly run
    would.
    """

    def __init__(self, *, still: bool) -> None:
        self.still = still
        self.learned: LearnedHyperparameters | None = None
        self.widening = 1.0
        self.end = 1.0

    def predict(
        self, train: Readings, end: float, at: FieldPlaces, turn: int
    ) -> tuple[NormalMixture, ModeFit]:
        problem = train.problem(end, still=self.still)
        questions = PredictionPlaces.about(problem, at)
        if (
            self.learned is None
            or turn % 4 == 0
            or self.learned.best.problem.field.names != problem.field.names
        ):
            self.learned, self.end = learn_hyperparameters(problem, leaps=not self.still), end
            mixture = mixed_posterior(questions, self.learned)
            _, plain = questions.answer(self.learned.best)
            self.widening = float(np.sqrt(np.mean(mixture.spread[0] / plain)))
            return mixture, self.learned.best
        theta = dict(zip(problem.field.names, self.learned.best.theta, strict=True))
        longer = np.log(end / self.end)
        theta["length"] -= longer
        theta["drift_all"] += 0 if self.still else 0.5 * longer
        strengths = np.array(list(theta.values()))
        now = weigh_leap_models(problem, strengths, self.learned.best.gaps, leaps=not self.still)
        return posterior_at_known_strengths(questions, now, self.widening), now.best


def predict_next_week(
    readings: Readings, origins: Floats, window: float, line: Floats | None = None, task: str = "next week"
) -> dict[str, Any]:
    """Predict each week's rows from all earlier ones; beside it a published line, where there is one.

    The cover is counted too where a row of the same section was missed at the origin before.
    """
    found: dict[str, list[Scores]] = {}
    models = {MODEL: _Rolling(still=False), STATIC: _Rolling(still=True)}
    against: list[Floats] = []
    missed: set[int] = set()
    after_miss: list[float] = []
    for turn, origin in enumerate(origins):
        train = readings.some(np.flatnonzero(readings.time <= origin))
        ahead = np.flatnonzero((readings.time > origin) & (readings.time <= origin + 1))
        if not len(ahead):
            continue
        test, end = readings.some(ahead), float(origin) + 1
        for name, model in models.items():
            mixture, best = model.predict(train, end, test.places(end), turn)
            noise, rng = best.value("noise"), np.random.default_rng(turn)
            found.setdefault(name, []).append(mixture_scores(mixture, noise, test, rng))
            if name == MODEL:
                held = found[MODEL][-1].held
                after_miss += held[np.isin(test.section, list(missed))].tolist()
                missed = set(test.section[held == 0].tolist())
            if name == MODEL and line is not None:
                at = test.places(end)
                plain = FieldPlaces(at.section, at.time, at.item, np.full(len(at.time), -1))
                free, _ = PredictionPlaces.about(best.problem, plain).answer(best)
                seen = test.yes / test.asked
                against.append(np.abs(np.stack([line[ahead], expit(free), expit(mixture.mean)]) - seen))
        for name, scores in simple_scores(train, test, window, ahead=True, seed=turn).items():
            found.setdefault(name, []).append(scores)
    table = _table(readings.name + f", {task}", found)
    if len(after_miss) > 1:
        table["cover90_after_a_miss"] = {
            "rows": len(after_miss),
            "value": round(float(np.mean(after_miss)), 4),
            "se": round(float(np.std(after_miss, ddof=1) / len(after_miss) ** 0.5), 4),
        }
    if against:
        together = np.concatenate(against, axis=1)
        errors = together[:, ~np.isnan(together[0])]
        names = ("published line", "massline without house effects", "massline with house effects")
        table["mae_against_published_line"] = {
            name: {"value": round(float(e.mean()), 4), "se": round(float(e.std() / len(e) ** 0.5), 4)}
            for name, e in zip(names, errors, strict=True)
        }
    return table


def predict_first_weeks(readings: Readings, window: float) -> dict[str, Any]:
    """Predict each week's rows while fewer than a hundred readings are known, from twenty on."""
    weeks = np.arange(1.0, np.ceil(readings.time.max()))
    known = np.array([(readings.time <= week).sum() for week in weeks])
    return predict_next_week(
        readings, weeks[(known >= 20) & (known < FEW)], window, task="fewer than 100 known"
    )


def predict_election_day(readings: Readings) -> dict[str, Any]:
    """The last estimate of 50 states against what was counted: bias that all polls share stays invisible."""
    end = float(readings.time.max()) + 1e-9
    problem = readings.problem(end)
    share, section = us2016_results()
    count = len(section)
    at = FieldPlaces(section, np.ones(count), np.zeros(count, dtype=np.int64), np.full(count, -1))
    mean, _ = integrated_moments(PredictionPlaces.about(problem, at), learn_hyperparameters(problem))
    recent = np.zeros(count)
    for row, state in enumerate(section):
        mine = np.flatnonzero(readings.section == state)
        late = mine[readings.time[mine] > readings.time.max() - 3]
        late = late if len(late) else mine[[int(np.argmax(readings.time[mine]))]]
        recent[row] = readings.yes[late].sum() / readings.asked[late].sum()
    errors = {"massline": expit(mean) - share, "three-week average": recent - share}
    return {
        name: {
            "mae": round(float(np.abs(e).mean()), 4),
            "se": round(float(np.abs(e).std() / count**0.5), 4),
            "bias": round(float(e.mean()), 4),
        }
        for name, e in errors.items()
    }


def real_rows() -> list[dict[str, Any]]:
    """Every table on real readings."""
    states = us2016()
    rows = [predict_masked(states, 3.0), predict_next_week(states, np.arange(16.0, 36.0), 3.0)]
    for subject in ("Trump", "Biden"):
        readings, line = covid(subject)
        origins = np.arange(8.0, np.ceil(readings.time.max()), 2.0)
        rows += [
            predict_next_week(readings, origins, 3.0, line),
            predict_first_weeks(readings, 3.0),
        ]
    return [*rows, predict_masked(dgo(), 1.0), predict_masked(demsup(), 2.0)]


def run() -> dict[str, Any]:
    """All rows, written to bench/results/mood.json."""
    found = {
        "real": real_rows(),
        "election_day": predict_election_day(us2016()),
        "simulation": simulation_rows(),
        "alarm": alarm_rows(),
        "speed": speed_rows(),
    }
    store_results("mood", found)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
