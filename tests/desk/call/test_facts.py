"""Each fact of a call, of its further languages and of an event reaches every form, page, feed and sheet it belongs on."""

import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from icalendar import Calendar

from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Series
from massline.desk.api import key_and_webhook_actions as api
from massline.desk.api.models import ApiScope, WebhookDelivery, WebhookEvent
from massline.desk.call import actions
from massline.desk.call.call_draft import CallDraft
from massline.desk.call.models import Call
from massline.desk.call.translations import actions as version_actions
from massline.desk.call.translations.models import CallTranslation
from massline.desk.people.models import Account, Organisation
from massline.square.calls.facts import CallFacts, EventFacts, Facts, TranslationFacts, names_of
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.translations import PublishedTranslation
from tests.conftest import DoorClient, at_desk
from tests.desk.api.test_keys_and_webhooks import key, program
from tests.desk.call.printed_sheets import sheet
from tests.desk.decided_loop import decide, marked

# Facts that an output leaves out on purpose; a new one is expected everywhere.
LEFT_OUT = {
    "page of the call": {"mass_meeting"},
    "calendar of the call": {"slogan", "ask", "called_by", "language", "mass_meeting"},
    "linked data of the call": {"ask", "called_by", "mass_meeting"},
    "feed of calls": {"what", "ask", "ends_at", "called_by", "mass_meeting"},
    "poster": {"why", "called_by", "language", "mass_meeting"},
    "text for chats": {"why", "called_by", "language", "mass_meeting"},
    "text for e-mail": {"called_by", "language", "mass_meeting"},
    "calendar of the version": {"slogan", "ask", "language"},
    "feed of the version": {"what", "ask"},
    "poster of the version": {"why", "language"},
    "page of the event": {"forecast"},
    "calendar of the event": {"kind", "forecast"},
    "linked data of the event": {"kind", "forecast"},
    "API of events": {"forecast"},
}


def missing_from(outputs: dict[str, str], facts: Facts) -> list[str]:
    """The facts that an output should show and does not."""
    return [
        f"{name}: {output}"
        for output, text in outputs.items()
        for name, value in asdict(facts).items()
        if name not in LEFT_OUT.get(output, ()) and not re.search(pattern(name, value), text, re.IGNORECASE)
    ]


def pattern(name: str, value: object) -> str:
    """A text as it is; how people join by its name or in words; an hour in the organisation's zone or in UTC; a tick by its name."""
    if isinstance(value, datetime):
        return "|".join(f"{moment:%H}:?{moment:%M}" for moment in (value, value.astimezone(UTC)))
    if name == "joining":
        return f"{value}|online"
    return name if isinstance(value, bool) else re.escape(str(value))


def entry_of(answer: Any) -> str:
    (entry,) = Calendar.from_ical(answer.content).events
    return str(entry.to_ical().decode()).replace("\r\n ", "")


def printed_on(call: Call, by: Account, folder: Path, language: str) -> str:
    return " ".join(sheet(call, by, "poster", folder, f"?in={language}").text().split())


@pytest.fixture
def call(riverside: Organisation, bea: Account, amal: Account) -> Call:
    """A published call in two languages, whose publication is told to a webhook."""
    kinds = [WebhookEvent.CALL_PUBLISHED]
    api.add_webhook(organisation=riverside, url="https://news.example/", kinds=kinds, by=amal)
    facts = marked(CallDraft, riverside, "in English", language="en", joining="mixed", mass_meeting=True)
    call = actions.compose_call(decision=decide(riverside, bea), by=bea, facts=facts)
    spanish = marked(TranslationFacts, riverside, "in Spanish", language="es")
    version_actions.write_translation(call=call, by=bea, facts=spanish)
    actions.publish_call(call=call, by=bea, insist=True)
    return call


@pytest.fixture
def event(riverside: Organisation, bea: Account) -> Event:
    facts = marked(EventPlan, riverside, "here", kind="shift", joining="mixed", forecast=4711)
    return event_actions.plan_event(organisation=riverside, by=bea, facts=facts)


