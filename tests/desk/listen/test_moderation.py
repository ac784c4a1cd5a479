"""Reading what people wrote: warnings that decide nothing, reasons the writer can read, and a way back."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from massline.desk.guard.audit.models import AuditLine
from massline.desk.listen.conversations.moderation_warnings import (
    split_at_personal_data,
    statements_to_moderate,
)
from massline.desk.listen.rounds import actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation, Participant, Statement, Value
from massline.square.conversations.rejection_reasons import REASONS, SAID_ALREADY
from massline.square.conversations.results import snapshot
from tests.conftest import DoorClient, at_desk
from tests.parts import parts, shows
from tests.square.conversations.test_voting import answer_next, say
from tests.votes import vote

SAID = "No one pays the increase until the heat works."
AGAIN = "Nobody pays the rent increase until the heating works"

# What waits to be read, as long as nobody unfolds it.
FOLDED = re.compile(r'<details class="fold part tight"\s*>')


@pytest.fixture
def round_(riverside: Organisation, bea: Account, today: date) -> ListeningRound:
    return actions.open_round(
        organisation=riverside,
        question="What about the heating?",
        closes_on=today + timedelta(days=7),
        by=bea,
        seeds=[SAID, "Meetings must have an interpreter."],
        results="sealed",
    )


@pytest.fixture
def talk(round_: ListeningRound) -> Conversation:
    return Conversation.objects.get()


@pytest.fixture
def writer(talk: Conversation) -> Participant:
    return conversation_actions.join_conversation(talk, token="somebody")


def write(talk: Conversation, writer: Participant, text: str) -> Statement:
    statement = conversation_actions.add_statement(talk, text=text, token="somebody")
    vote(writer, statement, value=Value.AGREE)
    return statement


def at(round_: ListeningRound, place: str = "") -> str:
    return f"/riverside/listen/{round_.pk}/{place}"


def page(door: Any, round_: ListeningRound, place: str = "") -> str:
    return str(door.get(at(round_, place)).content.decode())


def test_a_sentence_that_looks_like_one_that_is_shown_is_shown_beside_it(
    round_: ListeningRound, talk: Conversation, writer: Participant
) -> None:
    write(talk, writer, AGAIN)
    write(talk, writer, "The stairs are dark at night.")
    held = statements_to_moderate(talk)
    assert [one.like.text if one.like else None for one in held] == [SAID, None]


def test_bea_turns_it_down_as_said_already_and_the_writer_reads_which_says_it(
    round_: ListeningRound, talk: Conversation, bea: Account, nobody: DoorClient
) -> None:
    say(nobody, talk, AGAIN)
    again = Statement.objects.get(text=AGAIN)
    whole = page(at_desk(bea), round_)
    assert shows(whole, "similar", 1)
    assert shows(whole, "show-anyway")
    at_desk(bea).post(at(round_, f"statements/{again.number}/"), {"same_as": "0"})
    again.refresh_from_db()
    assert (again.state, again.same_as and again.same_as.text) == ("turned_down", SAID)
    assert Statement.objects.count() == 3
    told = nobody.get(f"{talk.get_absolute_url()}answers/").content.decode()
    assert shows(told, "why-rejected", str(SAID_ALREADY))
    assert SAID in told


def test_what_may_tell_who_somebody_is_is_marked_and_the_words_stay_to_the_byte(
    round_: ListeningRound, talk: Conversation, writer: Participant, bea: Account
) -> None:
    text = "Ring  Maria Lopez, +49 151 2345 6789, or mail a@b.org 🥶\n٠٥٠ ١٢٣ ٤٥٦٧"
    written = write(talk, writer, text)
    assert "".join(part.text for part in split_at_personal_data(written)) == text
    whole = page(at_desk(bea), round_)
    assert "<mark>a@b.org</mark>" in whole
    kinds = {str(part.kind) for part in split_at_personal_data(written) if part.kind}
    assert len(kinds) == 3, "a name, a number, an address"
    assert all(kind in whole for kind in kinds)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"why": "insults"}, REASONS["insults"]),
        (
            {"why": "insults", "reason": "Say it of the letter."},
            f"{REASONS['insults']} Say it of the letter.",
        ),
        ({"reason": "Ask the caretaker."}, "Ask the caretaker."),
    ],
)
def test_a_reason_is_chosen_or_said_in_own_words_or_both(
    given: dict[str, str],
    kept: str,
    round_: ListeningRound,
    talk: Conversation,
    writer: Participant,
    bea: Account,
) -> None:
    written = write(talk, writer, "They are all fools.")
    at_desk(bea).post(at(round_, f"statements/{written.number}/"), given)
    written.refresh_from_db()
    assert written.reason == kept
    with translation.override("es"):
        assert written.why_not.startswith("Insulta a la gente.") is ("why" in given)
        assert written.why_not.endswith(given.get("reason", ""))


LONG = "Please say which day it was, and leave the flat number out, so that nobody can be guessed. " * 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"why": "names", "reason": LONG}, ("reason-too-long", 181)),
        ({"reason": LONG}, ("reason-too-long", 160)),
        ({"why": "", "reason": " "}, ("no-reason",)),
        ({"why": "king", "reason": "Kept?"}, ("invalid-choice", "king")),
    ],
)
def test_what_a_moderator_typed_is_never_lost(
    given: dict[str, str],
    told: tuple[str, int],
    round_: ListeningRound,
    talk: Conversation,
    writer: Participant,
    bea: Account,
) -> None:
    written = write(talk, writer, "They are all fools.")
    place = at(round_, f"statements/{written.number}/")
    whole = at_desk(bea).post(place, given)
    part = at_desk(bea).post(place, given, headers={"HX-Request": "true"})
    assert (whole.status_code, part.status_code) == (422, 200)
    for page in (whole.content.decode(), part.content.decode()):
        assert "They are all fools." in page
        assert shows(page, *told)
        assert given["reason"].strip() in page
        assert ('value="names" checked' in page) is (given.get("why") == "names")
    written.refresh_from_db()
    assert written.state == "held"


def test_who_turns_down_from_the_list_comes_back_to_the_list(
    round_: ListeningRound, talk: Conversation, bea: Account
) -> None:
    door = at_desk(bea)
    listed = page(door, round_, "statements/")
    assert "hx-post" not in listed.split('name="why"')[1]
    form = {"why": "elsewhere", "list": "shown"}
    onward = door.post(at(round_, "statements/1/"), form).headers["Location"]
    assert onward == at(round_, "statements/?state=shown")
    long = door.post(at(round_, "statements/0/"), {"reason": LONG, "list": "shown"}).content.decode()
    assert '<input type="hidden" name="list" value="shown">' in long


def test_every_reason_is_told_in_spanish_and_arabic() -> None:
    for language in ("es", "ar"):
        with translation.override(language):
            assert not {translation.gettext(one) for one in REASONS.values()} & set(REASONS.values())


def test_a_decision_is_taken_back_at_once_and_nobody_reads_who_wrote_it(
    round_: ListeningRound, talk: Conversation, writer: Participant, bea: Account
) -> None:
    written = write(talk, writer, "The stairs are dark at night.")
    door = at_desk(bea)
    onward = door.post(at(round_, f"statements/{written.number}/"), {"show": "1"}).headers["Location"]
    offered = door.get(onward.split("#")[0]).content.decode()
    assert shows(offered, "take-back")
    door.post(at(round_, f"statements/{written.number}/back/"))
    written.refresh_from_db()
    assert (written.state, written.read_on) == ("held", None)
    for text in (offered, page(door, round_), page(door, round_, "statements/?state=held")):
        assert writer.key not in text
        assert f"#{writer.pk}" not in text
    verbs = list(AuditLine.objects.order_by("sequence").values_list("verb", flat=True))[-2:]
    assert verbs == ["showed a statement", "took a moderation back"]


def test_a_statement_shown_at_once_can_still_be_turned_down_from_the_list(
    round_: ListeningRound, talk: Conversation, writer: Participant, bea: Account, chen: Account
) -> None:
    Conversation.objects.update(shown="at_once")
    talk.refresh_from_db()
    written = write(talk, writer, "Shown before anybody read it.")
    door = at_desk(bea)
    assert "Shown before anybody read it." in page(door, round_, "statements/")
    door.post(at(round_, f"statements/{written.number}/"), {"why": "unclear"})
    assert "Shown before anybody read it." in page(door, round_, "statements/?state=turned_down")
    assert at_desk(chen).get(at(round_, "statements/")).status_code == 404


def test_more_statements_are_asked_later_and_none_twice(
    round_: ListeningRound, talk: Conversation, bea: Account
) -> None:
    door = at_desk(bea)
    door.post(
        at(round_, "statements/add/"),
        {"seeds": f"{SAID}\nA date for every boiler.\nA date for every boiler."},
    )
    assert list(talk.statements.shown().values_list("number", "text"))[2:] == [
        (2, "A date for every boiler.")
    ]
    long = door.post(at(round_, "statements/add/"), {"seeds": "x" * 301})
    assert long.status_code == 422
    assert "x" * 301 in long.content.decode()


def test_closing_opens_sealed_results_and_another_day_opens_the_conversation_again(
    round_: ListeningRound, talk: Conversation, bea: Account, nobody: DoorClient
) -> None:
    answer_next(nobody, talk, 1)
    snapshot.take_snapshot(talk)
    results = f"{talk.get_absolute_url()}results/"
    assert shows(nobody.get(results).content.decode(), "results-sealed")
    door = at_desk(bea)
    assert shows(page(door, round_, "conversation/"), "sealed-results")
    door.post(at(round_, "conversation/end/"))
    assert not shows(nobody.get(results).content.decode(), "results-sealed")
    assert shows(page(door, round_, "conversation/"), "results-open")
    later = timezone.localdate() + timedelta(days=3)
    form = {"opens_on": round_.opens_on, "closes_on": later, "results": "live", "shown": "held"}
    assert door.post(at(round_, "conversation/"), form).status_code == 302
    talk.refresh_from_db()
    round_.refresh_from_db()
    assert talk.is_open()
    assert (round_.closes_on, talk.results) == (later, "live")
    wrong = door.post(at(round_, "conversation/"), form | {"closes_on": round_.opens_on - timedelta(days=1)})
    assert wrong.status_code == 422
    assert shows(wrong.content.decode(), "closes-before-opening")


def test_one_sentence_is_read_at_a_time_and_the_list_has_all(
    round_: ListeningRound, talk: Conversation, writer: Participant, bea: Account
) -> None:
    texts = ["The stairs are dark at night.", "The lift has been out since May."]
    first, _second = (write(talk, writer, text) for text in texts)
    door = at_desk(bea)
    whole = page(door, round_)
    assert shows(whole, "waiting-count", 2)
    assert FOLDED.search(whole), "many wait behind one line; a page of their own reads them one by one"
    assert texts[0] in whole
    assert texts[1] not in whole
    assert shows(whole, "all-waiting")
    assert all(text in page(door, round_, "statements/?state=held") for text in texts)
    door.post(at(round_, f"statements/{first.number}/"), {"show": "1"})
    whole = page(door, round_)
    assert shows(whole, "waiting-count", 1)
    assert not FOLDED.search(whole), "a single one is read here"
    assert texts[1] in whole
    assert not shows(whole, "all-waiting")


def test_statements_are_numbered_from_one(
    round_: ListeningRound, talk: Conversation, bea: Account, nobody: DoorClient
) -> None:
    """Case Z8, on the page of all statements."""
    page = at_desk(bea).get(f"/riverside/listen/{round_.pk}/statements/?state=shown")
    assert sorted(parts(page, "statement-number")) == ["1.", "2."]
    assert {statement.shown_number for statement in talk.statements.all()} == {1, 2}


def test_what_a_sentence_is_like_has_the_number_that_the_list_gives_it(
    round_: ListeningRound, talk: Conversation, bea: Account, nobody: DoorClient
) -> None:
    say(nobody, talk, AGAIN)
    like = Statement.objects.get(text=SAID)
    door = at_desk(bea)
    for place in ("", "reading/"):
        assert shows(page(door, round_, place), "similar", like.shown_number)
    assert shows(page(door, round_, "reading/many/"), "similar", like.shown_number)
