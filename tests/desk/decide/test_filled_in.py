""" "Is it time?" fills itself with numbers one can open; each is accepted or overruled in words; waiting is watched."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from massline.desk.act.attendance.turnout import Turnout
from massline.desk.act.events.models import Event
from massline.desk.api.key_and_webhook_actions import add_webhook
from massline.desk.api.models import WebhookDelivery
from massline.desk.decide.assessments import actions
from massline.desk.decide.assessments.models import Assessment, Reading
from massline.desk.decide.assessments.prefilled_facts import gather_facts
from massline.desk.decide.decisions.models import Decision, WaitSign
from massline.desk.decide.forces.actions import change_force, enter_force, record_move
from massline.desk.learn.momentum import turnout_series
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.estimates.pulse import take_pulse_snapshot
from tests.conftest import at_desk
from tests.desk.home.test_alarms import CountedDays
from tests.desk.learn.past_events import past_event
from tests.desk.sumup.test_estimates import END, Evictions
from tests.open_forms import forms_of
from tests.parts import field_errors, parts, shows


@pytest.fixture
def office(riverside: Organisation, bea: Account) -> None:
    force = enter_force(organisation=riverside, name="The housing office", kind="office", stance=4, by=bea)
    record_move(force=force, what="It met us", source="Our minutes", stance=4, by=bea)
    change_force(force=force, stance=5, influence=2, strengths="", limits="", by=bea)


@pytest.fixture
def walk(riverside: Organisation, bea: Account) -> Event:
    """A walk that is over: ninety came."""
    return past_event(riverside, "Walk to the housing office")


@pytest.fixture
def march(riverside: Organisation, bea: Account, office: None, walk: Event) -> Assessment:
    return actions.begin_assessment(organisation=riverside, question="To march on Saturday?", by=bea)


def test_it_begins_with_numbers_that_one_can_open(march: Assessment, chen: Account) -> None:
    door = at_desk(chen)
    page = door.get(f"/riverside/decide/time/{march.pk}/").content.decode()
    assert shows(page, "reading-open", "90", "Walk to the housing office")
    assert shows(page, "reading-open", "The housing office", "It met us")
    assert Reading.objects.filter(key__startswith="move:").count() == 1, "what we judged is no deed of theirs"
    for reading in Reading.objects.filter(point__assessment=march):
        assert door.get(reading.address).status_code in {200, 404}, reading
    assert (
        Reading.objects.get(key="strength:turnout").address
        == f"/riverside/act/{Event.objects.earliest('pk').pk}/"
    )


def test_one_press_accepts_all_but_those_overruled_in_words(march: Assessment, bea: Account) -> None:
    wrong = Reading.objects.get(key="strength:turnout")
    address = f"/riverside/decide/time/{march.pk}/"
    door = at_desk(bea)
    page = door.post(f"{address}numbers/", {f"why-{wrong.pk}": "It rained."}, follow=True).content.decode()
    assert shows(page, "reading-overruled", "It rained.")
    assert len(parts(page, "reading-accepted")) == Reading.objects.count() - 1
    assert not shows(page, "reading-open")


def test_who_judges_numbers_later_sees_the_words_of_who_was_first(
    march: Assessment, bea: Account, amal: Account
) -> None:
    """A number that the first overruled is not accepted silently by the second, and other words stand beside theirs."""
    rained, other = (Reading.objects.order_by("pk")[number] for number in (0, 1))
    page = f"/riverside/decide/time/{march.pk}/"
    opened = forms_of(at_desk(amal).get(page).content.decode())
    form = next(form.values for form in opened if form.action.endswith("/numbers/"))
    at_desk(bea).post(f"{page}numbers/", form | {f"why-{rained.pk}": "It rained."})
    refused = at_desk(amal).post(f"{page}numbers/", form | {f"why-{rained.pk}": "A strike."})
    assert refused.status_code == 409
    assert shows(refused, "changed-meanwhile")
    assert "It rained." in refused.content.decode()
    assert "A strike." in refused.content.decode()
    joined = at_desk(amal).post(f"{page}numbers/", form | {f"why-{other.pk}": "A holiday."}, follow=True)
    assert shows(joined, "joined")
    words = {reading.pk: reading.words for reading in Reading.objects.exclude(words="")}
    assert words == {rained.pk: "It rained.", other.pk: "A holiday."}


def test_a_member_and_another_organisation_judge_nothing(
    march: Assessment, chen: Account, dina: Account
) -> None:
    for stranger in (chen, dina):
        answer = at_desk(stranger).post(f"/riverside/decide/time/{march.pk}/numbers/")
        assert answer.status_code == 404
    assert not Reading.objects.exclude(state="open").exists()


def test_waiting_names_a_number_and_today_says_when_it_is_there(
    riverside: Organisation, march: Assessment, bea: Account
) -> None:
    door = at_desk(bea)
    waits = {
        "title": "We wait",
        "why": "Too few of us.",
        "waits": "on",
        "would_change": "A hundred come",
        "sign": "strength:turnout",
        "owner": bea.pk,
        "review_on": str(timezone.localdate() + timedelta(days=30)),
    }
    page = door.post("/riverside/decide/record/", waits).content.decode()
    assert field_errors(page, "at_least") == ["no-value"]
    door.post("/riverside/decide/record/", waits | {"at_least": "100"})
    decision, sign = Decision.objects.get(), WaitSign.objects.get()
    assert shows(
        door.get(f"/riverside/decide/decisions/{decision.pk}/").content.decode(), "watched-sign", "90", "100"
    )
    assert not shows(door.get("/riverside/").content.decode(), "sign-has-come")
    past_event(riverside, "A bigger walk", there=120)
    Event.objects.filter(title="A bigger walk").update(starts_at=timezone.now() - timedelta(days=1))
    page = door.get("/riverside/").content.decode()
    assert shows(page, "sign-has-come", sign.label)
    assert page.index('class="alarm"') < page.index("sign-has-come"), "it stands with what has changed"
    door.post(f"/riverside/decide/decisions/{decision.pk}/take-up/")
    assert not shows(door.get("/riverside/").content.decode(), "sign-has-come")


def test_an_alarm_counts_down_where_one_decides_and_on_monday(riverside: Organisation, bea: Account) -> None:
    riverside.watches.create(name="Evictions", since=END - timedelta(days=100))
    take_pulse_snapshot(riverside, [Evictions()], until=END)
    with time_machine.travel(END + timedelta(days=1)):
        door = at_desk(bea)
        march = actions.begin_assessment(organisation=riverside, question="Now?", by=bea)
        assert any(fact.key == "pulse:Evictions" for fact in gather_facts(riverside))
        for address in (f"decide/time/{march.pk}/", "decide/time/", "people/monday/"):
            assert shows(door.get(f"/riverside/{address}").content.decode(), "alarms", "Evictions"), address


def test_an_alarm_rings_a_webhook_once_and_without_content(riverside: Organisation, amal: Account) -> None:
    add_webhook(organisation=riverside, url="https://bell.example/", kinds=["alarm.rang"], by=amal)
    quiet = [1] * 90
    take_pulse_snapshot(riverside, [CountedDays("Evictions", quiet)], until=END)
    assert not WebhookDelivery.objects.exists()
    for burst in ([12, 15, 18], [12, 15, 19]):
        take_pulse_snapshot(riverside, [CountedDays("Evictions", quiet + burst)], until=END)
    (told,) = WebhookDelivery.objects.all()
    assert told.kind == "alarm.rang"
    assert "Evictions" not in told.body


def test_momentum_shows_numbers_and_never_a_small_one(
    riverside: Organisation, walk: Event, chen: Account
) -> None:
    page = at_desk(chen).get("/riverside/learn/momentum/").content.decode()
    assert shows(page, "momentum-of-event", "Walk to the housing office", "90")
    assert "<svg" in page


@pytest.mark.parametrize(
    ("came", "new", "told"),
    [
        (4, 4, ("–", "–")),  # a small turnout
        (30, 4, ("30", "–")),
        (30, 27, ("30", "–")),  # the three others could be found by subtraction
        (30, 12, ("30", "12")),
    ],
)
def test_momentum_tells_neither_a_small_number_nor_what_is_left_of_a_large_one(
    riverside: Organisation,
    chen: Account,
    monkeypatch: pytest.MonkeyPatch,
    came: int,
    new: int,
    told: tuple[str, str],
) -> None:
    event = past_event(riverside, "A small walk", there=came)
    counted = {event.pk: Turnout(came=came, new_people=new)}
    monkeypatch.setattr(turnout_series, "count_turnout", lambda events: counted)
    page = at_desk(chen).get("/riverside/learn/momentum/").content.decode()
    assert shows(page, "momentum-of-event", "A small walk", *told)
    (row,) = parts(page, "momentum-of-event")
    assert (str(new) in row) == (told[1] != "–")


def test_the_picture_of_turnout_names_only_events_whose_turnout_is_told(
    riverside: Organisation, chen: Account
) -> None:
    for number, came in enumerate((3, 40, 4)):
        event = past_event(riverside, f"Walk {number}", there=came)
        Event.objects.filter(pk=event.pk).update(starts_at=event.starts_at + timedelta(minutes=number))
    assert turnout_series.Momentum(riverside).title.count("40") == 0
    last = past_event(riverside, "A last walk", there=25)
    Event.objects.filter(pk=last.pk).update(starts_at=last.starts_at + timedelta(minutes=9))
    assert "25" not in turnout_series.Momentum(riverside).title, "the time before may not be told"
    newest = past_event(riverside, "The newest walk", there=31)
    Event.objects.filter(pk=newest.pk).update(starts_at=newest.starts_at + timedelta(minutes=10))
    assert "31" in turnout_series.Momentum(riverside).title
    assert at_desk(chen).get("/riverside/learn/pictures/").status_code == 200
