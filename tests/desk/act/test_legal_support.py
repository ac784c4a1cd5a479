"""The legal desk: cards that warn when old, a rota without gaps, custody that is sealed and ends, rumours checked."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from massline.core.expiry import delete_expired_rows
from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.legal_support import actions, cards, custody
from massline.desk.act.legal_support.models import Custody, HotlineSlot, RightsCard, StreetReport
from massline.desk.people.models import Account, Organisation
from massline.square.street_reports.models import Sighting
from tests.conftest import DoorClient, at_desk, unlocked
from tests.parts import expect_refusal, shows

DESK = "/riverside/act/legal/"


def minutes_ago(minutes: int) -> str:
    return (timezone.localtime() - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


def test_a_rumour_is_checked_by_somebody_else_before_it_is_said(
    riverside: Organisation, bea: Account, chen: Account, nobody: DoorClient
) -> None:
    seen = {"what": "Two vans at the gate", "street": "Mill Lane 4", "seen_at": minutes_ago(90)}
    at_desk(bea).post(DESK, seen)
    report = StreetReport.objects.get()
    page = f"{DESK}street/{report.pk}/"
    verified = {"found": "verified", "how": "An observer stands there"}
    assert shows(at_desk(bea).post(page, verified), "same-checker")
    assert at_desk(chen).post(page, verified).status_code == 404
    actions.record_street_report(
        organisation=riverside, what="They beat people", place="Quay", seen_at=timezone.now(), by=chen
    )
    StreetReport.objects.filter(pk=report.pk).update(taken_by=chen)
    with expect_refusal("report-not-verified"):
        actions.toggle_publication(report=report, by=bea)
    assert shows(at_desk(bea).post(page, verified | {"how": ""}), "missing-method")
    at_desk(bea).post(page, verified)
    assert "Two vans" not in nobody.get("/riverside/seen/").content.decode()
    at_desk(bea).post(f"{page}show/")
    told = nobody.get("/riverside/seen/").content.decode()
    assert "Two vans at the gate" in told
    assert "They beat people" not in told
    at_desk(bea).post(page, {"found": "false", "how": "The vans were the baker’s"})
    assert not Sighting.objects.exists()


def test_who_is_held_is_sealed_at_once_and_gone_two_weeks_after(
    riverside: Organisation, amal: Account, chen: Account
) -> None:
    held = {"word": "R. and the red scarf", "taken": "14:20", "where": "Station 3"}
    at_desk(chen).post(f"{DESK}custody/", held)
    row = Custody.objects.get()
    assert b"scarf" not in bytes(row.sealed)
    seat = at_desk(chen).get(DESK).content.decode()
    assert (shows(seat, "held-count", 1), "scarf" in seat) == (True, False)
    holder = unlocked(amal, riverside)
    assert "R. and the red scarf" in holder.get(DESK).content.decode()
    holder.post(f"{DESK}custody/{row.pk}/", {"way": "lawyer"})
    holder.post(f"{DESK}custody/{row.pk}/", {"way": "out"})
    row.refresh_from_db()
    assert row.lawyer_told
    assert row.gone_on == timezone.localdate() + timedelta(days=14)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        delete_expired_rows("desk")
    assert not Custody.objects.exists()


def test_also_what_nobody_closed_is_gone_after_ninety_days(
    riverside: Organisation, amal: Account, settings: Any
) -> None:
    custody.log_custody(organisation=riverside, word="R", taken="noon", where="unknown", by=amal)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        delete_expired_rows("desk")
    assert not Custody.objects.exists()


def test_hours_that_nobody_took_are_alarmed(riverside: Organisation, bea: Account, chen: Account) -> None:
    start = timezone.now() + timedelta(days=1)
    act.plan_event(
        organisation=riverside,
        by=bea,
        facts=EventPlan(
            kind="action",
            title="Walk to the office",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            place="The square",
        ),
    )
    slot = actions.open_hotline_slot(
        organisation=riverside, starts_at=start, ends_at=start + timedelta(hours=3), by=bea
    )
    told = at_desk(chen).get(DESK).content.decode()
    assert shows(told, "hotline-gap")
    assert shows(told, "hotline-uncovered")
    at_desk(chen).post(f"{DESK}hotline/{slot.pk}/")
    told = at_desk(bea).get(DESK).content.decode()
    assert not shows(told, "hotline-gap")
    assert not shows(told, "hotline-uncovered")
    with expect_refusal("slot-taken"):
        actions.take_hotline_slot(slot=HotlineSlot.objects.get(), by=bea)
    at_desk(chen).post(f"{DESK}hotline/{slot.pk}/")
    assert HotlineSlot.objects.get().who is None


def test_a_card_has_versions_and_an_old_one_warns(
    riverside: Organisation, bea: Account, chen: Account
) -> None:
    today = timezone.localdate()
    card = {
        "title": "When police ask you",
        "place": "Berlin",
        "lines": "I say nothing.\nI sign nothing.",
        "lawyer": "Kanzlei am Ufer",
        "hotline": "030 555 0100",
        "as_of": f"{today}",
        "review_on": f"{today + timedelta(days=180)}",
    }
    room = at_desk(bea)
    assert shows(room.post(f"{DESK}cards/", card | {"review_on": f"{today}"}), "review-not-ahead")
    page = room.post(f"{DESK}cards/", card).headers["Location"]
    assert not shows(at_desk(chen).get(page).content.decode(), "card-outdated")
    paper = at_desk(chen).get(f"{page}card.pdf")
    assert paper.content.startswith(b"%PDF")
    newer = room.post(page, card | {"lines": "I say nothing.\nI call."}).headers["Location"]
    assert shows(room.get(page).content.decode(), "newer-version", 2)
    first = RightsCard.objects.get(version=1)
    assert cards.render_cards(first) != paper.content
    facts: Any = {name: getattr(first, name) for name in card}
    with expect_refusal("card-replaced"):
        cards.write_card(organisation=riverside, facts=facts, by=bea, instead_of=first)
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        assert shows(at_desk(chen).get(newer).content.decode(), "review-was-due")
