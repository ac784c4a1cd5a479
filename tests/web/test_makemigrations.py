"""A new wording sets off no migration; a change of the table does."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models

from massline.desk.sumup.claims.models import SumUp
from massline.web.management.commands import makemigrations, migrate


def _is_missing() -> bool:
    try:
        call_command("makemigrations", "sumup", check=True, dry_run=True, stdout=StringIO())
    except SystemExit:
        return True
    return False


def _field(name: str) -> "models.Field[object, object]":
    return SumUp._meta.get_field(name)  # type: ignore[return-value]


def test_labels_and_hints_are_no_part_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    state = _field("state")
    monkeypatch.setattr(state, "choices", [(value, f"{label} anew") for value, label in state.choices or ()])
    monkeypatch.setattr(_field("heard"), "help_text", "another hint")
    assert not _is_missing()


@pytest.mark.parametrize(
    ("name", "attribute", "value"), [("title", "max_length", 161), ("heard", "null", True)]
)
def test_a_change_of_the_table_is_seen(
    monkeypatch: pytest.MonkeyPatch, name: str, attribute: str, value: object
) -> None:
    monkeypatch.setattr(_field(name), attribute, value)
    assert _is_missing()


def test_both_commands_look_with_the_same_eye() -> None:
    assert migrate.Command.autodetector is makemigrations.Command.autodetector
