"""Declarations of sealed columns: which columns nobody reads without a key, and what opens each of them.

A model declares them beside `lives`:

    sealed_columns = (Sealed("sealed_needs", as_="needs", row="contact__uuid", since="event__ends_at"),)

Changing the lock, the seizure audit and erasure read these declarations. A binary column that may be read is
declared as well, with its reason: `open_columns = (Open("public_key", "the public half of a key pair"),)`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal
from uuid import UUID

from django.apps import apps
from django.db import models

SealedBy = Literal[
    "vault",  # the organisation's open vault, bound to row and column; a change of the lock encrypts it anew
    "index",  # a keyed hash of the vault columns named in `as_`; a change of the lock computes it anew
    "envelope",  # the organisation's private key, or one before it
    "courier",  # a file that the worker alone can read
    "holder",  # a key-holder's private key
    "passphrase",  # somebody's passphrase
    "paper",  # the sheets of the recovery
    "cookie",  # the half of the key in a cookie
    "link",  # the secret in the link of an invitation or of a sign-up
    "server",  # the server's own secret
    "digest",  # nothing: a hash
]


@dataclass(frozen=True)
class Sealed:
    """A sealed column.

    `as_` is the name and `row` the path to the uuid that the vault binds a value to. A column with `since` is
    blanked so many days after that day or moment, before its row goes.
    """

    column: str
    by: SealedBy = "vault"
    as_: str = ""
    row: str = "uuid"
    since: str = ""
    days: int = 0

    def uuid_of(self, row: models.Model) -> UUID:
        """Return the uuid to which the vault binds this column of a row."""
        found: Any = reduce(getattr, self.row.split("__"), row)
        assert isinstance(found, UUID)
        return found


@dataclass(frozen=True)
class OpenColumn:
    """A binary column that is readable without a key, and why that does no harm."""

    column: str
    why: str


def sealed_columns(model: type[models.Model]) -> tuple[Sealed, ...]:
    return getattr(model, "sealed_columns", ())


def open_columns(model: type[models.Model]) -> tuple[OpenColumn, ...]:
    return getattr(model, "open_columns", ())


def sealed_column(model: type[models.Model], column: str) -> Sealed:
    """Return the declaration of one column. Raises LookupError where the model has none."""
    for declared in sealed_columns(model):
        if declared.column == column:
            return declared
    raise LookupError(f"{model.__name__}.{column} is not declared in sealed_columns.")


def sealed_models(*by: SealedBy) -> Iterator[tuple[type[models.Model], tuple[Sealed, ...]]]:
    """Yield each model with those of its sealed columns that are closed in one of these ways."""
    for model in apps.get_models():
        columns = tuple(column for column in sealed_columns(model) if column.by in by)
        if columns:
            yield model, columns
