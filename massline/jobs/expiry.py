"""How long each kind of row lives, and the sweep that ends it.

Every model of the house says either `lives = Keep(...)` or `lives = Stays(...)`; a test fails where one says neither.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone


@dataclass(frozen=True)
class Keep:
    """Rows are gone so many days after the day, or moment, in `since`; a null there means: not yet.

    `unless` names a relation: rows that something else rests on are left.
    """

    since: str
    days: int = 0
    unless: str = ""


@dataclass(frozen=True)
class Stays:
    """Rows stay, because they hold nothing about a person, or go with the row they belong to."""

    why: str


def declared() -> dict[type[models.Model], Keep | Stays | None]:
    """Give what each model of the house says about its life."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("massline.")]
    return {model: getattr(model, "lives", None) for model in ours}


def expired(model: type[models.Model], keep: Keep) -> "models.QuerySet[models.Model]":
    """Give the rows whose time is over."""
    last = timezone.localdate() - timedelta(days=keep.days)
    moment = datetime.combine(last, time.min, tzinfo=timezone.get_current_timezone())
    limit = moment if isinstance(_field(model, keep.since), models.DateTimeField) else last
    rows = model._base_manager.filter(**{f"{keep.since}__lt": limit})
    return rows.filter(**{f"{keep.unless}__isnull": True}) if keep.unless else rows


def _field(model: type[models.Model], path: str) -> object:
    """Follow a path like report__day to the field it ends in."""
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)
    if rest and field.related_model is not None and not isinstance(field.related_model, str):
        return _field(field.related_model, rest)
    return field


def sweep(database: str) -> dict[str, int]:
    """Delete what has outlived its time in one database; give how many rows of each kind. A legal hold stops it."""
    if settings.LEGAL_HOLD:
        return {}
    gone = {}
    for model, keep in declared().items():
        if isinstance(keep, Keep) and model._base_manager.db == database:
            count = expired(model, keep).delete()[1].get(model._meta.label, 0)
            if count:
                gone[model._meta.label] = count
    return gone
