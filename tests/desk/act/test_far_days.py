"""A year nobody can mean is asked about where it is typed, and one odd row takes no page from the others."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.utils import timezone

import massline
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account, Organisation
from massline.square.calls.icalendar_export import export_calendar
from massline.square.calls.models import PublicEvent
from massline.square.organisations.models import PublicOrganisation
from massline.web.form_fields import DayField, MomentField, WithinYears
from massline.web.templatetags.massline import when
from tests.conftest import DoorClient, at_desk
from tests.desk.decided_loop import plan_meeting
from tests.open_forms import open_form
from tests.parts import field_errors
from tests.square.calls.test_icalendar import events_in

END_OF_TIME = datetime(9999, 12, 31, 22, 0, tzinfo=UTC)  # eleven at night in Berlin, as forms took it once


def _all_forms() -> Iterator[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(massline.__path__, "massline."):
        if "forms" in module.name.rsplit(".", 1)[-1]:
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, type) and issubclass(value, forms.BaseForm):
                    yield value


def test_every_form_bounds_its_days() -> None:
    fields = [
        (form.__name__, name, field)
        for form in _all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField | forms.DateTimeField)
    ]
    assert len(fields) > 20
    assert not [(form, name) for form, name, field in fields if not isinstance(field, DayField | MomentField)]


@pytest.mark.parametrize(
    ("year", "is_far"), [(2030, False), (2031, False), (2032, True), (9999, True), (1900, True)]
)
def test_five_years_are_near(year: int, is_far: bool) -> None:
    with time_machine.travel("2026-11-30 12:00+00:00", tick=False):
        if is_far:
            with pytest.raises(forms.ValidationError):
                WithinYears(5)(date(year, 1, 1))
        else:
            WithinYears(5)(date(year, 1, 1))


@pytest.mark.parametrize("year", ["9999", "3026", "0202"])
def test_a_far_year_is_asked_about_where_it_is_typed(
    riverside: Organisation, bea: Account, year: str
) -> None:
    door = at_desk(bea)
    form = open_form(door.get("/riverside/act/plan/").content.decode(), "starts_at")
    given = {"starts_at": [f"{year}-12-31T23:00"], "ends_at": [f"{year}-12-31T23:30"], "place": ["Hall"]}
    answer = door.post("/riverside/act/plan/", form | given)
    assert field_errors(answer, "starts_at")
    assert not Event.objects.exists()


@pytest.fixture
def odd(riverside: Organisation, bea: Account) -> Event:
    """A meeting in a week, and one at the end of time that came past every form."""
    plan_meeting(riverside, bea)
    event = plan_meeting(riverside, bea)
    hours = {"starts_at": END_OF_TIME, "ends_at": END_OF_TIME + timedelta(minutes=30)}
    PublicEvent.objects.filter(uuid=event.uuid).update(title="Odd", **hours)
    Event.objects.filter(pk=event.pk).update(title="Odd", **hours)
    event.refresh_from_db()
    return event


@pytest.mark.parametrize(
    "page", ["/", "/riverside/", "/riverside/events.ics", "/riverside/events.es.ics", "/riverside/news.atom"]
)
def test_one_odd_row_takes_no_public_page_from_the_others(odd: Event, nobody: DoorClient, page: str) -> None:
    assert nobody.get(page, follow=True).status_code == 200
    assert nobody.get("/riverside/next/").status_code in {200, 302}
    assert nobody.get(PublicEvent.objects.get(title="Odd").get_absolute_url()).status_code == 200


def test_a_row_that_no_calendar_can_hold_takes_no_other_from_it(odd: Event, nobody: DoorClient) -> None:
    PublicEvent.objects.filter(title="Odd").update(ends_at=END_OF_TIME + timedelta(minutes=90))
    assert len(events_in(nobody, "/riverside/events.ics")) == 1


def test_a_year_far_away_makes_no_calendar_long(odd: Event) -> None:
    face = PublicOrganisation.objects.get()
    PublicEvent.objects.filter(title="Odd").update(
        starts_at=datetime(3026, 1, 1, tzinfo=UTC), ends_at=datetime(3026, 1, 2, tzinfo=UTC)
    )
    assert len(export_calendar(face, PublicEvent.objects.all())) < 12_000


@pytest.mark.parametrize("page", ["", "act/", "act/{pk}/", "people/monday/", "learn/", "call/"])
def test_one_odd_row_takes_no_page_of_the_desk(odd: Event, bea: Account, page: str) -> None:
    assert at_desk(bea).get(f"/riverside/{page.format(pk=odd.pk)}").status_code == 200


def test_it_can_be_called_off(odd: Event, bea: Account) -> None:
    at_desk(bea).post(f"/riverside/act/{odd.pk}/cancel/", {"reason": "a slip"})
    odd.refresh_from_db()
    assert odd.cancelled


def test_the_year_stands_where_it_is_another_one() -> None:
    with time_machine.travel("2026-11-30 12:00+00:00", tick=False):
        assert "2026" not in when(datetime(2026, 12, 5, 18, tzinfo=UTC))
        assert "2028" in when(datetime(2028, 2, 5, 18, tzinfo=UTC))
        assert when(END_OF_TIME)
        assert timezone.localdate().year == 2026
