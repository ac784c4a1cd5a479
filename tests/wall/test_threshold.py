"""One threshold for every page and estimate: where it is 10, no figure of a section or group of six is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.core.disclosure_threshold import threshold
from massline.desk.act.structure_tests import actions as structure
from massline.desk.act.structure_tests.comparison import publishable_counts
from massline.desk.decide.demands import actions as decide
from massline.desk.decide.demands.breadth import measure_breadth
from massline.desk.decide.line.actions import draw_line
from massline.desk.decide.line.line_page import LinePresentation
from massline.desk.decide.slogans.actions import try_slogan, write_slogan
from massline.desk.guard.keys.organisation_setup import set_threshold
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.sumup.claims import actions as sumup
from massline.desk.sumup.claims.citations import describe_statement_result, map_summary_of
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.claims.report_back import nameable_sections
from massline.desk.sumup.estimates.mood import take_mood_snapshot
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.mood_counts import section_moods
from massline.engine.result_documents import canonical_bytes
from massline.jobs.models import Job
from massline.square.conversations import actions as conversations
from massline.square.conversations.models import Conversation, OpinionSnapshot, Participant, Value
from massline.square.conversations.results.map_results import MapResults
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.reports import reader_answers
from massline.square.reports.models import Claim, HeardAnswer, Resonance
from tests.conftest import DoorClient, _member, at_desk
from tests.desk import heard_round
from tests.parts import shows
from tests.votes import vote

LARGE, SMALL = 5, 10


@pytest.fixture(params=[LARGE, SMALL])
def shown(request: Any, riverside: Organisation, amal: Account) -> bool:
    """The organisation shows figures of six, and then asks for ten."""
    set_threshold(organisation=riverside, small_cell=request.param, by=amal)
    riverside.refresh_from_db()
    return bool(request.param <= 6)


@pytest.fixture
def round_(riverside: Organisation, bea: Account) -> ListeningRound:
    """Six of Block C and twenty of Block A answered, in two camps; both sections were visited as often."""
    round_ = heard_round.heating(riverside, bea)
    heard_round.write(round_, bea, "Block A", [], people=28, mood=4)
    talk = conversation_of(round_)
    assert talk is not None
    for number in range(2, 12):
        conversations.add_statement(talk, text=f"Statement {number}", seed=True)
    Participant.objects.all().delete()
    for n in range(66):
        person = conversations.join_conversation(talk, token=f"neighbour {n}")
        person.section, person.asked_section = ("Block C" if n < 6 else "Block A"), True
        person.save()
        for number, statement in enumerate(talk.statements.all()):
            value = Value.AGREE if (n < 6) == bool(number % 2) else Value.DISAGREE
            vote(person, statement, value=value)
    return round_


@pytest.fixture
def talk(round_: ListeningRound) -> Conversation:
    """The conversation with a map that calls those six a group, beside the sixty."""
    talk = conversation_of(round_)
    assert talk is not None
    document = take_snapshot(talk).document
    statements = document["result"]["statements"]
    for row in statements:
        six = row["agree"] if row["agree"] == 6 else 0
        counts = [(0, 60, row["agree"] - six), (1, 6, six)]
        row["by_group"] = [
            {
                "group": g,
                "seen": n,
                "agree": yes,
                "disagree": n - yes,
                "pass": 0,
                "agree_interval": [0.1, 0.9],
            }
            for g, n, yes in counts
        ]
    document["result"] |= {
        "result": "groups",
        "groups": [
            {"id": g, "size": n, "share": n / 66, "center": [0, 0], "representative": [statements[0]["id"]]}
            for g, n in ((0, 60), (1, 6))
        ],
    }
    OpinionSnapshot.objects.update(body=canonical_bytes(document))
    return talk


def results_of(talk: Conversation) -> MapResults:
    snapshot = talk.latest_snapshot()
    assert snapshot is not None
    talk = Conversation.objects.select_related("organisation").get(pk=talk.pk)
    return MapResults(talk, snapshot, threshold=threshold(talk.organisation))


def test_results_name_no_section_and_no_group_of_six(shown: bool, talk: Conversation) -> None:
    results = results_of(talk)
    assert [group.size for group in results.found.groups] == [60, 6]
    assert [group.size for group in results.groups] == ([60, 6] if shown else [])
    row = results.by_agreement[0]
    assert [bar.seen for bar in row.counted] == ([66, 60, 6] if shown else [66])
    assert ("Block C" in [name for name, _seen, _share in row.sections]) is shown
    page = DoorClient("square").get(talk.get_results_url()).content.decode()
    assert ("6 people, 9%" in page) is shown
    assert ('id="groups"' in page) is True
    assert (shows(page, "groups-hidden", 10)) is not shown
    everything = DoorClient("square").get(f"{talk.get_absolute_url()}results/all/").content.decode()
    assert ("Block C" in everything) is shown


def test_a_map_taken_before_the_threshold_was_raised_shows_no_small_part(
    riverside: Organisation, amal: Account, talk: Conversation
) -> None:
    before = talk.latest_snapshot()
    assert results_of(talk).groups
    Job.objects.using("square").all().delete()
    set_threshold(organisation=riverside, small_cell=10, by=amal)
    assert results_of(talk).groups == []
    assert results_of(talk).by_agreement[0].sections == []
    assert Job.objects.using("square").filter(name="conversations.take_snapshot").count() == 1
    talk.refresh_from_db()
    assert take_snapshot(Conversation.objects.get(pk=talk.pk)) != before
    assert [name for name, _seen, _share in results_of(talk).by_agreement[0].sections] == []


def test_the_summary_counts_no_part_of_six(
    shown: bool, riverside: Organisation, round_: ListeningRound, talk: Conversation
) -> None:
    round_ = ListeningRound.objects.get(pk=round_.pk)
    parts = [(part.part, part.label) for part in CitedData(round_).general]
    assert ((6, "one opinion group") in parts) is shown
    assert ((7, "Block C") in parts) is shown
    small = Section.objects.get(name="Block C")
    assert (small.pk in nameable_sections(round_)) is shown
    tally = describe_statement_result(0, map_summary_of(round_), threshold(riverside))
    assert "60 of 66" in tally


def test_the_ladder_of_a_section_shows_no_eight(shown: bool, round_: ListeningRound, bea: Account) -> None:
    heard_round.write(round_, bea, "Block C", [], people=8, mood=4)
    cells = {
        row.section.name: row.row.cells for row in section_moods(ListeningRound.objects.get(pk=round_.pk))
    }
    assert (8 in cells["Block C"]) is shown


def test_no_mood_of_a_section_of_seven(shown: bool, riverside: Organisation, round_: ListeningRound) -> None:
    take_mood_snapshot(riverside)
    few = MoodBoard(riverside).few
    assert ("Block C" in few) is not shown


def test_a_mood_estimated_before_shows_no_small_section(
    riverside: Organisation, amal: Account, bea: Account, round_: ListeningRound
) -> None:
    today = timezone.localdate()
    for week in range(6):
        heard_round.write(round_, bea, "Block A", [], people=6, mood=2, day=today - timedelta(days=7 * week))
    take_mood_snapshot(riverside)
    assert "Block C" in {row.section for row in MoodBoard(riverside).rows}
    set_threshold(organisation=riverside, small_cell=10, by=amal)
    board = MoodBoard(Organisation.objects.get(pk=riverside.pk))
    assert {row.section for row in board.rows} == {"Block A"}
    assert board.few == ["Block C"]
    told = [row.heard for row in board.rows]
    page = at_desk(bea).get("/riverside/learn/pictures/")
    assert shows(page, "mood-based-on", sum(told), len(told))
    assert board.snapshot is not None
    everyone = board.snapshot.estimate.rests_on["readings"]
    assert everyone > sum(told), "nobody could subtract"
    assert not shows(page, "mood-based-on", everyone)
    summing_up = at_desk(bea).get(f"/riverside/sum-up/{heard_round.written(round_, bea).pk}/words/")
    assert shows(summing_up, "mood-based-on", sum(told), len(told))
    again = take_mood_snapshot(Organisation.objects.get(pk=riverside.pk))
    assert board.snapshot is not None
    assert again.pk != board.snapshot.pk


@pytest.fixture
def drawn(
    shown: bool, riverside: Organisation, round_: ListeningRound, bea: Account, amal: Account
) -> LinePresentation:
    written = heard_round.written(round_, bea)
    sumup.add_claim(sum_up=written, text="Alone?", statements=[heard_round.statement(round_, 1)], by=bea)
    sumup.sign_sum_up(sum_up=written, by=amal)
    made = [
        decide.make_demand(organisation=riverside, text=text, claims=[written.claims.get(text=said)], by=bea)
        for text, said in (("Publish the bill", "Children freeze in Block C."), ("Rent strike", "Alone?"))
    ]
    for n in range(6):
        decide.record_comparison(
            one=made[0], other=made[1], further=made[1], by=_member(f"member {n}", riverside, 1)
        )
    return LinePresentation(draw_line(riverside), threshold(riverside))


def test_the_line_gives_no_share_of_a_section_of_six(
    shown: bool, drawn: LinePresentation, riverside: Organisation, bea: Account
) -> None:
    told = [cell for row in drawn.asked.sections for cell in row if cell.section == "Block C"]
    assert told
    assert all((cell.share is not None) is shown for cell in told)
    assert {
        row.row.breadth is not None and row.row.breadth.part == "section Block C" for row in drawn.demands
    } <= {shown, False}
    assert any("section Block C" in row.row.unheard for row in drawn.demands) is not shown
    assert any(row.row.advance for row in drawn.demands) is shown
    page = at_desk(bea).get("/riverside/decide/line/").content.decode()
    assert shows(page, "sections-unheard", "Block C") is not shown


def test_a_demand_shows_no_support_in_a_group_of_six(
    shown: bool,
    riverside: Organisation,
    round_: ListeningRound,
    talk: Conversation,
    bea: Account,
    amal: Account,
) -> None:
    written = heard_round.written(round_, bea)
    sumup.sign_sum_up(sum_up=written, by=amal)
    claims = list(written.claims.all())
    demand = decide.make_demand(organisation=riverside, text="Publish the bill", claims=claims, by=bea)
    felt = measure_breadth([demand], threshold(riverside))[demand.pk]
    assert felt.supports
    assert any(support.least for support in felt.supports) is shown
    page = at_desk(bea).get(f"/riverside/decide/demands/{demand.pk}/").content.decode()
    assert (shows(page, "least-in-group")) is shown


def test_a_line_drawn_before_shows_no_small_part(
    riverside: Organisation, amal: Account, bea: Account, round_: ListeningRound
) -> None:
    written = heard_round.written(round_, bea)
    sumup.sign_sum_up(sum_up=written, by=amal)
    decide.make_demand(
        organisation=riverside, text="Publish the bill", claims=list(written.claims.all()), by=bea
    )
    line = draw_line(riverside)
    assert LinePresentation(line, threshold(riverside)).knows_sections
    set_threshold(organisation=riverside, small_cell=10, by=amal)
    before = LinePresentation(line, threshold(riverside))
    assert not before.knows_sections
    assert all(row.row.breadth is None for row in before.demands)
    assert all(slate.sections == [] for slate in before.slates)
    assert at_desk(bea).get(f"/riverside/decide/line/{line.pk}/").status_code == 200
    assert not LinePresentation(draw_line(riverside), threshold(riverside)).hides_parts


def test_a_slogan_tried_on_six_has_no_share(
    shown: bool, drawn: LinePresentation, riverside: Organisation, bea: Account
) -> None:
    slogan = write_slogan(demand=riverside.demands.earliest("pk"), language="en", text="Heat now", by=bea)
    try_slogan(slogan=slogan, by=bea, place="The gate", understood=3, asked_again=2, walked_on=1)
    page = at_desk(bea).get(f"/riverside/decide/slogans/{slogan.pk}/").content.decode()
    assert ("50% of 6 understood it" in page) is shown


def test_a_structure_test_says_nothing_of_six_outside(
    shown: bool, riverside: Organisation, bea: Account
) -> None:
    today = timezone.localdate()
    test = structure.create_structure_test(
        organisation=riverside, deed="Sign", begins_on=today, ends_on=today, strong_percent=50, by=bea
    )
    a, c = Section.objects.get(name="Block A"), Section.objects.get(name="Block C")
    structure.record_section_counts(test=test, counts={a: 80, c: 6}, by=bea)
    told = {one.section: one.did for one in publishable_counts(test)[0]}
    assert (told["Block C"] == 6) is shown


def test_seven_readers_of_a_report_give_no_figure(
    shown: bool, riverside: Organisation, round_: ListeningRound, amal: Account, bea: Account
) -> None:
    written = heard_round.written(round_, bea)
    sumup.sign_sum_up(sum_up=written, by=amal)
    report = sumup.publish_sum_up(sum_up=written, by=bea)
    claim = Claim.objects.earliest("pk")
    for number in range(7):
        Resonance.objects.create(claim=claim, key=str(number), value=HeardAnswer.YES)
    reader_answers.release_reader_answers(claim)
    page = DoorClient("square").get(report.get_absolute_url()).content.decode()
    desk = at_desk(bea).get(f"/riverside/sum-up/{written.pk}/").content.decode()
    assert ("6 yes" in page) is shown
    assert ("6 yes" in desk) is shown
