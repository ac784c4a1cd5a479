"""Rows that hold what no page would take: a day nobody can mean, an unknown zone, text that breaks formats, lost seals,
and JSON of another shape.

Written past every form, as a restored backup, an older version or a broken import might have left them.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import DataError, IntegrityError, connections, models, transaction

from massline.desk.people.models import Organisation
from massline.desk.people.scope import path_of
from massline.square.organisations.models import PublicOrganisation
from tests.wall.compartments import Compartment

BROKEN_TEXT = "\x0b\x07\u202e\ufffe ]]></b>{{ x }}%s\"'\\\r\nEND:VCALENDAR " + "W" * 46 + "\U0001f9ea" * 300
LONG_NUMBER = 32_767

# By these a row is found; a page that is asked for by another key is another page.
FOUND_BY = {
    "slug",
    "uuid",
    "key",
    "code",
    "token_hash",
    "conversation",
    "report",
    "secret",
    "token",
    "session_key",
}
# What says that something is over or sealed; then its page or file is rightly refused.
OVER = {"closed_on", "results"}
# Whoever reads must be able to: their own login and open vault stay whole.
OF_THE_READER = "massline.desk.guard.keys"
ZONES = {"timezone", "zone"}
# A box that lost its ballots takes no more of them, rather than counting one twice.
HELD_STRICTLY = {"receipts"}

Fault = Callable[["models.Field[Any, Any]"], Any]


def _days(day: str) -> Fault:
    def fault(column: "models.Field[Any, Any]") -> Any:
        if isinstance(column, models.DateTimeField):
            return f"{day} 23:59:59.999999" if day > "5" else f"{day} 00:00:00"
        return day if isinstance(column, models.DateField) else None

    return fault


def _zones(column: "models.Field[Any, Any]") -> Any:
    if column.name in ZONES:
        return "Mars/Olympus"
    if column.name in {"language", "country"}:
        return "qq"
    return "nosuch" if column.choices and isinstance(column, models.CharField) else None


def _text(column: "models.Field[Any, Any]") -> Any:
    is_text = isinstance(column, (models.CharField, models.TextField))
    if not is_text or column.choices or column.name in ZONES | {"language", "country"}:
        return None
    return BROKEN_TEXT[: column.max_length or 400]


def _numbers(column: "models.Field[Any, Any]") -> Any:
    return LONG_NUMBER if isinstance(column, models.IntegerField) else None


def _seals(column: "models.Field[Any, Any]") -> Any:
    is_seal = isinstance(column, models.BinaryField) and column.name.startswith("sealed")
    return b"\x01" * 60 if is_seal else None


def _nothing(column: "models.Field[Any, Any]") -> Any:
    if isinstance(column, (models.CharField, models.TextField)):
        return ""
    return None


HUGE = 10**30
ODD_ITEMS = [
    {"nosuch": 1},
    [1e300, None],
    HUGE,
    None,
    "x",
    [[]],
    {"text": "x"},
    [9, 1],
    [-1, HUGE],
    {"text": 3, "source": 4},
]
# Every key that a map of ours has, each with what cannot be meant.
ODD_ENTRIES: dict[str, Any] = {
    **dict.fromkeys(("people", "voices", "imported", "votes", "sections", "sections_of"), "many"),
    **dict.fromkeys(("forecast", "came", "headcount", "new_people", "participants"), HUGE),
    "starts_at": "yesterday",
    "ends_at": "2026-13-41T99:00",
    "place": None,
    "title": 7,
    "file": 7,
    "kind": "nosuch",
    "columns": ["nosuch", 3],
    "section": "x",
    "answers": ["x"],
    "room": {"West": "many", "East": HUGE},
    "open": {"1": {"counts": {"West": 3}, "cells": [{"section": 1}]}, "x": 3},
    "1": None,
    "x": 1,
}


def _with_json(fault: Fault, document: Any) -> Fault:
    """The same fault, which leaves a column of JSON in this state."""
    written = json.dumps(document)

    def both(column: "models.Field[Any, Any]") -> Any:
        is_json = isinstance(column, models.JSONField) and column.name not in HELD_STRICTLY
        return written if is_json else fault(column)

    return both


FAULTS: dict[str, Fault] = {
    "far days": _with_json(_days("9999-12-31"), None),
    "days before clocks": _with_json(_days("0001-01-01"), ODD_ITEMS),
    "unknown zones, languages and states": _with_json(_zones, ODD_ENTRIES),
    "broken text": _with_json(_text, BROKEN_TEXT),
    "large numbers": _with_json(_numbers, HUGE),
    "seals that do not open": _with_json(_seals, [[], {}, [None], ODD_ENTRIES]),
    "no text": _with_json(_nothing, {}),
}


def break_a_row_of_each_kind(home: Compartment, fault: Fault) -> list[str]:
    """Break one row of each model that belongs to this organisation; return the columns that took it."""
    return [name for model in owned_models() for name in break_row(home, model, fault)]


def break_row(home: Compartment, model: type[models.Model], fault: Fault) -> list[str]:
    row = row_of(home, model)
    if row is None:
        return []
    database = "desk" if model.__module__.startswith("massline.desk.") else "square"
    return [
        f"{model.__name__}.{column.name}"
        for column in model._meta.concrete_fields
        if not (column.primary_key or column.is_relation or column.name in FOUND_BY | OVER)
        and (value := fault(column)) is not None
        and _write(database, model, column, row.pk, value)
    ]


def _write(
    database: str, model: type[models.Model], column: "models.Field[Any, Any]", pk: Any, value: Any
) -> bool:
    """Write past Django; False where the database itself refuses such a value."""
    pk_column = model._meta.pk
    assert pk_column is not None
    key = pk_column.get_db_prep_value(pk, connections[database])
    try:
        with transaction.atomic(using=database), connections[database].cursor() as cursor:
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{column.column}" = %s WHERE "{pk_column.column}" = %s',
                [value, key],
            )
            return bool(cursor.rowcount == 1)
    except (IntegrityError, DataError):
        return False


def owned_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        ours = model.__module__.startswith(("massline.desk.", "massline.square."))
        if ours and not model.__module__.startswith(OF_THE_READER) and _path(model):
            yield model


def row_of(home: Compartment, model: type[models.Model]) -> models.Model | None:
    """The organisation's own row for itself, and of every other model the one with the lowest key."""
    if model is Organisation:
        return home.organisation
    owner = home.organisation if model.__module__.startswith("massline.desk.") else None
    face = owner or PublicOrganisation.objects.get(uuid=home.organisation.uuid)
    if model is PublicOrganisation:
        return face
    return model._base_manager.filter(**{_path(model): face.pk}).order_by("pk").first()


def _path(model: type[models.Model]) -> str:
    """The way from a row to its organisation, in the words of a filter; empty where there is none."""
    if model in {Organisation, PublicOrganisation}:
        return "pk"
    if model.__module__.startswith("massline.desk."):
        return path_of(model)
    return _way_to_the_face(model, ())


def _way_to_the_face(model: type[models.Model], seen: tuple[type[models.Model], ...]) -> str:
    for column in model._meta.concrete_fields:
        above = column.related_model if isinstance(column, models.ForeignKey) else None
        if above is PublicOrganisation:
            return column.name
        if isinstance(above, type) and issubclass(above, models.Model) and above not in (*seen, model):
            further = _way_to_the_face(above, (*seen, model))
            if further:
                return f"{column.name}__{further}"
    return ""
