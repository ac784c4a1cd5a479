"""From an id in an address to a row of the room of decisions, if this account may see it."""

from typing import TypeVar

from django.db import models
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.states import Role

M = TypeVar("M", bound=models.Model)


def access_row(
    request: DeskRequest, org: str, model: type[M], pk: int, *, need: Role, path: str = "organisation"
) -> M:
    """Give a row of the room; `path` leads from it to its organisation."""
    organisation = access_organisation(request, org, need=need)
    first = path.partition("__")[0]
    rows = model._default_manager.select_related(first)
    return get_object_or_404(rows, pk=pk, **{path: organisation})
