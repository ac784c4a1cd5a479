"""Lifetimes of rows, declared on their models, and the sweep that deletes expired rows.

Every model of the house says either `lives = ExpiresAfter(...)` or `lives = NoOwnExpiry(...)`; a test fails where one says neither.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from massline.core.db.erasure import erase_after_commit
from massline.core.sealed_columns import sealed_columns


@dataclass(frozen=True)
class ExpiresAfter:
    """Rows are gone so many days after the day, or moment, in `since`; a null there means: not yet.

    `unless` names a relation: rows that something else rests on are left. A legal hold of the organisation
    a row belongs to keeps it; with `held=False` it goes all the same (an open vault is no evidence).
    `public` rows are on the public page anyway.
    """

    since: str
    days: int = 0
    unless: str = ""
    held: bool = True
    public: bool = False


@dataclass(frozen=True)
class NoOwnExpiry:
    """Rows stay, because they hold nothing about a person, or go with the row they belong to."""

    why: str
    public: bool = False


def declared_lifetimes() -> dict[type[models.Model], ExpiresAfter | NoOwnExpiry | None]:
    """Return each model with its declared lifetime."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("massline.")]
    return {model: getattr(model, "lives", None) for model in ours}


COMPARTMENTS = {"people.Organisation", "organisations.PublicOrganisation"}
HELD: dict[str, Callable[[], set[UUID]]] = {}


def register_holds(database: str) -> Callable[[Callable[[], set[UUID]]], Callable[[], set[UUID]]]:
    """Register who says which organisations of a database are under a legal hold."""

    def register(function: Callable[[], set[UUID]]) -> Callable[[], set[UUID]]:
        HELD[database] = function
        return function

    return register


def held_organisations(database: str) -> set[UUID]:
    return HELD[database]() if database in HELD else set()


def organisation_path(model: type[models.Model]) -> str | None:
    """The shortest way from a row to its organisation, as in report__round__organisation; None where there is none."""
    if model._meta.label in COMPARTMENTS:
        return ""
    seen, waiting = {model}, [(model, "")]
    while waiting:
        here, path = waiting.pop(0)
        for field in here._meta.concrete_fields:
            other = field.related_model
            if isinstance(other, type) and issubclass(other, models.Model) and other not in seen:
                if other._meta.label in COMPARTMENTS:
                    return f"{path}{field.name}"
                seen.add(other)
                waiting.append((other, f"{path}{field.name}__"))
    return None


def rows_of_organisation(
    model: type[models.Model], organisation: UUID
) -> "models.QuerySet[models.Model] | None":
    """Every row of a model that belongs to one organisation; None for models that belong to none."""
    path = organisation_path(model)
    if path is None:
        return None
    return model._base_manager.filter(**{f"{path}__uuid" if path else "uuid": organisation})


def expired_rows(
    model: type[models.Model], keep: ExpiresAfter, *, on: date | None = None
) -> "models.QuerySet[models.Model]":
    """Return the rows whose time is over, today or on another day, those under a legal hold left out."""
    last = (on or timezone.localdate()) - timedelta(days=keep.days)
    moment = datetime.combine(last, time.min, tzinfo=timezone.get_current_timezone())
    limit = moment if isinstance(_field(model, keep.since), models.DateTimeField) else last
    rows = model._base_manager.filter(**{f"{keep.since}__lt": limit})
    if keep.unless:
        rows = rows.filter(**{f"{keep.unless}__isnull": True})
    path, held = organisation_path(model), held_organisations(model._base_manager.db) if keep.held else set()
    return rows.exclude(**{f"{path}__uuid__in": held}) if path and held else rows


def _field(model: type[models.Model], path: str) -> object:
    """Follow a path like report__day to the field it ends in."""
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)
    if rest and field.related_model is not None and not isinstance(field.related_model, str):
        return _field(field.related_model, rest)
    return field


def delete_expired_rows(database: str) -> dict[str, int]:
    """Delete what has outlived its time in one database; give how many rows of each kind. A legal hold of the whole installation stops it."""
    if settings.LEGAL_HOLD:
        return {}
    gone = {}
    for model, keep in declared_lifetimes().items():
        if isinstance(keep, ExpiresAfter) and model._base_manager.db == database:
            count = expired_rows(model, keep).delete()[1].get(model._meta.label, 0)
            if count:
                gone[model._meta.label] = count
    if gone:
        erase_after_commit(database)
    return gone


def blank_expired_columns(database: str) -> int:
    """Blank the sealed columns of one database whose time is over before their row's; return how many values.

    What people told us for one day goes under a legal hold as well.
    """
    blanked = 0
    for model in declared_lifetimes():
        for column in sealed_columns(model):
            if column.since and model._base_manager.db == database:
                rows = expired_rows(model, ExpiresAfter(column.since, column.days, held=False))
                blanked += rows.exclude(**{column.column: None}).update(**{column.column: None})
    if blanked:
        erase_after_commit(database)
    return blanked
