"""Which database a row lives in: the square's, the desk's, and never both."""

from typing import Any

from django.db.models import Model

SQUARE, DESK = "square", "desk"


def home_of(module: str) -> str | None:
    """Name the database of a module's models; None for jobs, which live beside the work they name."""
    if module.startswith("massline.jobs"):
        return None
    return SQUARE if module.startswith("massline.square.") else DESK


class TwoDoors:
    """Route by room; no relation and no table crosses the wall."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return home_of(model.__module__)

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return home_of(one.__module__) == home_of(other.__module__)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        from django.apps import apps

        home = home_of(apps.get_app_config(app_label).name + ".")
        return home is None or home == db
