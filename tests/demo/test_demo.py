"""The demo is a believable union: three chapters, two hundred neighbours, one turn whole and a second under way."""

import hashlib
import json
import re
from html import unescape

import pytest
from django.utils import timezone

from massline import demo
from massline.demo import second_loop_texts
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.events.models import Event
from massline.desk.guard.accounts import invitations as guard
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.home.loop_trace import LoopTrace, trace_newest_round
from massline.desk.listen.rounds.models import ListeningRound, Mood, Voice
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.sumup.claims.models import Citation, SumUp
from massline.desk.sumup.estimates.mood import take_mood_snapshot
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.square.calls.models import PublicEvent
from massline.square.conversations.models import Conversation, Statement
from massline.square.conversations.results import robustness
from massline.square.envelopes.event_capacity import count_sign_ups
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient, at_desk
from tests.kept_rows import made_once
from tests.parts import parts


@pytest.fixture
def union() -> Organisation:
    """The demo, made whole."""
    return made_once("the demo", build_demo, for_all_workers=True)


def build_demo() -> Organisation:
    """Build the demo; its one-time link is checked on the way."""
    said: list[str] = []
    secret = demo.build(said.append)
    assert said
    invitation = guard.find_invitation(secret)
    assert invitation is not None
    assert invitation.organisation is not None
    return invitation.organisation


def first_number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def test_every_page_says_the_same_number_of_people_who_come(union: Organisation, nobody: DoorClient) -> None:
    """The square, the desk's list and the desk's page of each event, read one after another."""
    door = at_desk(Account.objects.filter(memberships__organisation=union, memberships__role=Role.HOLDER)[0])
    listed = door.get(f"/{union.slug}/act/").content.decode()
    coming = list(Event.objects.of(union).coming_up().order_by("starts_at"))
    said_in_list = [first_number(text) for text in parts(listed, "said-yes")]
    said_on_pages, told = [], []
    for event in coming:
        (said,) = parts(door.get(f"/{union.slug}/act/{event.pk}/"), "said-yes")
        said_on_pages.append(first_number(said))
        page = nobody.get(PublicEvent.objects.get(uuid=event.uuid).get_absolute_url())
        told += [(first_number(text), said_on_pages[-1]) for text in parts(page, "coming-count")]
        count = count_sign_ups([event.uuid])[event.uuid]
        assert said_on_pages[-1] == count.coming == count_turnout([event])[event.pk].said_yes
    assert said_in_list == said_on_pages
    assert told
    assert all(on_square == at_the_desk for on_square, at_the_desk in told)


def test_the_demo_is_a_union_in_its_second_turn(union: Organisation, nobody: DoorClient) -> None:
    assert union.chapters.count() == 3
    first, second = ListeningRound.objects.of(union).filter(exposures=None).order_by("pk")
    turn = LoopTrace(first)
    assert turn.is_whole
    assert [step.state for step in turn.steps()] == ["done"] * 6
    assert turn.next_rounds == [second]
    now = trace_newest_round(union)
    assert now is not None
    assert now.round == second
    assert now.reached == "sumup"

    talks = list(Conversation.objects.talks().order_by("pk"))[:2]
    assert [talk.participants.count() for talk in talks] == [200, 140 + 14 + 16]
    results = [talk.latest_snapshot() for talk in talks]
    found = [one.document["result"]["result"] for one in results if one]
    # The second crowd stands on the border; its pseudonyms, and with them the draws, are new each time.
    assert found[0] == "groups"
    assert found[1] in {"groups", "spectrum"}

    assert contact_storage_conditions.missing_safeguards(union) == []
    assert chain.first_broken_line(union) is None
    assert Envelope.objects.to_collect().count() == 41 + 3
    assert CheckIn.objects.count() == CheckIn.objects.unmatched().count() == 4
    came = Attendance.objects.filter(presence=Presence.CAME).count()
    assert (came, Event.objects.past().order_by("starts_at")[0].headcount) == (30, 94)
    assert Contact.objects.filter(organisation=union).without_next_step().count() == 4
    assert any("drawn_evenly" in row for row in results[1].document["result"]["statements"])  # type: ignore[union-attr]
    every_quote_is_somebodys_words()
    every_page_opens(nobody)
    the_night_that_turns_is_seen_the_same_day(union)
    neighbours_with_an_agreed_list_are_told_of(talks[1], nobody)


def the_night_that_turns_is_seen_the_same_day(union: Organisation) -> None:
    take_mood_snapshot(union)
    board = MoodBoard(union)
    assert not board.is_too_noisy
    (turn,) = board.fresh_turns
    assert second_loop_texts.TURNING in turn.sentence
    turned = next(row for row in board.sections if row.section == second_loop_texts.TURNING)
    assert turned.breaks[0].since == turned.series[-1].day == timezone.localdate()
    assert turned.series[-1].mean > Mood.WILLING
    writer = Account.objects.filter(memberships__organisation=union, memberships__role=Role.HOLDER)[0]
    written = SumUp.objects.filter(round__organisation=union).latest("pk")
    page = at_desk(writer).get(f"/{union.slug}/sum-up/{written.pk}/words/").content.decode()
    assert turn.sentence in unescape(page)


def neighbours_with_an_agreed_list_are_told_of(talk: Conversation, nobody: DoorClient) -> None:
    checked = robustness.check_robustness(talk)
    assert checked is not None
    alike = json.loads(bytes(checked.robustness or b""))["result"]["alike"]
    assert [found["people"] for found in alike] == [pytest.approx(14, abs=4)]
    assert parts(nobody.get(talk.get_results_url()), "alike")


def every_quote_is_somebodys_words() -> None:
    for citation in Citation.objects.select_related("voice", "masking__voice"):
        if citation.masking is not None:
            assert citation.masking.holds
            source = citation.masking.text
        elif citation.voice is not None:
            source = citation.voice.text
        else:
            assert citation.statement is not None
            source = Statement.objects.get(uuid=citation.statement).text
        assert citation.text == source
        assert citation.digest == hashlib.sha256(source.encode()).hexdigest()
    said = {voice.text for voice in Voice.objects.all()} | {one.text for one in Statement.objects.all()}
    claims = [claim for report in ReportBack.objects.all() for claim in report.claims.all()]
    quotes = [quote["text"] for claim in claims for quote in claim.quotes if quote["text"]]
    assert quotes
    assert set(quotes) <= said


def every_page_opens(nobody: DoorClient) -> None:
    faces = PublicOrganisation.objects.all()
    pages = [
        one.get_absolute_url() for one in (*faces, *Conversation.objects.all(), *ReportBack.objects.all())
    ]
    pages += [talk.get_results_url() for talk in Conversation.objects.talks()]
    for page in pages:
        assert nobody.get(page, follow=True).status_code == 200, page
