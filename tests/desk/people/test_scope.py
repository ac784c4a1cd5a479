"""Without an open scope no row of the desk is reached; with one, no other organisation's."""

from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.people.models import Account, Contact, NextStep, Section
from massline.desk.people.scope import (
    OutOfScope,
    Scope,
    Unscoped,
    current_scope,
    no_scope,
    open_for_request,
    scope_to,
    scope_to_everything,
    widen_for_request,
    widen_scope,
)
from massline.jobs.models import Job, enqueue
from massline.jobs.registry import JOB_TYPES, JobType
from massline.jobs.worker import do_all
from tests.conftest import DoorClient


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
