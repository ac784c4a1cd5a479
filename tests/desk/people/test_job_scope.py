"""A job of the worker reaches the organisation that its row belongs to, and no other."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.people.models import Organisation
from massline.desk.people.scope import Scope, current_scope
from massline.jobs.models import enqueue
from massline.jobs.registry import JOB_TYPES, JobType, job_context
from massline.jobs.worker import do_all

# It rewrites a database file, whoever's rows are in it.
OF_NOBODY = {"guard.scrub"}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Scope | None]:
    """The scope of each job that runs, in place of what it does."""
    scopes: list[Scope | None] = []

    def look(**_payload: Any) -> None:
        scopes.append(current_scope())

    for name, kind in list(JOB_TYPES.items()):
        monkeypatch.setitem(JOB_TYPES, name, JobType(look, kind.repeatable, kind.lane, kind.owner))
    return scopes


def test_every_job_of_the_desk_says_whose_it_is() -> None:
    of_the_desk = {
        name for name, kind in JOB_TYPES.items() if kind.run.__module__.startswith("massline.desk")
    }
    assert {name for name in of_the_desk if JOB_TYPES[name].owner is None} == OF_NOBODY
    assert len(of_the_desk) > 10


def test_a_job_sees_the_rows_of_its_own_organisation_alone(
    riverside: Organisation, harbour: Organisation, tomorrow: date, seen: list[Scope | None]
) -> None:
    now = timezone.now()
    heating = round_actions.open_round(organisation=riverside, question="Heat?", closes_on=tomorrow, by=None)
    event = Event.objects.create(organisation=harbour, title="Meeting", starts_at=now, ends_at=now)
    enqueue("sumup.find_themes", using="desk", round_pk=heating.pk)
    enqueue("sumup.take_mood", using="desk", organisation_pk=harbour.pk)
    enqueue("act.tell_change", using="desk", event=str(event.uuid), was={})
    do_all("desk")
    found = [scope.organisations for scope in seen if scope is not None]
    assert found == [frozenset({riverside.pk}), frozenset({harbour.pk}), frozenset({harbour.pk})]


def test_where_its_row_is_gone_a_job_sees_nothing_and_a_round_sees_everything(
    seen: list[Scope | None], riverside: Organisation
) -> None:
    enqueue("listen.ask_feed", using="desk", feed=4711)
    do_all("desk")
    assert [scope.organisations for scope in seen if scope is not None] == [frozenset()]
    with job_context("sweep_the_desk"):
        scope = current_scope()
        assert scope is not None
        assert scope.organisations is None
