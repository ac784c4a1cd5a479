"""A carried motion is a source of its own; a decision to wait calls nobody until it is taken up again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.core.refusal import Refused
from massline.desk.call import actions as calls
from massline.desk.call.call_draft import CallDraft
from massline.desk.call.models import Call
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.decisions import actions
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.decisions.publication import publish_decision
from massline.desk.decide.motions import actions as motions
from massline.desk.decide.motions.models import Motion
from massline.desk.people.models import Account, Organisation
from tests.conftest import DoorClient, at_desk
from tests.desk.decided_loop import saturday
from tests.open_forms import open_form
from tests.parts import holds


@pytest.fixture
def carried(riverside: Organisation, bea: Account) -> Motion:
    """81 hands to 2, 90 people in the room."""
    motion = motions.put_motion(
        organisation=riverside, text="We stand at the gate tomorrow at six.", meeting="Hall", by=bea
    )
    motions.record_tally(motion=motion, method="hands", count=VoteCount(81, 2, 4), by=bea)
    return motions.close_motion(motion=motion, present=90, dissent="Too early, says block B.", by=bea)


def _record(org: Organisation, by: Account, **facts: Any) -> Decision:
    known: dict[str, Any] = {"title": "We go", "demands": [], "why": "They lied.", "owner": by, "by": by}
    review = timezone.localdate() + timedelta(days=9)
    return actions.record_decision(organisation=org, review_on=review, **(known | facts))


def test_a_carried_motion_becomes_a_decision_and_both_pages_lead_to_each_other(
    carried: Motion, riverside: Organisation, bea: Account
) -> None:
    door = at_desk(bea)
    record = f"/riverside/decide/record/?motion={carried.pk}"
    form = open_form(door.get(record).content.decode(), "title")
    assert form["in_favour"] == ["81"]
    answer = door.post("/riverside/decide/record/", form)
    assert answer.status_code == 302, answer.content.decode()
    decision = Decision.objects.get()
    assert list(decision.motions.all()) == [carried]
    assert not decision.demands.exists()
    page = door.get(f"/riverside/decide/decisions/{decision.pk}/").content.decode()
    assert f"/riverside/decide/motions/{carried.pk}/" in page
    back = door.get(f"/riverside/decide/motions/{carried.pk}/").content.decode()
    assert f"/riverside/decide/decisions/{decision.pk}/" in back
    assert "?motion=" not in back


def test_the_square_reads_how_many_were_in_the_room_and_how_they_voted(
    carried: Motion, riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    report = publish_decision(decision=_record(riverside, bea, motion=carried), by=bea)
    page = nobody.get(report.get_absolute_url()).content.decode()
    assert "90" in page
    assert "81" in page
    assert carried.text in page


def test_few_secret_votes_are_published_only_together(
    riverside: Organisation, bea: Account, chen: Account
) -> None:
    motion = motions.put_motion(organisation=riverside, text="We go.", meeting="Hall", by=bea)
    motions.record_tally(motion=motion, method="hands", count=VoteCount(81, 2), by=bea)
    motions.record_phone_vote(motion=motion, answer="no", by=chen)
    motions.close_motion(motion=motion, present=90, dissent="", by=bea)
    report = publish_decision(decision=_record(riverside, bea, motion=motion), by=bea)
    assert holds(report.heard, 81, 3)
    assert not holds(report.heard, 2)


def test_only_a_motion_carried_here_and_once_can_be_a_source(
    carried: Motion, riverside: Organisation, bea: Account
) -> None:
    lost = motions.put_motion(organisation=riverside, text="We sleep.", meeting="Hall", by=bea)
    motions.record_tally(motion=lost, method="hands", count=VoteCount(2, 5, 1), by=bea)
    motions.close_motion(motion=lost, present=9, dissent="", by=bea)
    for motion in (None, lost):
        with pytest.raises(Refused):
            _record(riverside, bea, motion=motion)
    _record(riverside, bea, motion=carried)
    with pytest.raises(Refused):
        _record(riverside, bea, motion=carried)
    assert Decision.objects.count() == 1


def test_a_decision_to_wait_calls_nobody_by_button_or_address(riverside: Organisation, bea: Account) -> None:
    decision = _record(riverside, bea, waits=True, would_change="The owner answers.")
    door = at_desk(bea)
    page = f"/riverside/decide/decisions/{decision.pk}/"
    compose = f"/riverside/call/from/{decision.pk}/"
    for shown in (page, "/riverside/call/", "/riverside/"):
        assert compose not in door.get(shown).content.decode(), shown
    assert door.get(compose).headers["Location"] == page
    assert door.post(compose, {"slogan": "Now!"}).headers["Location"] == page
    with pytest.raises(Refused):
        calls.compose_call(decision=decision, by=bea, facts=_draft(riverside))
    assert not Call.objects.exists()


def test_taken_up_again_it_may_be_called_and_says_how_long_we_waited(
    riverside: Organisation, bea: Account
) -> None:
    decision = _record(riverside, bea, waits=True, would_change="The owner answers.")
    door = at_desk(bea)
    page = f"/riverside/decide/decisions/{decision.pk}/"
    door.post(f"{page}take-up/")
    decision.refresh_from_db()
    assert decision.taken_up_on == timezone.localdate()
    assert f"/riverside/call/from/{decision.pk}/" in door.get(page).content.decode()
    assert calls.compose_call(decision=decision, by=bea, facts=_draft(riverside)).pk
    with pytest.raises(Refused):
        actions.end_waiting(decision=decision, by=bea)


def _draft(org: Organisation) -> CallDraft:
    start = saturday(org)
    return CallDraft(
        slogan="Now!", what="Walk", ask="Come", place="Gate", starts_at=start, ends_at=start + timedelta(hours=1),
        called_by="", language="",
    )  # fmt: skip
