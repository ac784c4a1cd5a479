"""Pictures of the loop: each with its sentence, its table and how sure it is; small numbers are hidden in all of them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.decide.forces.actions import change_force, enter_force, record_move
from massline.desk.decide.forces.models import Force, Stance
from massline.desk.learn.momentum.turnout_series import EventRow, Momentum
from massline.desk.learn.pictures.allies_over_time import AlliesOverTime, last_days_of_months, stance_on
from massline.desk.learn.pictures.heard_map import HeardMap
from massline.desk.listen.field_reports.actions import VoiceText, write_field_report
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation, Section
from massline.web.charts.allies_over_time import AlliesColumn, draw_allies_over_time
from massline.web.charts.blocks import Block, draw_blocks
from tests.conftest import at_desk
from tests.parts import part, parts, shows


def talk_with(round_: ListeningRound, section: Section, people: int) -> None:
    write_field_report(
        round_=round_, by=None, section=section, channel="door", voices=[VoiceText("Cold.")], people=people
    )


def test_a_section_with_few_heard_is_drawn_without_its_number(
    riverside: Organisation, round_: ListeningRound, bea: Account
) -> None:
    some, other = list(round_.sections.order_by("name"))[:2]
    Section.objects.filter(pk__in=[some.pk, other.pk]).update(headcount=200)
    talk_with(round_, some, 40)
    talk_with(round_, other, 3)
    rows = {row.section: row for row in HeardMap(riverside).rows}
    assert rows[some.name].heard == 40
    assert rows[other.name].heard is None
    page = at_desk(bea).get("/riverside/learn/pictures/")
    assert shows(page, "people-heard", 40)
    assert shows(page, "few-heard", 5)
    svg = HeardMap(riverside).wide
    assert "40" in svg
    assert svg.count('class="unheard"') == 1


def test_a_section_smaller_than_the_threshold_is_in_no_picture(
    riverside: Organisation, round_: ListeningRound
) -> None:
    small = round_.sections.order_by("name").first()
    assert small is not None
    Section.objects.filter(pk=small.pk).update(headcount=4)
    talk_with(round_, small, 4)
    assert small.name not in {row.section for row in HeardMap(riverside).rows}


def test_allies_are_counted_at_the_end_of_each_month_from_their_moves(
    riverside: Organisation, bea: Account
) -> None:
    force = Force.objects.create(organisation=riverside, name="The council", stance=Stance.NEUTRAL)
    Force.objects.create(organisation=riverside, name="The church", stance=Stance.ACTIVE_ALLY)
    days = last_days_of_months(timezone.localdate())
    for day, stance in ((days[1], Stance.PASSIVE_OPPOSITION), (days[4], Stance.PASSIVE_ALLY)):
        record_move(force=force, what="A letter", source="Minutes", by=bea, day=day, stance=stance)
    months = AlliesOverTime(riverside).months
    assert [month.unknown for month in months] == [1, 0, 0, 0, 0, 0]
    assert [month.counts.get(Stance.PASSIVE_OPPOSITION, 0) for month in months] == [0, 1, 1, 1, 0, 0]
    assert [month.counts.get(Stance.PASSIVE_ALLY, 0) for month in months] == [0, 0, 0, 0, 1, 1]
    page = at_desk(bea).get("/riverside/learn/pictures/")
    assert len(parts(page, "picture-allies")) == 1
    assert shows(page, "allies-table")


def test_today_is_drawn_from_where_a_force_stands_today(riverside: Organisation, bea: Account) -> None:
    """Also where somebody judged the stance anew, and of two moves of one day the later one counts."""
    today = timezone.localdate()
    force = Force.objects.create(organisation=riverside, name="The council", stance=Stance.NEUTRAL)
    day = last_days_of_months(today)[3]
    for stance in (Stance.ACTIVE_ALLY, Stance.PASSIVE_OPPOSITION):
        record_move(force=force, what="A letter", source="Minutes", by=bea, day=day, stance=stance)
    change_force(force=force, stance=Stance.PASSIVE_ALLY, influence=2, strengths="", limits="", by=bea)
    allies = AlliesOverTime(riverside)
    assert [dict(month.counts) for month in allies.months[3:]] == [
        {Stance.PASSIVE_OPPOSITION: 1},
        {Stance.PASSIVE_OPPOSITION: 1},
        {Stance.PASSIVE_ALLY: 1},
    ]
    assert "1" in allies.title


@pytest.mark.parametrize(("entered", "unknown"), [(100, 1), (None, 0)])
def test_the_first_change_by_hand_leaves_where_a_force_stood_before(
    riverside: Organisation, bea: Account, entered: int | None, unknown: int
) -> None:
    """Since the day it was entered, or, where nobody knows that day any more, in all the months drawn."""
    if entered is None:
        force = Force.objects.create(organisation=riverside, name="The council", stance=2)
    else:
        with time_machine.travel(timezone.now() - timedelta(days=entered)):
            force = enter_force(organisation=riverside, name="The council", kind="office", stance=2, by=bea)
    for stance in (Stance.PASSIVE_ALLY, Stance.ACTIVE_ALLY):
        change_force(force=force, stance=stance, influence=2, strengths="", limits="", by=bea)
    months = AlliesOverTime(riverside).months
    assert months[0].unknown == unknown
    assert [dict(month.counts) for month in months[3:]] == [{2: 1}, {2: 1}, {5: 1}]
    assert force.moves.count() == 3
    assert all(str(move) for move in force.moves.all())


def test_the_months_end_today_and_follow_one_another() -> None:
    assert last_days_of_months(date(2026, 3, 15)) == [
        date(2025, 10, 31),
        date(2025, 11, 30),
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 15),
    ]


def test_a_force_stands_where_its_last_move_put_it() -> None:
    force, day = Force(stance=Stance.NEUTRAL), date(2026, 3, 1)
    assert stance_on(force, [], day) == Stance.NEUTRAL
    moves = [(day, int(Stance.ACTIVE_ALLY))]
    assert stance_on(force, moves, day - timedelta(days=1)) is None
    assert stance_on(force, moves, day) == Stance.ACTIVE_ALLY


def test_an_empty_house_says_what_is_missing_in_each_picture(riverside: Organisation, bea: Account) -> None:
    page = at_desk(bea).get("/riverside/learn/pictures/")
    for name in ("picture-heard", "picture-mood", "picture-momentum", "picture-allies"):
        assert part(page, name)
    assert b"<svg" not in page.content.split(b"<main")[1]


@pytest.mark.parametrize("narrow", [False, True])
def test_pictures_escape_names_and_carry_a_title_and_a_description(narrow: bool) -> None:
    block = Block("<b>Block</b>", 10, 0.5, "5 of 10", is_next=True)
    drawn = draw_blocks([block, Block("C", 0, None)], title="T", desc="D", id="x", narrow=narrow)
    assert "<b>" not in drawn
    assert '<title id="x-t">T</title><desc id="x-d">D</desc>' in drawn
    column = AlliesColumn("Mar", [1, 0, 2], unknown=1)
    over_time = draw_allies_over_time([column], ["a", "b", "c"], title="T", desc="D", id="y", narrow=narrow)
    assert over_time.count("<rect") == 3
    with pytest.raises(ValueError, match="one count"):
        draw_allies_over_time([column], ["a"], title="T", desc="D", id="y", narrow=narrow)


def test_nobody_is_said_to_have_come_over_whose_stance_we_did_not_know(
    riverside: Organisation, bea: Account
) -> None:
    force = Force.objects.create(organisation=riverside, name="The council", stance=Stance.NEUTRAL)
    record_move(force=force, what="A letter", source="Minutes", by=bea, stance=Stance.ACTIVE_ALLY)
    allies = AlliesOverTime(riverside)
    assert allies.months[0].unknown == 1
    assert date.strftime(allies.months[0].day, "%B") not in allies.title


def test_a_turnout_that_may_not_be_told_is_compared_with_none(riverside: Organisation) -> None:
    momentum, event = Momentum(riverside), Event(title="Evening")
    told, small = (EventRow(event, date(2026, 11, 3), came, None, None) for came in (30, None))
    for rows in ([told, small], [small, told], [small, small]):
        momentum.__dict__["rows"] = rows
        assert "30" not in momentum.title
