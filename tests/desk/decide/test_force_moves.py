"""Forces move: ties and rifts with a day and a source, offers with our answer, and a picture of it over time."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connections
from django.utils import timezone

from massline.desk.decide.forces.actions import answer_offer, change_force, enter_force, record_move
from massline.desk.decide.forces.models import Force, Move
from massline.desk.decide.forces.relations import list_open_offers, list_relations
from massline.desk.decide.jobs import move_forces_on_their_day
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.web.charts.force_moves import ForceTrack, MoveMark, draw_force_moves
from tests.conftest import at_desk
from tests.open_forms import open_form
from tests.parts import expect_refusal, parts, shows

DAY = date(2026, 11, 2)


@pytest.fixture
def owner(riverside: Organisation, bea: Account) -> Force:
    return enter_force(organisation=riverside, name="Riverside Homes Ltd", kind="company", stance=1, by=bea)


@pytest.fixture
def landlords(riverside: Organisation, bea: Account) -> Force:
    return enter_force(organisation=riverside, name="The landlords’ association", kind="organisation", by=bea)


def test_a_tie_that_breaks_is_a_rift_and_the_newest_counts(
    riverside: Organisation, owner: Force, landlords: Force, bea: Account
) -> None:
    record_move(force=landlords, kind="join", toward=owner, what="One voice", source="Post", day=DAY, by=bea)
    record_move(
        force=owner,
        kind="rift",
        toward=landlords,
        what="It left",
        source="Post",
        day=DAY.replace(day=9),
        by=bea,
    )
    (relation,) = list_relations(riverside)
    assert (relation.is_rift, relation.pair) == (True, (owner, landlords))
    page = at_desk(bea).get("/riverside/decide/forces/").content.decode()
    assert shows(page, "relation-rift")
    assert not shows(page, "relation-tie")
    for force in (owner, landlords):
        assert (
            at_desk(bea).get(f"/riverside/decide/forces/{force.pk}/").content.decode().count("move-kind") == 2
        )


def test_a_tie_needs_another_force_of_the_same_list(
    harbour: Organisation, owner: Force, bea: Account, amal: Account
) -> None:
    stranger = Force.objects.create(organisation=harbour, name="The port")
    for toward in (None, owner, stranger):
        with expect_refusal("no-other-side"):
            record_move(force=owner, kind="join", toward=toward, what="One voice", source="Post", by=bea)
    page = at_desk(bea).post(
        f"/riverside/decide/forces/{owner.pk}/",
        {"kind": "rift", "what": "It left", "source": "Post", "day": "2026-11-02"},
    )
    assert shows(page.content.decode(), "no-other-side")
    assert not Move.objects.exists()


def test_an_offer_waits_for_our_answer_on_today_and_is_answered_by_an_organiser(
    riverside: Organisation, owner: Force, bea: Account, chen: Account
) -> None:
    sent = {"kind": "offer", "what": "A heater for who signs", "source": "Their letter", "day": "2026-11-02"}
    assert at_desk(bea).post(f"/riverside/decide/forces/{owner.pk}/", sent).status_code == 302
    move = Move.objects.get()
    assert list_open_offers(riverside) == [move]
    assert shows(at_desk(bea).get("/riverside/").content.decode(), "offer-open")
    assert shows(at_desk(chen).get("/riverside/decide/forces/").content.decode(), "open-offers")
    page = f"/riverside/decide/moves/{move.pk}/answer/"
    assert at_desk(chen).post(page, {"answer": "No"}).status_code == 404
    assert at_desk(bea).post(page, {"answer": " "}).status_code == 200
    assert at_desk(bea).post(page, {"answer": "All or nobody"}).status_code == 302
    assert not shows(at_desk(bea).get("/riverside/").content.decode(), "offer-open")
    assert shows(at_desk(chen).get(f"/riverside/decide/forces/{owner.pk}/").content.decode(), "our-answer")
    assert list_open_offers(riverside) == []


def test_a_deed_has_no_answer_and_no_other_side(owner: Force, landlords: Force, bea: Account) -> None:
    move = record_move(
        force=owner, what="Raised rents", source="Post", toward=landlords, answer="Never", by=bea
    )
    assert (move.toward, move.answer) == (None, "")
    with expect_refusal("not-an-offer"):
        answer_offer(move=move, answer="Never", by=bea)


def test_the_picture_shows_each_stance_since_its_day() -> None:
    track = ForceTrack(
        "The council <office>", 4, (MoveMark(0, "dot", 2), MoveMark(5, "offer", 4), MoveMark(9, "rift", None))
    )
    for narrow in (False, True):
        drawn = draw_force_moves(
            [track],
            days=10,
            signs=[("dot", "did"), ("offer", "offered"), ("join", "tie"), ("rift", "rift")],
            first="1 May",
            last="11 May",
            title="Moves",
            desc="Over time",
            id="moves",
            narrow=narrow,
        )
        picture = ElementTree.fromstring(drawn)
        paths = [element.get("class") for element in picture.iter() if element.tag.endswith("path")]
        assert paths.count("sign-rift") == 2
        assert paths.count("steps") == 1
        steps = next(element for element in picture.iter() if element.get("class") == "steps").get("d", "")
        heights = [point.split(" ")[1] for point in steps.removeprefix("M").split("L")]
        assert float(heights[0]) - float(heights[-1]) == 14


def test_the_page_draws_moves_once_there_are_any(owner: Force, bea: Account) -> None:
    door = at_desk(bea)
    assert not shows(door.get("/riverside/decide/forces/").content.decode(), "force-moves")
    record_move(force=owner, what="Wrote", source="Post", stance=2, by=bea)
    assert shows(door.get("/riverside/decide/forces/").content.decode(), "force-moves")


def test_where_a_force_stands_today_is_told_by_its_latest_move_until_today(
    owner: Force, bea: Account
) -> None:
    today = timezone.localdate()
    for days, stance, stands in ((-3, 4, 4), (-9, 1, 4), (5, 1, 4), (-3, 5, 5), (-1, None, 5), (0, 2, 2)):
        day = today + timedelta(days=days)
        record_move(force=owner, what="Wrote", source="Post", day=day, stance=stance, by=bea)
        assert Force.objects.get(pk=owner.pk).stance == owner.stance == stands, (days, stance)


def test_a_stance_noted_ahead_waits_for_its_day_and_one_judged_by_hand_has_one(
    owner: Force, bea: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    door, address = at_desk(bea), f"/riverside/decide/forces/{owner.pk}/"
    record_move(force=owner, what="Will sign", source="Post", day=today + timedelta(days=2), stance=5, by=bea)
    sent = open_form(door.get(address).content.decode(), "strengths") | {"stance": "3"}
    assert door.post(f"{address}change/", sent).status_code == 302
    judged = Move.objects.get(kind="judged")
    assert (judged.day, judged.stance) == (today, 3)
    assert len(parts(door.get(address), "move-kind")) == 1
    record_move(force=owner, what="Wrote", source="Post", day=today - timedelta(days=1), stance=1, by=bea)
    door.post(f"{address}change/", sent | {"limits": "Elections"})
    assert Move.objects.filter(kind="judged").count() == 1
    for days, stands in ((0, 3), (1, 3), (2, 5)):
        day = today + timedelta(days=days)
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        move_forces_on_their_day()
        assert Force.objects.get(pk=owner.pk).stance == stands, days


def test_a_stance_judged_by_hand_where_it_is_tomorrow_already_is_not_turned_back(
    riverside: Organisation, owner: Force, bea: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    Organisation.objects.filter(pk=riverside.pk).update(timezone="Pacific/Auckland")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 1, 20, tzinfo=UTC))
    record_move(force=owner, what="Wrote", source="Post", day=date(2026, 11, 30), stance=2, by=bea)
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        change_force(force=owner, stance=4, influence=2, strengths="", limits="", by=bea)
    assert Move.objects.get(kind="judged").day == date(2026, 12, 2)
    move_forces_on_their_day()
    assert Force.objects.get(pk=owner.pk).stance == 4


def test_an_answer_that_came_since_is_not_replaced_unseen(owner: Force, bea: Account, amal: Account) -> None:
    """The second of two who answer sees both texts, and only then may put theirs in place of the other."""
    move = record_move(force=owner, kind="offer", what="A heater", source="Letter", by=bea)
    page, address = f"/riverside/decide/forces/{owner.pk}/", f"/riverside/decide/moves/{move.pk}/answer/"
    first, second = (
        (at_desk(by), open_form(at_desk(by).get(page).content.decode(), "answer")) for by in (amal, bea)
    )
    assert first[0].post(address, first[1] | {"answer": "All or nobody"}).status_code == 302
    for sent in (second[1] | {"answer": "We say no"}, {"answer": "We say no"}):
        refused = second[0].post(address, sent)
        assert refused.status_code == 409
        told = refused.content.decode()
        assert "All or nobody" in told
        assert "We say no" in told
        move.refresh_from_db()
        assert move.answer == "All or nobody"
    again = open_form(told, "answer")
    assert second[0].post(address, again).status_code == 302
    move.refresh_from_db()
    assert move.answer == "We say no"


def test_the_verb_itself_refuses_an_answer_over_one_it_was_not_told_of(owner: Force, bea: Account) -> None:
    move = record_move(force=owner, kind="offer", what="A heater", source="Letter", by=bea)
    stale = Move.objects.get(pk=move.pk)
    answer_offer(move=move, answer="All or nobody", by=bea)
    with expect_refusal("changed-meanwhile"):
        answer_offer(move=stale, answer="We say no", by=bea)
    answer_offer(move=stale, answer="All or nobody", by=bea)
    assert Move.objects.get(pk=move.pk).answer == "All or nobody"


def test_the_upgrade_dates_only_what_was_changed_by_hand(riverside: Organisation, bea: Account) -> None:
    """A move that was noted ahead and never applied is left to the job, and no judgement is made up for it."""
    day, stood = timezone.localdate() - timedelta(days=3), {}
    for name in ("by hand", "ahead", "long ago"):
        force = Force.objects.create(organisation=riverside, name=name, stance=2)
        moved_on = day - timedelta(days=200) if name == "long ago" else day
        force.moves.create(what="Wrote", source="Post", day=moved_on, stance=5)
        stood[name] = force
    chain.append_line(riverside, bea, "changed a force", stood["by hand"])
    migration = import_module("massline.desk.decide.migrations.0016_stances_judged_anew")
    migration.date_stances(apps, connections["desk"].schema_editor())
    judged = Move.objects.filter(kind="judged")
    assert {move.force.name for move in judged} == {"by hand", "long ago"}
    assert {move.stance for move in judged} == {2}
