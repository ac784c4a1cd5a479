"""`makemigrations` that a new wording alone does not set off: labels and hints are no part of a table."""

from typing import Any

from django.core.management.commands import makemigrations
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector

WORDS = ("help_text", "verbose_name")


class TableAutodetector(MigrationAutodetector):
    """Compare fields by what the database knows of them: the values of choices, not their labels."""

    def deep_deconstruct(self, obj: Any) -> Any:
        deconstructed = super().deep_deconstruct(obj)
        if not isinstance(obj, models.Field):
            return deconstructed
        path, args, kwargs = deconstructed
        kept = {name: value for name, value in kwargs.items() if name not in WORDS}
        if kept.get("choices"):
            kept["choices"] = [value for value, _label in kept["choices"]]
        return path, args, kept


class Command(makemigrations.Command):
    autodetector = TableAutodetector
