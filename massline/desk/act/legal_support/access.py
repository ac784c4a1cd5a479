"""Rows of legal support by their id in a URL, if this account may see them."""

from typing import TypeVar

from django.db import models
from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role

M = TypeVar("M", bound=models.Model)


def access_legal_row(request: DeskRequest, org: str, model: type[M], pk: int, *, need: Role) -> M:
    organisation = access_organisation(request, org, need=need)
    rows = model._default_manager.select_related("organisation")
    return get_object_or_404(rows, organisation=organisation, pk=pk)
