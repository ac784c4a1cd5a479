"""The database of each model: the square's or the desk's, never both."""

from typing import Any

from django.db.models import Model

SQUARE, DESK = "square", "desk"


def database_of_module(module: str) -> str | None:
    """Name the database of a module's models; None for jobs, which live beside the work they name."""
    if module.startswith("massline.jobs"):
        return None
    return SQUARE if module.startswith("massline.square.") else DESK


class DoorRouter:
    """Route each model to its database; no relation and no table crosses between them."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return database_of_module(model.__module__)

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return database_of_module(one.__module__) == database_of_module(other.__module__)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        from django.apps import apps

        home = database_of_module(apps.get_app_config(app_label).name + ".")
        return home is None or home == db
