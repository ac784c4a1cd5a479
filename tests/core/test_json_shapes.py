"""Columns of JSON are read by one reader each; what has another shape is as if it were not there."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from massline.core import json_shapes as shapes
from massline.core.json_shapes import ShapedField

# A job is refused by its own function, and a ballot box that lost its ballots takes no more of them.
HELD_STRICTLY = {"jobs.Job.payload", "decide.BallotBox.receipts"}
QUOTE = shapes.record(text=shapes.string, source=shapes.string, optional={"day": shapes.string})


def test_every_column_of_json_has_a_reader() -> None:
    bare = {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        if model.__module__.startswith("massline.")
        for column in model._meta.concrete_fields
        if isinstance(column, models.JSONField) and getattr(column, "shape", None) is None
    }
    assert bare == HELD_STRICTLY


@pytest.mark.parametrize(
    ("reader", "stored", "read"),
    [
        (shapes.list_of(shapes.whole_number), [1, "2", None, True, 10**30, 1.5, 3], [1, 3]),
        (
            shapes.list_of(QUOTE),
            [{"text": "a", "source": "b", "x": 1}, {"text": "a"}, 7],
            [{"text": "a", "source": "b"}],
        ),
        (shapes.map_of(shapes.whole_number, key=shapes.digits), {"1": 2, "x": 3, "4": "5"}, {"1": 2}),
        (
            shapes.options(
                room=shapes.map_of(shapes.whole_number), came=shapes.nullable(shapes.whole_number)
            ),
            {"room": {"a": 1, "b": "c"}, "came": None, "older": 3},
            {"room": {"a": 1}, "came": None},
        ),
        (
            shapes.list_of(shapes.tuple_of(shapes.number, shapes.number)),
            [[1, 2.5], [1], [1, float("nan")]],
            [[1, 2.5]],
        ),
    ],
)
def test_what_has_another_shape_is_left_out(reader: shapes.Reader, stored: Any, read: Any) -> None:
    assert reader(stored) == read


@pytest.mark.parametrize("written", ["{torn", "null", '"words"', "[1, 2]"])
def test_a_column_of_another_shape_is_what_a_new_row_would_have(written: str) -> None:
    column = ShapedField(shapes.map_of(shapes.whole_number), default=dict)
    expression = models.expressions.Col("alias", column)
    assert column.from_db_value(written, expression, None) == {}


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-02T18:00:00"])
def test_a_moment_has_a_zone(moment: str) -> None:
    with pytest.raises(ValueError, match=r"zone|isoformat"):
        shapes.moment(moment)
