"""Scope of worker jobs: the organisation a job is about; rounds, and jobs about none, reach every organisation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models

from massline.core.expiry import organisation_path
from massline.desk.people.scope import scope_to_everything, scope_to_keys
from massline.jobs.registry import FindOwner, wrap_jobs


@contextmanager
def open_scope(name: str, find_owner: FindOwner | None) -> Iterator[None]:
    """Open the organisation that a job is about, or nothing where its row is gone."""
    if find_owner is None:
        with scope_to_everything(name):
            yield
        return
    with scope_to_everything(f"whose is {name}?"):
        owner = find_owner()
    with scope_to_keys([] if owner is None else [owner], name):
        yield


def organisation_key_of_row(model: type[models.Model], **row: Any) -> int | None:
    """The primary key of the organisation that a row belongs to; None where the row is gone."""
    path = organisation_path(model)
    found: int | None = model._base_manager.filter(**row).values_list(path or "pk", flat=True).first()
    return found


wrap_jobs(open_scope)
