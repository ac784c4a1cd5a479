"""Every model of the desk says whose its rows are, and every way to them goes by its manager."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from massline.desk.people.models import Organisation, Section
from massline.desk.people.scope import (
    ScopedManager,
    path_of,
)

# Every model of the desk that stands outside, and why.
OUTSIDE = {
    "people.Account": "an organiser may be in several organisations; looked up before any is open",
    "people.Organisation": "what opens; reached through a membership alone",
    "people.Membership": "says which organisations may be opened, so it is read before one is",
    "people.Passkey": "goes with an account",
    "people.CodeApp": "goes with an account",
    "people.RecoveryCode": "goes with an account",
    "people.DeskSession": "goes with an account, and is read before anybody is known",
    "guard.AccountKey": "goes with an account",
    "guard.HeadLeaf": "a digest of all chains together, published",
    "guard.BackupRun": "a backup of the whole house",
}


def desk_models() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("massline.desk.")]


def faults_of(model: type[models.Model]) -> list[str]:
    """What is wrong with how a model declares whose it is."""
    path_, label = path_of(model), model._meta.label
    if not path_:
        return [] if label in OUTSIDE else [f"{label} has no Scoped manager and stands in no list"]
    found = [f"{label} is scoped and stands outside"] if label in OUTSIDE else []
    for manager in (*model._meta.managers, model._default_manager, model._base_manager):
        if not isinstance(manager, ScopedManager):
            found.append(f"{label}.{manager.name} goes around the scope")
    here: Any = model
    *above, last = path_.split("__")
    for step in above:
        here = here._meta.get_field(step).related_model
        if not path_of(here):
            found.append(f"{label} goes through {here._meta.label}, which is not scoped")
    if here._meta.get_field(last).related_model is not Organisation:
        found.append(f"{label}: the path {path_} ends in no organisation")
    return found


def test_every_model_of_the_desk_says_whose_it_is_or_why_it_does_not() -> None:
    assert [fault for model in desk_models() for fault in faults_of(model)] == []
    assert set(OUTSIDE) <= {model._meta.label for model in desk_models()}
    assert all(OUTSIDE.values())


def test_a_manager_that_goes_around_the_scope_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plain: Any = models.Manager()
    plain.contribute_to_class(Section, "planted")
    try:
        assert faults_of(Section) == ["people.Section.planted goes around the scope"]
    finally:
        about: Any = Section._meta
        about.local_managers = [one for one in about.local_managers if one is not plain]
        about._expire_cache()
        del Section.planted  # type: ignore[attr-defined]
    monkeypatch.setattr(Section._meta.managers[0], "path", "")
    assert faults_of(Section) == ["people.Section has no Scoped manager and stands in no list"]


@isolate_apps("massline.desk.people")
def test_a_model_that_declares_its_manager_is_behind_the_wall_with_every_look_up_of_djangos() -> None:
    class Drawer(models.Model):
        organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
        objects = ScopedManager("organisation")

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return "a drawer"

    class Furniture(models.Model):
        objects = ScopedManager("organisation")

        class Meta:
            app_label = "people"
            abstract = True

    assert path_of(Drawer) == "organisation"
    assert Drawer._meta.base_manager_name == "objects"
    assert models.signals.pre_save.has_listeners(Drawer)
    assert not models.signals.pre_save.has_listeners(Furniture)
    assert Furniture._meta.base_manager_name is None
