"""Plans that can be carried out, and motions at a mass meeting: one count of hands, paper and phones, and no names."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from massline.core.refusal import Refused
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.motions import actions as motion_actions
from massline.desk.decide.motions.models import Motion, Speaker
from massline.desk.decide.plans import actions as plan_actions
from massline.desk.decide.plans.models import Mobilisation, Phase, Plan
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import at_desk
from tests.desk import decided_loop
from tests.parts import shows


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decided_loop.decide(riverside, bea)


def test_a_plan_says_what_would_make_it_simpler(decision: Decision, bea: Account, chen: Account) -> None:
    door = at_desk(bea)
    answer = door.post(f"/riverside/decide/decisions/{decision.pk}/plan/", {"title": "Until the frost"})
    page = answer.headers["Location"]
    plan = Plan.objects.get()
    phase = {
        "title": "Knock",
        "aim": "Every stairwell has heard",
        "starts_on": "2031-01-10",
        "ends_on": "2031-01-01",
    }
    assert shows(door.post(page, phase), "ends-before")
    door.post(page, phase | {"ends_on": "2031-02-01"})
    knock = Phase.objects.get()
    first = {
        "phase": knock.pk,
        "what": "Sit in",
        "ask": "Come and then stay",
        "day": "2031-01-12",
        "reach": "edge",
    }
    for number, reach in enumerate(("edge", "breadth", "breadth")):
        door.post(
            f"{page}mobilise/",
            first | {"what": f"Sit in {number}", "reach": reach, "day": f"2031-01-1{number + 2}"},
        )
    told = door.get(page).content.decode()
    for warning in ("week", "one-ask", "order", "stays"):
        assert shows(told, warning)
    assert shows(told, "owner", 3)
    assert shows(told, "ready", 8)
    for one in Mobilisation.objects.all()[:2]:
        door.post(f"/riverside/decide/mobilisations/{one.pk}/remove/")
    last = Mobilisation.objects.get()
    plan_actions.add_mobilisation(
        phase=knock, what="Write", ask="Sign", day=date(2031, 1, 30), reach="edge", owner=bea, by=bea
    )
    Mobilisation.objects.filter(pk=last.pk).update(owner=bea, ask="Come.")
    Phase.objects.update(stays="A committee in every block")
    door.post(
        f"{page}ready/",
        {f"stands_{one.safeguard}": "on" for one in plan.readiness.all()} | {"owner_lawyer": chen.pk},
    )
    assert plan.readiness.get(safeguard="lawyer").owner == chen
    told = at_desk(chen).get(page).content.decode()
    assert not shows(told, "simpler")
    assert shows(told, "safeguards-met", 8, 8)
    assert not shows(told, "put-in-plan")


@pytest.fixture
def motion(riverside: Organisation, bea: Account) -> Motion:
    return motion_actions.put_motion(
        organisation=riverside,
        text="We walk on Saturday.",
        meeting="Mass meeting",
        rule="two_thirds",
        quorum=20,
        by=bea,
    )


def test_hands_paper_and_phones_make_one_count_and_a_minute(
    riverside: Organisation, motion: Motion, bea: Account, chen: Account
) -> None:
    door, page = at_desk(bea), f"/riverside/decide/motions/{motion.pk}/"
    counted = {"hands_in_favour": 21, "hands_against": 9, "hands_abstained": 2}
    counted |= {"paper_in_favour": 4, "paper_against": 3, "paper_abstained": 0}
    door.post(page, counted)
    at_desk(chen).post(f"{page}vote/", {"answer": "yes"})
    at_desk(chen).post(f"{page}vote/", {"answer": "no"})
    assert shows(door.get(page).content.decode(), "counted-at-close")
    assert shows(door.get(page).content.decode(), "quorum", 20)
    for present, reason in (
        (12, "12 are here, and the motion needs 20."),
        (39, "40"),
    ):
        refused = door.post(f"{page}close/", {"present": present, "dissent": "Too early 😬"}).content.decode()
        assert reason in refused
        assert "Too early 😬" in refused
    answer = door.post(f"{page}close/", {"present": 60, "dissent": "Too early 😬"})
    minute = door.get(answer.headers["Location"]).content.decode()
    for words in ("60 people were present.", "<b>26</b>", "<b>12</b>", "Too early 😬", "two thirds"):
        assert words in minute
    assert not Roll.objects.filter(subject=motion.roll_name).exists()
    with pytest.raises(Refused):
        motion_actions.record_phone_vote(motion=motion, answer="yes", by=bea)
    begun = door.get(f"/riverside/decide/record/?motion={motion.pk}").content.decode()
    assert 'value="26"' in begun
    assert "We walk on Saturday." in begun


def test_a_count_typed_and_not_entered_is_counted_when_the_vote_closes(motion: Motion, bea: Account) -> None:
    """The red button stands below the counts: pressed without "Enter", it must not close the vote with none."""
    door, page = at_desk(bea), f"/riverside/decide/motions/{motion.pk}/"
    assert shows(door.post(f"{page}close/", {"present": 30, "dissent": ""}), "nothing-counted")
    typed = {"hands_in_favour": 21, "hands_against": 2, "hands_abstained": 1}
    typed |= {"paper_in_favour": 0, "paper_against": 0, "paper_abstained": 0}
    kept = door.post(f"{page}close/", typed | {"present": "", "dissent": ""}).content.decode()
    assert 'name="hands_in_favour" value="21"' in kept
    assert f'formaction="{page}"' in kept, (
        "entering the count leads to its page, whichever page shows the form"
    )
    answer = door.post(f"{page}close/", typed | {"present": 30, "dissent": ""})
    minute = " ".join(door.get(answer.headers["Location"]).content.decode().split())
    motion.refresh_from_db()
    assert (motion.state, motion.count) == ("carried", VoteCount(21, 2, 1))
    for label, count in (("In favour", 21), ("Against", 2), ("Abstained", 1)):
        assert f'<td data-label="{label}" class="num">{count}</td>' in minute, "each count under its own name"


def test_whoever_is_let_in_for_a_motion_does_not_vote_on_it_by_phone(
    motion: Motion, bea: Account, chen: Account
) -> None:
    vote = f"/riverside/decide/motions/{motion.pk}/vote/"
    member = Membership.objects.filter(account=chen)
    member.update(let_in_by=bea)
    assert shows(at_desk(chen).post(vote, {"answer": "yes"}, follow=True), "let-in-for-motion")
    assert motion.count.total == 0
    member.update(since=motion.made_on - timedelta(days=1))
    at_desk(chen).post(vote, {"answer": "yes"})
    at_desk(bea).post(vote, {"answer": "no"})
    assert Motion.objects.get().count.total == 2


def test_somebody_else_s_guest_of_the_day_votes(motion: Motion, amal: Account, chen: Account) -> None:
    Membership.objects.filter(account=chen).update(let_in_by=amal)
    at_desk(chen).post(f"/riverside/decide/motions/{motion.pk}/vote/", {"answer": "yes"})
    assert Motion.objects.get().count.total == 1


def test_an_amendment_that_is_taken_becomes_the_motion(motion: Motion, bea: Account, chen: Account) -> None:
    door, page = at_desk(bea), f"/riverside/decide/motions/{motion.pk}/"
    door.post(f"{page}amend/", {"text": "We walk on Sunday. 🔥"})
    amendment = motion.amendments.get()
    assert (
        at_desk(chen).post(f"/riverside/decide/amendments/{amendment.pk}/", {"in_favour": 1}).status_code
        == 404
    )
    door.post(
        f"/riverside/decide/amendments/{amendment.pk}/", {"in_favour": 12, "against": 3, "abstained": 1}
    )
    motion.refresh_from_db()
    assert (motion.text, motion.moved) == ("We walk on Sunday. 🔥", "We walk on Saturday.")
    lost = motion_actions.put_amendment(motion=motion, text="Never", by=bea)
    motion_actions.settle_amendment(amendment=lost, count=VoteCount(2, 9, 0), by=bea)
    motion.refresh_from_db()
    assert motion.text == "We walk on Sunday. 🔥"
    assert shows(door.get(f"{page}minute/").content.decode(), "first-wording")


def test_speakers_are_called_in_turn_and_forgotten_at_the_end(
    motion: Motion, bea: Account, chen: Account
) -> None:
    door, page = at_desk(bea), f"/riverside/decide/motions/{motion.pk}/"
    for name in ("Rosa", "Idris", "سلمى"):
        at_desk(chen).post(f"{page}speakers/", {"name": name})
    at_desk(chen).post(f"{page}speakers/", {"name": "Mehmet", "is_first_time": "on"})

    def waiting() -> list[str]:
        return [one.name for one in motion.speakers.filter(has_spoken=False)]

    assert waiting() == ["Mehmet", "Rosa", "Idris", "سلمى"]
    idris = motion.speakers.get(name="Idris")
    assert at_desk(chen).post(f"/riverside/decide/speakers/{idris.pk}/", {"way": "up"}).status_code == 404
    for name, way in (("Idris", "up"), ("Mehmet", "spoke"), ("Rosa", "down"), ("Rosa", "off")):
        door.post(f"/riverside/decide/speakers/{motion.speakers.get(name=name).pk}/", {"way": way})
    assert waiting() == ["Idris", "سلمى"]
    wall = door.get(f"{page}screen/").content.decode()
    assert "We walk on Saturday." in wall
    assert "Idris" in wall
    part = door.get(f"{page}screen/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    door.post(f"{page}close/", {"withdraw": "1"})
    assert not Speaker.objects.exists()
    motion.refresh_from_db()
    assert motion.state == "withdrawn"


def test_a_carried_motion_becomes_a_decision_that_knows_it(motion: Motion, bea: Account) -> None:
    motion_actions.record_tally(motion=motion, method="hands", count=VoteCount(30, 1, 0), by=bea)
    motion_actions.close_motion(motion=motion, present=40, dissent="", by=bea)
    form = {"title": "We wait", "why": "Carried", "waits": "on", "would_change": "Frost.", "owner": bea.pk}
    form |= {"motion": motion.pk, "review_on": timezone.localdate() + timedelta(days=3)}
    assert at_desk(bea).post("/riverside/decide/record/", form).status_code == 302
    motion.refresh_from_db()
    assert motion.decision is not None
    assert motion.decision.would_change == "Frost."
