"""Ids of fields where a page holds several forms, so that each label leads to its own field."""

from collections.abc import Mapping
from typing import Any

from django import forms


def give_own_ids(page: Mapping[str, Any]) -> None:
    """Begin the ids of each form's fields with the name under which the page has the form."""
    for name, value in page.items():
        if isinstance(value, forms.BaseForm):
            value.auto_id = f"{name}_%s"
