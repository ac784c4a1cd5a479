"""The mood of sections over time, as an organiser would use it."""

from datetime import date, timedelta

import numpy as np
import pytest

from massline.engine.mood import Mood, MoodReadings, document, estimate
from massline.engine.not_enough import NotEnough
from massline.engine.result_documents import canonical_bytes, to_json

START = date(2026, 1, 5)
Rows = list[tuple[date, str, int, int, str]]


def quarters(seed: int = 0, weeks: int = 16) -> Rows:
    """Four quarters of a city on a five-step ladder; the harbour warms up, the hill is rarely visited."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    level = {"Centre": 0.0, "Harbour": -1.0, "Hill": 0.5, "Station": 1.0}
    for week in range(weeks):
        for section, start in level.items():
            if section == "Hill" and week % 5:
                continue
            place = start + (0.15 * week if section == "Harbour" else 0)
            higher = 1 / (1 + np.exp(-(place - np.array([-1.5, -0.5, 0.5, 1.5]))))
            share = -np.diff(np.concatenate([[1.0], higher, [0.0]]))
            day = START + timedelta(days=7 * week + int(rng.integers(7)))
            for step, count in enumerate(rng.multinomial(8, share), start=1):
                rows.append((day, section, step, int(count), "amal" if week % 2 else "chen"))
    return rows


def mood_of(rows: Rows, **options: object) -> Mood:
    found = estimate(MoodReadings.from_rows(rows, steps=range(1, 6)), seed=7, **options)  # type: ignore[arg-type]
    assert isinstance(found, Mood)
    return found


def test_the_harbour_warms_up_and_the_rarely_visited_hill_is_less_sure() -> None:
    mood = mood_of(quarters())
    harbour, hill, station = (mood.sections.index(name) for name in ("Harbour", "Hill", "Station"))
    assert mood.scale.kind == "step"
    assert mood.mean[harbour, 0] < 2.7
    assert mood.mean[harbour, -1] > mood.mean[harbour, 0] + 0.8
    width = mood.high - mood.low
    assert width[hill].mean() > width[station].mean()
    assert np.all((mood.low < mood.mean) & (mood.mean < mood.high))
    assert np.all((mood.low > 1) & (mood.high < 5))


def test_every_number_says_how_many_readings_it_rests_on() -> None:
    rows = quarters()
    mood = mood_of(rows)
    assert mood.readings.sum() == sum(row[3] for row in rows) == mood.rests_on["readings"]
    assert mood.readings[mood.sections.index("Hill")].sum() == 4 * 8
    assert mood.rests_on["sections"] == 4


def test_same_rows_in_any_order_give_the_same_bytes() -> None:
    rows = quarters()
    shuffled = [rows[i] for i in np.random.default_rng(1).permutation(len(rows))]
    assert canonical_bytes(document(mood_of(rows))) == canonical_bytes(document(mood_of(shuffled)))


def test_the_document_keeps_its_agreed_keys() -> None:
    doc = to_json(document(mood_of(quarters())))
    assert doc["schema"] == "massline.mood/1"
    assert doc["seed"] == 7
    assert {"schema", "engine_version", "seed", "rests_on", "left_out", "result"} == set(doc)
    first = doc["result"]["sections"][0]
    assert {"day", "mean", "low90", "high90", "readings"} == set(first["series"][0])
    assert first["section"] == "Centre"


def test_an_update_with_known_movement_agrees_with_the_full_estimate() -> None:
    rows = quarters()
    before = mood_of([row for row in rows if row[0] < START + timedelta(days=84)])
    quick, full = mood_of(rows, previous=before.hyper), mood_of(rows)
    assert quick.hyper.span_days > before.hyper.span_days
    spread = np.sqrt(full.variance)
    assert np.abs(quick.eta - full.eta).max() < 1.0 * spread.max()


def test_one_source_that_reads_high_is_named_and_corrected() -> None:
    rows = []
    rng = np.random.default_rng(5)
    for week in range(20):
        for section in ("North", "South", "West"):
            for source, share in (("bea", 0.5), ("chen", 0.5), ("dina", 0.85)):
                up = int(rng.binomial(10, share))
                day = START + timedelta(days=7 * week)
                rows += [(day, section, 1, up, source), (day, section, 0, 10 - up, source)]
    mood = estimate(MoodReadings.from_rows(rows), seed=1)
    assert isinstance(mood, Mood)
    bias = {source.source: source for source in mood.sources}
    assert bias["dina"].low > 0.3
    assert bias["dina"].low > bias["bea"].high
    assert mood.scale.kind == "share"


def test_a_forecast_grows_less_sure_with_every_week_ahead() -> None:
    mood = mood_of(quarters(), until=START + timedelta(days=200))
    assert mood.days[-1] == START + timedelta(days=200)
    assert np.all(np.diff(mood.variance[0, -6:]) > 0)


def test_too_few_readings_is_an_answer() -> None:
    few = MoodReadings.from_rows([(START, "North", 1, 4), (START, "North", 0, 5)])
    assert estimate(few, seed=1) == NotEnough(have=9, need=20, what="readings")
    assert estimate(MoodReadings.from_rows([]), seed=1) == NotEnough(have=0, need=20, what="readings")


def test_everybody_saying_the_same_needs_the_other_answers_named() -> None:
    rows = [(START + timedelta(days=d), "North", 1, 10) for d in range(5)]
    assert estimate(MoodReadings.from_rows(rows), seed=1) == NotEnough(1, 2, "different answers")
    agreed = estimate(MoodReadings.from_rows(rows, steps=(0, 1)), seed=1)
    assert isinstance(agreed, Mood)
    assert agreed.mean[0, -1] > 0.8


def test_one_section_on_one_day_is_told_plainly() -> None:
    rows = [(START, "North", 1, 15), (START, "North", 0, 10)]
    mood = estimate(MoodReadings.from_rows(rows), seed=1)
    assert isinstance(mood, Mood)
    assert mood.mean.shape == (1, 1)
    assert mood.low[0, 0] < 0.6 < mood.high[0, 0]


def test_a_million_identical_readings_stay_finite() -> None:
    rows = [(START + timedelta(days=d), s, 1, 100_000) for d in range(5) for s in ("North", "South")]
    mood = estimate(MoodReadings.from_rows(rows, steps=(0, 1)), seed=1)
    assert isinstance(mood, Mood)
    assert np.all(np.isfinite(mood.mean))
    assert mood.mean.min() > 0.97


def test_a_section_heard_thousands_of_times_takes_days_together_and_loses_nobody() -> None:
    rng = np.random.default_rng(3)
    rows = []
    for day in range(400):
        for source in ("amal", "bea", "chen"):
            up = int(rng.binomial(5, 0.3 + 0.001 * day))
            rows += [
                (START + timedelta(days=day), "North", 1, up, source),
                (START + timedelta(days=day), "North", 0, 5 - up, source),
            ]
    mood = estimate(MoodReadings.from_rows(rows), seed=1, breaks=False)
    assert isinstance(mood, Mood)
    assert mood.days_together == 2
    assert mood.rests_on["readings"] == 6000 == mood.readings.sum()
    assert mood.mean[0, [0, -1]] == pytest.approx([0.3, 0.7], abs=0.06)


def test_what_does_not_fit_is_refused() -> None:
    readings = MoodReadings.from_rows(quarters(), steps=range(1, 6))
    with pytest.raises(ValueError, match="before the last reading"):
        estimate(readings, seed=1, until=START)
    with pytest.raises(ValueError, match="no reading has the item 'rent'"):
        estimate(readings, seed=1, item="rent")
