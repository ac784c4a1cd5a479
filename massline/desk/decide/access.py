"""Rows of this wing, read from an id in an address, for accounts that may see them."""

from typing import TypeVar

from django.db import models
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.scope import path_of

M = TypeVar("M", bound=models.Model)


def access_row(request: DeskRequest, org: str, model: type[M], pk: int, *, need: Role) -> M:
    """Return a row of the organisation, by the path that its model declares; 404 for any other."""
    organisation = access_organisation(request, org, need=need)
    path = path_of(model)
    rows = model._default_manager.select_related(path.partition("__")[0])
    return get_object_or_404(rows, pk=pk, **{path: organisation})
