"""Without an open scope no row of the desk is reached; with one, no other organisation's."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.test.utils import isolate_apps
from django.urls import path

from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.people.models import Account, Contact, NextStep, Organisation, Section
from massline.desk.people.scope import (
    OutOfScope,
    Scope,
    ScopedManager,
    Unscoped,
    current_scope,
    no_scope,
    open_for_request,
    path_of,
    scope_to,
    scope_to_everything,
    widen_for_request,
    widen_scope,
)
from massline.jobs.models import Job, enqueue
from massline.jobs.registry import JOB_TYPES, JobType
from massline.jobs.worker import do_all
from tests.conftest import DoorClient

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


@pytest.fixture
def homes(riverside: Any, harbour: Any) -> tuple[Any, Any]:
    Section.objects.create(organisation=harbour, name="Quay House", headcount=64)
    return riverside, harbour


def test_with_no_scope_every_way_to_a_row_raises(homes: tuple[Any, Any]) -> None:
    section = Section.objects.filter(organisation=homes[0]).earliest("pk")
    with no_scope():
        for reach in (
            lambda: Section.objects.count(),
            lambda: list(homes[0].sections.all()),
            lambda: get_object_or_404(Section, pk=section.pk),
            lambda: section.refresh_from_db(),
            lambda: section.save(),
            lambda: Section.objects.bulk_create([Section(organisation=homes[0], name="x", headcount=1)]),
            lambda: Section._base_manager.first(),
        ):
            with pytest.raises(Unscoped, match="no scope is open"):
                reach()
        assert not Section.objects.none().exists()


def test_another_organisations_rows_are_not_there(homes: tuple[Any, Any]) -> None:
    riverside, harbour = homes
    theirs = Section.objects.get(organisation=harbour)
    with scope_to(riverside):
        assert set(Section.objects.values_list("organisation", flat=True)) == {riverside.pk}
        assert not harbour.sections.exists()
        assert Section.objects.filter(pk=theirs.pk).update(headcount=1) == 0
        assert Section.objects.filter(pk=theirs.pk).delete()[0] == 0
        with pytest.raises(Http404):
            get_object_or_404(Section, pk=theirs.pk)
        with pytest.raises(Section.DoesNotExist):
            theirs.refresh_from_db()
        with widen_scope([harbour.pk, None], "a test"):
            assert theirs in Section.objects.all()
        assert theirs not in Section.objects.all()
    assert theirs in Section.objects.all()


def test_nothing_is_written_into_another_organisation(homes: tuple[Any, Any], amal: Account) -> None:
    riverside, harbour = homes
    contact = Contact.objects.create(
        organisation=harbour,
        sealed_name=b"x" * 64,
        sealed_point=b"x" * 64,
        epoch=1,
        source="asked",
        keep_until="2099-01-01",
    )
    ours = Section.objects.filter(organisation=riverside).earliest("pk")
    unloaded = NextStep(contact_id=contact.pk, owner=amal, what="Come")
    with scope_to(riverside):
        for row in (
            Section(organisation=harbour, name="new", headcount=1),
            NextStep(contact=contact, owner=amal, what="Come"),
            unloaded,
        ):
            with pytest.raises(OutOfScope):
                row.save()
        with pytest.raises(OutOfScope):
            Section.objects.bulk_create([Section(organisation=harbour, name="new", headcount=1)])
        ours.organisation = harbour
        with pytest.raises(OutOfScope):
            ours.save()
    assert Section.objects.filter(organisation=harbour).count() == 1
    assert not NextStep.objects.exists()


def test_a_part_of_a_row_is_written_without_asking_whose_it_is_unless_that_is_the_part(
    homes: tuple[Any, Any],
) -> None:
    riverside, harbour = homes
    ours = Section.objects.filter(organisation=riverside).earliest("pk")
    theirs = Section.objects.get(organisation=harbour)
    with scope_to(riverside):
        ours.headcount = 7
        ours.save(update_fields=["headcount"])
        ours.organisation = harbour
        with pytest.raises(OutOfScope):
            ours.save(update_fields=["organisation"])
        theirs.headcount = 7
        with pytest.raises(DatabaseError, match="did not affect any rows"), transaction.atomic(using="desk"):
            theirs.save(update_fields=["headcount"])
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.organisation, ours.headcount, theirs.headcount) == (riverside, 7, 64)


def test_a_row_below_another_is_asked_for_by_its_number_alone(riverside: Any, amal: Account) -> None:
    contact = Contact.objects.create(
        organisation=riverside,
        sealed_name=b"x" * 64,
        sealed_point=b"x" * 64,
        epoch=1,
        source="asked",
        keep_until="2099-01-01",
    )
    with scope_to(riverside):
        NextStep(contact_id=contact.pk, owner=amal, what="Come").save()
        assert NextStep.objects.get().contact == contact
    below_nothing = NextStep(owner=amal, what="Come")
    with scope_to(None), pytest.raises(IntegrityError), transaction.atomic(using="desk"):
        below_nothing.save()  # the installation's own, so it is the database that refuses
    with scope_to(riverside), pytest.raises(OutOfScope):
        below_nothing.save()


def test_a_page_may_look_at_more_until_its_answer(homes: tuple[Any, Any]) -> None:
    riverside, harbour = homes
    with no_scope():
        with pytest.raises(Unscoped):
            widen_for_request([harbour.pk], "a test")
        open_for_request(riverside)
        widen_for_request([harbour.pk, None], "a test")
        assert current_scope() == Scope(frozenset({riverside.pk, harbour.pk}), "a test")
    with scope_to_everything("a test"):
        widen_for_request([harbour.pk], "another")
        with widen_scope([harbour.pk], "another"):
            assert current_scope() == Scope(None, "a test")
    assert Scope(None, "a test").filter("organisation") == models.Q()


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


def test_what_belongs_to_the_installation_is_opened_by_its_own_scope(riverside: Any) -> None:
    AuditLine.objects.create(sequence=1, verb="began", subject="installation", previous="", digest="")
    with scope_to(None):
        assert [line.organisation_id for line in AuditLine.objects.all()] == [None]
        assert not OrganisationKey.objects.exists()
    with scope_to(riverside):
        assert not AuditLine.objects.filter(organisation=None).exists()


@login_not_required
def asks_at_once(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Section.objects.count()))


@login_not_required
def shows_the_scope(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(current_scope()))


urlpatterns = [path("at-once/", asks_at_once), path("scope/", shows_the_scope)]


def test_a_page_does_not_inherit_what_is_open_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a test's own scope nor that of the request before, in the same thread."""
    monkeypatch.setattr("massline.urls_desk.urlpatterns", urlpatterns)
    from django.urls import clear_url_caches

    clear_url_caches()
    try:
        client = DoorClient("desk")
        with scope_to_everything("around"):
            assert client.get("/scope/").content == b"None"
            with pytest.raises(Unscoped):
                client.get("/at-once/")
            assert current_scope() is not None
    finally:
        clear_url_caches()


def test_a_job_sees_everything_and_closes_it_again(homes: tuple[Any, Any]) -> None:
    seen: list[tuple[int, str]] = []

    def look() -> None:
        scope = current_scope()
        seen.append((Section.objects.count(), scope.why if scope else ""))

    JOB_TYPES["test.look"] = JobType(look, repeatable=False)
    try:
        with no_scope():
            enqueue("test.look", using="desk")
            do_all("desk")
            assert current_scope() is None
    finally:
        del JOB_TYPES["test.look"]
    assert seen == [(3, "test.look")]
    assert not Job.objects.using("desk").exists()
