"""Programmes: need, sessions, those served become those who run it; asks and offers without a means test."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from massline.core.expiry import delete_expired_rows
from massline.desk.act.events.models import Event
from massline.desk.act.mutual_aid import actions
from massline.desk.act.mutual_aid.models import AidPost, Programme, Session
from massline.desk.act.mutual_aid.programme_growth import count_growth
from massline.desk.call import actions as calls
from massline.desk.decide.plans import actions as plan_actions
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from tests.conftest import at_desk
from tests.desk.decided_loop import decide, write_call
from tests.parts import expect_refusal, shows


@pytest.fixture
def soup(riverside: Organisation, bea: Account) -> Programme:
    return actions.begin_programme(
        organisation=riverside, name="Warm soup", need="Nobody eats warm on Sundays", by=bea
    )


def test_from_need_to_those_who_run_it(riverside: Organisation, bea: Account, chen: Account) -> None:
    room = at_desk(bea)
    begun = room.post(
        "/riverside/act/programmes/", {"name": "Warm soup", "need": "Nobody eats warm on Sundays"}
    )
    page = begun.headers["Location"]
    start = timezone.localtime() + timedelta(days=3)
    when = {
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
    }
    room.post(page, when | {"place": "The laundry", "run_by": "Block C"})
    session = Session.objects.get()
    assert PublicEvent.objects.get(uuid=session.event.uuid).title == "Warm soup"
    count = {"served": "40", "ran": "6", "ran_once_served": "7"}
    refused = room.post(f"{page}sessions/{session.pk}/", count).content.decode()
    assert shows(refused, "more-than-helpers")
    assert 'value="40"' in refused
    room.post(f"{page}sessions/{session.pk}/", count | {"ran_once_served": "4"})
    sums = count_growth(Programme.objects.get())
    assert (sums.served, sums.ran, sums.ran_once_served) == (40, 6, 4)
    assert shows(at_desk(chen).get(page).content.decode(), "came-for-help", 4)


def test_an_ask_meets_an_offer_and_nobody_is_weighed(soup: Programme, bea: Account, chen: Account) -> None:
    page = f"/riverside/act/programmes/{soup.pk}/"
    at_desk(chen).post(f"{page}note/", {"kind": "ask", "words": "A heater until March"})
    at_desk(bea).post(f"{page}note/", {"kind": "offer", "words": "Two oil heaters"})
    ask, offer = AidPost.objects.get(kind="ask"), AidPost.objects.get(kind="offer")
    told = at_desk(chen).get(page).content.decode()
    assert shows(told, "needs-met", "Two oil heaters")
    at_desk(chen).post(f"{page}notices/{ask.pk}/", {"way": str(offer.pk)})
    told = at_desk(bea).get(page).content.decode()
    assert shows(told, "carriers", "chen", "bea")
    other = actions.add_aid_post(programme=soup, kind="ask", words="A heater", by=bea)
    with expect_refusal("no-matching-pair"):
        actions.match_aid_posts(ask=other, offer=offer, by=bea)
    at_desk(bea).post(f"{page}notices/{ask.pk}/", {"way": "done"})
    assert set(AidPost.objects.filter(pk__in=[ask.pk, offer.pk]).values_list("state", flat=True)) == {"done"}


def test_no_field_says_who_is_in_need() -> None:
    words = {one.name for one in AidPost._meta.get_fields()}
    assert words.isdisjoint({"contact", "name", "income", "reason", "phone", "address"})


def test_what_nobody_renews_is_gone(soup: Programme, bea: Account, settings: Any) -> None:
    kept, lost = (
        actions.add_aid_post(programme=soup, kind="ask", words=words, by=bea) for words in ("One", "Two")
    )
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        told = at_desk(bea).get(f"/riverside/act/programmes/{soup.pk}/").content.decode()
        assert shows(told, "no-requests")
        actions.renew_aid_post(notice=kept, by=bea)
    with time_machine.travel(timezone.now() + timedelta(days=23)):
        delete_expired_rows("desk")
    assert list(AidPost.objects.all()) == [kept]
    assert lost.pk not in AidPost.objects.values_list("pk", flat=True)


def test_a_plan_shows_the_calls_and_programmes_it_leads_to(riverside: Organisation, bea: Account) -> None:
    decision = decide(riverside, bea)
    plan = plan_actions.make_plan(decision=decision, title="Until every boiler has a date", by=bea)
    room, page = at_desk(bea), f"/riverside/decide/plans/{plan.pk}/"
    assert shows(room.get(page).content.decode(), "nothing-carried-out")
    chosen = room.get(f"/riverside/act/programmes/?plan={plan.pk}").content.decode()
    assert f'<option value="{plan.pk}" selected>' in chosen
    form = {"name": "Warm rooms", "need": "Nobody is warm on Sundays", "plan": str(plan.pk)}
    programme = room.post("/riverside/act/programmes/", form).headers["Location"]
    call = write_call(decision, bea)
    calls.publish_call(call=call, by=bea)
    told = room.get(page).content.decode()
    assert f'href="{programme}"' in told
    assert f'href="/riverside/call/{call.pk}/"' in told
    assert f'href="/riverside/act/{Event.objects.get(call=call).pk}/"' in told
    assert f'href="{page}"' in room.get(programme).content.decode()
