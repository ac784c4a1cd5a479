"""A hall without accounts votes: phones by card beside hands and paper, one count, and the square reads what it rests on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.decisions.actions import record_decision
from massline.desk.decide.decisions.publication import publish_decision
from massline.desk.decide.motions import actions
from massline.desk.decide.motions.models import Motion
from massline.desk.decide.motions.phone_vote import ask_motion_by_phone
from massline.desk.decide.phone_votes.models import PhoneVoteHall
from massline.desk.people.models import Account, Organisation
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation
from massline.square.conversations.phone_votes.actions import open_questions
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import at_desk
from tests.parts import expect_refusal, holds, shows


@pytest.fixture
def motion(riverside: Organisation, bea: Account) -> Motion:
    return actions.put_motion(
        organisation=riverside, text="We stand at the gate tomorrow at six.", meeting="Hall", by=bea
    )


def page_of(motion: Motion) -> Conversation:
    motion.refresh_from_db()
    assert motion.hall is not None
    assert motion.hall.page is not None
    return motion.hall.page


def phones(motion: Motion, *values: int) -> None:
    """People with a card answer the wording that is asked now."""
    hall = page_of(motion)
    statement = open_questions(hall)[0]
    before = hall.participants.count()
    for number, value in enumerate(values, before):
        token = f"card {number}"
        voter = conversation_actions.join_conversation(
            hall, token=token, blank=Blank(hall.pk, token, Level.CARD)
        )
        save_answers([Answer(voter.pk, statement.pk, value)], conversations=[])


def test_cards_are_printed_for_a_meeting_and_kept_nowhere(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    assert shows(door.get("/riverside/decide/motions/"), "open-hall")
    page = door.post("/riverside/decide/halls/", {"meeting": "Mass meeting"}).headers["Location"]
    assert door.post("/riverside/decide/halls/", {"meeting": "Mass meeting"}).headers["Location"] == page
    sheet = door.post(page, {"most": 20, "level": "card"})
    assert sheet.headers["Content-Type"] == "application/pdf"
    assert shows(door.get(page), "cards-printed", 20)
    refused = door.post(page, {"most": 4000, "level": "card"})
    assert refused.status_code == 422
    assert PhoneVoteHall.objects.count() == 1
    assert shows(door.post("/riverside/decide/halls/", {"meeting": " "}, follow=True), "no-meeting")


def test_hands_paper_and_phones_of_the_hall_make_one_count_that_the_square_reads(
    riverside: Organisation, face: PublicOrganisation, motion: Motion, bea: Account, chen: Account
) -> None:
    door, page = at_desk(bea), f"/riverside/decide/motions/{motion.pk}/"
    at_desk(chen).post(f"{page}vote/", {"answer": "no"})
    assert shows(door.post(f"{page}hall/", follow=True), "hall-asked")
    assert shows(door.post(f"{page}hall/", follow=True), "in-hall-already")
    assert shows(at_desk(chen).post(f"{page}vote/", {"answer": "no"}, follow=True), "votes-by-card")
    phones(motion, *[1] * 12, -1, -1, 0)
    door.post(page, {"hands_in_favour": 60, "hands_against": 3, "hands_abstained": 1,
                     "paper_in_favour": 6, "paper_against": 2, "paper_abstained": 0})  # fmt: skip
    assert shows(door.get(page), "hall-voted", 15)
    refused = door.post(f"{page}close/", {"present": 80, "dissent": ""})
    assert shows(refused, "more-votes-than-people")
    phones(motion, 1)
    door.post(f"{page}close/", {"present": 120, "dissent": ""})
    motion.refresh_from_db()
    assert motion.count == VoteCount(60 + 6 + 13, 3 + 2 + 2, 1 + 0 + 1)
    assert shows(door.get(f"{page}minute/"), "record-decision"), (
        "whoever reads it out records it with one press"
    )
    assert not shows(at_desk(chen).get(f"{page}minute/"), "record-decision")
    assert open_questions(page_of(motion)) == []
    decision = record_decision(
        organisation=riverside, title="We go", demands=[], why="They lied.", owner=bea, motion=motion, by=bea,
        review_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    heard = publish_decision(decision=decision, by=bea).heard
    for told in ((120,), (60, 3, 1), (6, 2, 0), (13, 2, 1)):
        assert holds(heard, *told)


def test_a_changed_text_is_asked_anew_and_answers_to_the_old_one_are_set_aside(
    motion: Motion, bea: Account
) -> None:
    ask_motion_by_phone(motion=motion, by=bea)
    phones(motion, 1, 1, 1)
    amendment = actions.put_amendment(motion=motion, text="We stand at the gate tomorrow at seven.", by=bea)
    actions.settle_amendment(amendment=amendment, count=VoteCount(50, 2, 0), by=bea)
    motion.refresh_from_db()
    assert motion.is_asked_again
    assert [question.text for question in open_questions(page_of(motion))] == [motion.text]
    phones(motion, -1, 1)
    actions.close_motion(motion=motion, present=90, dissent="", by=bea)
    assert motion.count == VoteCount(1, 1, 0)


def test_the_projector_counts_live_and_a_secret_vote_shows_only_how_many(
    riverside: Organisation, motion: Motion, bea: Account, chen: Account
) -> None:
    secret = actions.put_motion(
        organisation=riverside, text="We strike on Monday.", meeting="Hall", is_secret=True, by=bea
    )
    for asked in (motion, secret):
        ask_motion_by_phone(motion=asked, by=bea)
        phones(asked, *[1] * 11)
        actions.record_tally(motion=asked, method="hands", count=VoteCount(40, 5, 0), by=bea)
    screen = at_desk(chen).get(f"/riverside/decide/motions/{motion.pk}/screen/")
    assert shows(screen, "live-voted", 45 + 11)
    assert shows(screen, "live-totals", 46, 5)
    assert shows(screen, "live-waiting", 5)
    dark = at_desk(chen).get(f"/riverside/decide/motions/{secret.pk}/screen/", headers={"HX-Request": "true"})
    assert shows(dark, "live-voted", 45 + 11)
    assert not shows(dark, "live-totals")
    assert not shows(dark, "live-waiting")


def test_a_withdrawn_motion_leaves_the_phones(motion: Motion, bea: Account) -> None:
    ask_motion_by_phone(motion=motion, by=bea)
    actions.withdraw_motion(motion=motion, by=bea)
    assert open_questions(page_of(motion)) == []
    with expect_refusal("vote-over"):
        ask_motion_by_phone(motion=motion, by=bea)


def test_an_organisation_without_a_public_face_has_no_hall(motion: Motion, bea: Account) -> None:
    PublicOrganisation.objects.filter(uuid=motion.organisation.uuid).delete()
    with expect_refusal("not-public"):
        ask_motion_by_phone(motion=motion, by=bea)