@pytest.mark.parametrize(
    ("facts", "model"),
    [
        (EventFacts, PublicEvent),
        (EventPlan, Event),
        (CallFacts, PublishedCall),
        (CallDraft, Call),
        (TranslationFacts, PublishedTranslation),
        (TranslationFacts, CallTranslation),
    ],
)
def test_every_model_has_a_column_for_each_of_its_facts(
    facts: type[Facts], model: type[models.Model]
) -> None:
    columns = {field.name for field in model._meta.get_fields()}
    assert set(names_of(facts)) <= columns


def test_a_series_repeats_each_fact_of_its_events_but_the_hours() -> None:
    columns = {field.name for field in Series._meta.get_fields()}
    assert set(names_of(EventFacts)) - columns == {"starts_at", "ends_at"}


def test_each_fact_of_a_call_reaches_everything_made_from_it(
    call: Call, riverside: Organisation, bea: Account, amal: Account, nobody: DoorClient, tmp_path: Path
) -> None:
    published = PublishedCall.objects.get()
    kits = at_desk(bea).get(f"/riverside/call/{call.pk}/kit/").context["kits"]
    texts = {
        text.channel: text.text.text
        for words, _sheets, spoken, _subject in kits
        if words.is_original
        for text in spoken
    }
    outputs = {
        "page of the call": nobody.get(published.get_absolute_url()).content.decode(),
        "calendar of the call": entry_of(nobody.get(published.event.get_calendar_url())),
        "linked data of the call": nobody.get(f"/riverside/events/{call.uuid}.jsonld").content.decode(),
        "feed of calls": nobody.get("/riverside/news.atom").content.decode(),
        "poster": printed_on(call, bea, tmp_path, "en"),
        "text for chats": texts["chat"],
        "text for e-mail": texts["mail"],
        "API of calls": program(key(riverside, amal, ApiScope.CALLS)).get("/api/calls").content.decode(),
        "webhook": WebhookDelivery.objects.get().body,
    }
    assert missing_from(outputs, call.facts) == []


def test_each_fact_of_a_version_reaches_everything_made_from_it(
    call: Call, bea: Account, nobody: DoorClient, tmp_path: Path
) -> None:
    outputs = {
        "page of the version": nobody.get(PublishedCall.objects.get().get_absolute_url()).content.decode(),
        "calendar of the version": entry_of(nobody.get("/riverside/events.es.ics")),
        "feed of the version": nobody.get("/riverside/news.es.atom").content.decode(),
        "poster of the version": printed_on(call, bea, tmp_path, "es"),
    }
    assert missing_from(outputs, CallTranslation.objects.get().facts) == []


def test_each_fact_of_an_event_reaches_everything_made_from_it(
    event: Event, riverside: Organisation, amal: Account, nobody: DoorClient
) -> None:
    public = PublicEvent.objects.get()
    outputs = {
        "page of the event": nobody.get(public.get_absolute_url()).content.decode(),
        "calendar of the event": entry_of(nobody.get(public.get_calendar_url())),
        "linked data of the event": nobody.get(f"/riverside/events/{event.uuid}.jsonld").content.decode(),
        "API of events": program(key(riverside, amal, ApiScope.CALLS)).get("/api/events").content.decode(),
    }
    assert missing_from(outputs, event.facts) == []


def test_each_fact_is_asked_for_on_its_form_and_shown_there_when_it_is_changed(
    call: Call, event: Event, bea: Account
) -> None:
    door, room = at_desk(bea), f"/riverside/call/{call.pk}/"
    for facts, first, again in (
        (call.facts, f"/riverside/call/from/{call.decision.pk}/", f"{room}change/"),
        (CallTranslation.objects.get().facts, f"{room}in/de/", f"{room}in/es/"),
        (event.facts, "/riverside/act/plan/", f"/riverside/act/{event.pk}/change/"),
    ):
        inputs = set(re.findall(r' name="(\w+)"', door.get(first).content.decode()))
        assert set(asdict(facts)) - inputs <= {"language"}
        assert missing_from({again: door.get(again).content.decode()}, facts) == []
