"""Every binary column of every model is declared: sealed, and by what; or open, and why."""

import pytest
from django.apps import apps
from django.db import models

from massline.core.expiry import ExpiresAfter, organisation_path
from massline.core.sealed_columns import Sealed, open_columns, sealed_column, sealed_columns, sealed_models
from massline.desk.people.models import Contact


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("massline.")]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_binary_column_is_declared_once_and_every_declared_one_exists(
    model: type[models.Model],
) -> None:
    declared = [column.column for column in sealed_columns(model)]
    declared += [column.column for column in open_columns(model)]
    fields = {field.attname: field for field in model._meta.concrete_fields}
    assert len(declared) == len(set(declared))
    assert set(declared) <= set(fields)
    binary = {name for name, field in fields.items() if isinstance(field, models.BinaryField)}
    assert binary <= set(declared), f"Declare {binary - set(declared)} in sealed_columns or open_columns."
    assert not {column.column for column in open_columns(model) if column.column.startswith("sealed")}


def test_what_a_vault_seals_has_a_name_a_row_and_an_end() -> None:
    columns = [(model, column) for model, declared in sealed_models("vault") for column in declared]
    assert len(columns) >= 3
    for model, column in columns:
        assert column.as_, column
        assert isinstance(field_at(model, column.row), models.UUIDField), column
        assert organisation_path(model), "A change of the lock finds no organisation for these rows."
        assert ends(model), f"{model.__name__} would keep {column.column} for ever."
        assert not column.since or model._meta.get_field(column.column).null


def field_at(model: type[models.Model], path: str) -> object:
    first, _, rest = path.partition("__")
    field = model._meta.get_field(first)
    if not rest:
        return field
    assert isinstance(field.related_model, type)
    return field_at(field.related_model, rest)


def ends(model: type[models.Model]) -> bool:
    """Rows go by themselves, or with a row that does."""
    if isinstance(getattr(model, "lives", None), ExpiresAfter):
        return True
    above = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    cascades = [field for field in above if field.remote_field.on_delete is models.CASCADE]
    return any(isinstance(getattr(field.related_model, "lives", None), ExpiresAfter) for field in cascades)


def test_an_index_follows_a_vault_column_of_the_same_row() -> None:
    for model, declared in sealed_models("index"):
        names = {column.as_ for column in sealed_columns(model) if column.by == "vault"}
        assert {name for column in declared for name in column.as_.split()} <= names


def test_a_column_that_is_not_declared_is_refused_by_name() -> None:
    contact = Contact()
    assert sealed_column(Contact, "sealed_point") == Sealed("sealed_point", as_="point")
    assert sealed_column(Contact, "sealed_point").uuid_of(contact) == contact.uuid
    with pytest.raises(LookupError, match=r"Contact\.language is not declared"):
        sealed_column(Contact, "language")
