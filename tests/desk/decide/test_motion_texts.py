"""A vote belongs to a text: amendments are joined or both shown, and a changed text is voted on again."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.core.refusal import Refused
from massline.desk.act.events import actions as act
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.motions import actions
from massline.desk.decide.motions.models import Amendment, Motion
from massline.desk.decide.motions.text_merge import compare_wordings, merge_wordings
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from tests.conftest import at_desk
from tests.desk.decided_loop import plan_meeting
from tests.open_forms import open_form
from tests.parts import shows

MOVED = "We pay the rent from January and write to the owner."
HALF = "We pay half the rent from January and write to the owner."
FEBRUARY = "We pay the rent from February and write to the owner."


@pytest.fixture
def motion(riverside: Organisation, bea: Account) -> Motion:
    return actions.put_motion(organisation=riverside, text=MOVED, meeting="Mass meeting", by=bea)


def _amend(motion: Motion, text: str, by: Account) -> Amendment:
    return actions.put_amendment(motion=motion, text=text, by=by)


def _carry(amendment: Amendment, by: Account) -> None:
    actions.settle_amendment(amendment=amendment, count=VoteCount(9, 1), by=by)


@pytest.mark.parametrize(
    ("base", "taken", "proposed", "joined"),
    [
        (MOVED, HALF, FEBRUARY, "We pay half the rent from February and write to the owner."),
        ("a b c", "a c", "a b c d", "a c d"),
        ("a b c", "x b c", "a b z", "x b z"),
        ("a b c", "a x c", "a y c", None),
        ("a b c", "a x c", "a b y", None),  # nothing unchanged between the two
        ("a b c", "a x c", "a x c", "a x c"),
        ("a", "a b", "a c", None),
        ("ادفعوا نصف الإيجار", "ادفعوا كل الإيجار", "ادفعوا نصف الإيجار غدا", "ادفعوا كل الإيجار غدا"),
    ],
)
def test_two_changes_of_one_text_are_joined_unless_they_touch(
    base: str, taken: str, proposed: str, joined: str | None
) -> None:
    assert merge_wordings(base, taken, proposed) == joined
    assert merge_wordings(base, proposed, taken) == joined


def test_the_comparison_holds_both_texts() -> None:
    pieces = compare_wordings(MOVED, HALF)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == MOVED
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == HALF
    assert [piece.text.strip() for piece in pieces if piece.kind == "added"] == ["half"]


def test_the_second_amendment_keeps_what_the_first_brought(motion: Motion, bea: Account) -> None:
    half, february = _amend(motion, HALF, bea), _amend(motion, FEBRUARY, bea)
    _carry(half, bea)
    page = at_desk(bea).get(f"/riverside/decide/motions/{motion.pk}/").content.decode()
    assert re.search(r"<ins\s*>February</ins>", page)
    _carry(february, bea)
    motion.refresh_from_db()
    assert motion.text == "We pay half the rent from February and write to the owner."


def test_amendments_to_the_same_words_are_both_shown_and_nothing_is_lost(
    motion: Motion, bea: Account
) -> None:
    half, none = _amend(motion, HALF, bea), _amend(motion, MOVED.replace("the rent", "no rent"), bea)
    _carry(half, bea)
    with pytest.raises(Refused) as refused:
        _carry(none, bea)
    assert HALF in str(refused.value)
    assert "We pay no rent" in str(refused.value)
    motion.refresh_from_db()
    none.refresh_from_db()
    assert (motion.text, none.taken) == (HALF, None)


def test_an_amendment_turned_down_changes_nothing_even_where_it_collides(
    motion: Motion, bea: Account
) -> None:
    half, none = _amend(motion, HALF, bea), _amend(motion, MOVED.replace("the rent", "no rent"), bea)
    _carry(half, bea)
    actions.settle_amendment(amendment=none, count=VoteCount(1, 9), by=bea)
    motion.refresh_from_db()
    assert motion.text == HALF


def test_votes_given_to_the_old_text_are_set_aside_and_asked_again(
    motion: Motion, bea: Account, chen: Account
) -> None:
    actions.record_phone_vote(motion=motion, answer="yes", by=chen)
    actions.record_tally(motion=motion, method="hands", count=VoteCount(40, 2), by=bea)
    _carry(_amend(motion, HALF, bea), bea)
    motion.refresh_from_db()
    assert motion.count.total == 0
    assert motion.is_asked_again
    actions.record_phone_vote(motion=motion, answer="no", by=chen)
    assert motion.count.against == 1


def test_no_vote_is_set_aside_before_anybody_voted(motion: Motion, bea: Account) -> None:
    _carry(_amend(motion, HALF, bea), bea)
    motion.refresh_from_db()
    assert not motion.is_asked_again


def test_the_meeting_offered_is_the_next_that_takes_place(riverside: Organisation, bea: Account) -> None:
    soon = plan_meeting(riverside, bea)
    names = {"far": timedelta(days=30), "called off": timedelta(days=-2)}
    for title, later in names.items():
        facts = {"title": title, "starts_at": soon.starts_at + later, "ends_at": soon.ends_at + later}
        event = act.plan_event(organisation=riverside, by=bea, facts=_replace(soon, facts))
        if title == "called off":
            act.cancel_event(event=event, by=bea, reason="rain")
    form = open_form(at_desk(bea).get("/riverside/decide/motions/").content.decode(), "meeting")
    assert form["meeting"] == [soon.title]
    at_desk(bea).post("/riverside/decide/motions/", form | {"text": ["We go."]})
    assert Motion.objects.get(text="We go.").meeting_uuid == soon.uuid


def _replace(event: Event, facts: dict[str, Any]) -> EventPlan:
    return replace(event.facts, **facts)


def test_a_motion_of_an_ended_meeting_is_not_offered_a_past_one(
    riverside: Organisation, bea: Account
) -> None:
    event = plan_meeting(riverside, bea)
    past = timezone.now() - timedelta(days=1)
    PublicEvent.objects.filter(uuid=event.uuid).update(starts_at=past - timedelta(hours=2), ends_at=past)
    form = open_form(at_desk(bea).get("/riverside/decide/motions/").content.decode(), "meeting")
    assert form["meeting"] == [""]


def test_an_amendment_written_before_another_was_taken_keeps_what_that_brought(
    motion: Motion, bea: Account
) -> None:
    """The page was opened on the first text; the form carries it, not the text of the moment it is sent."""
    door = at_desk(bea)
    address = f"/riverside/decide/motions/{motion.pk}/"
    form = open_form(door.get(address).content.decode(), "base")
    _carry(_amend(motion, HALF, bea), bea)
    door.post(f"{address}amend/", form | {"text": [FEBRUARY]})
    _carry(Amendment.objects.get(text=FEBRUARY), bea)
    motion.refresh_from_db()
    assert motion.text == "We pay half the rent from February and write to the owner."


def test_a_vote_read_from_another_text_is_not_counted(motion: Motion, bea: Account, chen: Account) -> None:
    door = at_desk(chen)
    address = f"/riverside/decide/motions/{motion.pk}/"
    form = open_form(door.get(address).content.decode(), "nonce") | {"answer": ["yes"]}
    _carry(_amend(motion, HALF, bea), bea)
    refused = door.post(f"{address}vote/", form, follow=True)
    assert shows(refused, "text-changed")
    assert motion.count.total == 0
    again = open_form(door.get(address).content.decode(), "nonce") | {"answer": ["no"]}
    door.post(f"{address}vote/", again)
    assert motion.count.against == 1


def test_hands_raised_for_another_text_settle_nothing(motion: Motion, bea: Account) -> None:
    door = at_desk(bea)
    half, february = _amend(motion, HALF, bea), _amend(motion, FEBRUARY, bea)
    page = door.get(f"/riverside/decide/motions/{motion.pk}/").content.decode()
    form = open_form(page, "in_favour") | {"in_favour": ["9"]}
    _carry(half, bea)
    refused = door.post(f"/riverside/decide/amendments/{february.pk}/", form, follow=True)
    assert shows(refused, "text-changed")
    february.refresh_from_db()
    assert february.taken is None


def test_a_vote_of_whoever_names_no_version_counts_after_an_amendment(
    motion: Motion, amal: Account, bea: Account
) -> None:
    read_before = Motion.objects.get(pk=motion.pk)
    _carry(_amend(motion, HALF, bea), bea)
    actions.record_phone_vote(motion=read_before, answer="yes", by=amal)
    with pytest.raises(Refused):
        actions.record_phone_vote(motion=read_before, answer="yes", by=bea, version=read_before.version)
    assert read_before.tallies.get(way="phones").in_favour == 1
