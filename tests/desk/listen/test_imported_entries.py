"""K1: words that come by a file are kept as words and moods; nobody counts as spoken to for them, on any page."""

from datetime import date
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import connections

from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.import_export.models import ImportBatch
from massline.desk.listen.paper.forms import ROWS, sheet_row_uuid
from massline.desk.listen.paper.models import PaperSheet
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.coverage import count_people_heard, section_coverage
from massline.desk.listen.rounds.models import Channel, FieldReport, ListeningRound, Mood, Voice
from massline.desk.people.models import Account, Section
from massline.desk.sumup.claims import actions as sum_ups
from massline.desk.sumup.claims.report_back import nameable_sections, report_basis_of_round
from massline.desk.sumup.estimates.mood import take_mood_snapshot
from massline.desk.sumup.estimates.themes import take_theme_snapshot
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.mood_counts import section_moods
from massline.square.reports.basis import describe_basis
from tests.conftest import DoorClient
from tests.desk.listen.import_files import confirm, looked, send
from tests.parts import parts, shows


@pytest.fixture
def heard(round_: ListeningRound, bea: Account) -> ListeningRound:
    """A meeting of twelve and one door, with three voices."""
    for people, words in ((12, ["It is cold.", "Who pays?"]), (1, ["I can lend a heater."])):
        field_report_actions.write_field_report(
            round_=round_,
            by=bea,
            section=Section.objects.get(organisation=round_.organisation, name="Block A"),
            channel="meeting",
            people=people,
            mood=Mood.WATCHING,
            voices=[field_report_actions.VoiceText(text) for text in words],
        )
    return round_


def taken_out(door: DoorClient, round_: ListeningRound) -> str:
    answer = door.post(f"/riverside/listen/{round_.pk}/take-out/", {"shape": "voices"})
    return answer.content.decode("utf-8-sig")


def another_round(round_: ListeningRound, bea: Account, today: date) -> ListeningRound:
    return round_actions.open_round(
        organisation=round_.organisation, question="And in winter?", closes_on=today, by=bea
    )


def test_what_was_taken_out_and_brought_back_is_all_here_already(
    heard: ListeningRound, bea_at: DoorClient
) -> None:
    table = taken_out(bea_at, heard)
    page = looked(bea_at, send(bea_at, heard, voices__csv=table))
    assert shows(page, "all-here")
    assert (Voice.objects.count(), count_people_heard(heard).spoken.total()) == (3, 13)


def test_rows_of_a_file_are_nobody_spoken_to_and_said_apart_everywhere(
    heard: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    winter = another_round(heard, bea, today)
    confirm(bea_at, send(bea_at, winter, voices__csv=taken_out(bea_at, heard)))
    assert Voice.objects.of_round(winter).count() == 3
    assert count_people_heard(winter).spoken.total() == 0
    page = bea_at.get(f"/riverside/listen/{winter.pk}/")
    assert shows(page, "imported-entries", 3)
    assert shows(page, "talked-with", 0)
    assert shows(page, "imported-here", 3)
    assert not shows(bea_at.get(f"/riverside/listen/{heard.pk}/"), "imported-entries")
    for list_ in ("/riverside/listen/", "/riverside/sum-up/"):
        assert parts(bea_at.get(list_), "imported-in-list") == ["3 imported entries"], list_
    (row,) = [row for row in section_coverage(winter) if row.section.name == "Block A"]
    assert (row.heard, row.reached, row.imported, row.share) == (0, 0, 3, 0)
    basis = report_basis_of_round(winter)
    assert (basis.people, basis.voices, basis.imported, basis.sections) == (0, 3, 3, 1)
    assert "3" in describe_basis({"imported": basis.imported})


def test_their_moods_are_counted_where_enough_people_told_theirs(
    heard: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    winter = another_round(heard, bea, today)
    rows = "".join(f"Cold {n};Block A;{mood}\n" for n, mood in enumerate([3] * 6 + [5] * 6))
    confirm(bea_at, send(bea_at, winter, voices__csv=f"words;section;mood\n{rows}"))
    assert set(Voice.objects.of_round(winter).values_list("report__channel", flat=True)) == {Channel.FILE}
    (block,) = [row for row in section_moods(winter) if row.section.name == "Block A"]
    assert block.row.is_held_back
    for people, mood in ((7, Mood.WATCHING), (2, Mood.WORRIED)):
        field_report_actions.write_field_report(
            round_=winter,
            by=bea,
            section=block.section,
            channel="meeting",
            people=people,
            mood=mood,
            voices=[],
        )
    (block,) = [row for row in section_moods(winter) if row.section.name == "Block A"]
    assert block.people == 21
    assert block.row.cells == (None, None, 13, None, None)


def test_entries_of_a_file_never_make_a_section_large_enough_to_name(
    heard: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    """A row is not a person: thirty rows may be one talkative neighbour's."""
    winter = another_round(heard, bea, today)
    rows = "".join(f"Cold {n};Block C;2\n" for n in range(30))
    confirm(bea_at, send(bea_at, winter, voices__csv=f"words;section;mood\n{rows}"))
    few = Section.objects.get(organisation=winter.organisation, name="Block C")
    field_report_actions.write_field_report(
        round_=winter, by=bea, section=few, channel="door", people=4, mood=Mood.WATCHING, voices=[]
    )
    (row,) = [row for row in section_coverage(winter) if row.section == few]
    assert (row.heard, row.imported) == (4, 30)
    assert few.pk not in nameable_sections(winter)
    (moods,) = [row for row in section_moods(winter) if row.section == few]
    assert moods.row.is_held_back
    take_mood_snapshot(winter.organisation)
    board = MoodBoard(winter.organisation)
    assert few.name in board.few
    assert few.name not in {row.section for row in board.rows}
    field_report_actions.write_field_report(
        round_=winter, by=bea, section=few, channel="door", people=1, mood=Mood.WATCHING, voices=[]
    )
    assert few.pk in nameable_sections(winter)


def test_only_a_file_comes_by_file(heard: ListeningRound, bea_at: DoorClient) -> None:
    """Neither a person writing down what they heard nor the plan of a round may choose it."""
    written = {"uuid": str(uuid4()), "channel": "file", "people": "1", "text_0": "Cold.", "kind_0": "said"}
    section = Section.objects.get(organisation=heard.organisation, name="Block A")
    answer = bea_at.post(f"/riverside/listen/{heard.pk}/write/", written | {"section": section.pk})
    assert answer.status_code == 200, "it was taken"
    assert not FieldReport.objects.filter(channel=Channel.FILE).exists()
    assert 'value="file"' not in bea_at.get("/riverside/listen/open/").content.decode()


def test_an_imported_entry_is_corrected_and_stays_one_entry(
    heard: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    winter = another_round(heard, bea, today)
    confirm(bea_at, send(bea_at, winter, voices__csv="words;section\nCold;Block A\n"))
    report = FieldReport.objects.get(round=winter)
    address = f"/riverside/listen/{winter.pk}/reports/{report.pk}/"
    page = bea_at.get(address)
    assert "people" not in page.context["form"].fields
    facts = {
        "section": report.section_id,
        "channel": "file",
        "day": str(report.day),
        "mood": "4",
        "people": "90",
    }
    assert bea_at.post(address, facts).status_code == 302
    report.refresh_from_db()
    assert (report.channel, report.people, report.mood) == (Channel.FILE, 1, 4)


def test_earlier_imports_are_named_and_sheets_of_paper_are_not(
    heard: ListeningRound, bea_at: DoorClient, bea: Account, today: date
) -> None:
    winter = another_round(heard, bea, today)
    confirm(bea_at, send(bea_at, winter, voices__csv="words;section\nCold;Block A\nDamp;Block A\n"))
    FieldReport.objects.filter(round=winter).update(channel="paper")
    section = Section.objects.get(organisation=heard.organisation, name="Block A")
    sheet = PaperSheet.objects.create(round=winter, section=section)
    FieldReport.objects.bulk_create(
        FieldReport(round=winter, uuid=uuid, section=section, channel="paper")
        for uuid in [*(sheet_row_uuid(sheet, number) for number in range(ROWS)), uuid4()]
    )
    migration = import_module("massline.desk.listen.migrations.0011_entries_from_files")
    migration.name_imported(apps, SimpleNamespace(connection=connections["desk"]))
    assert ImportBatch.objects.count() == 1
    assert set(Voice.objects.of_round(winter).values_list("report__channel", flat=True)) == {"file"}
    assert FieldReport.objects.filter(round=winter, channel="paper").count() == ROWS + 1


def test_themes_say_how_many_people_and_how_many_entries_they_are_based_on(
    heard: ListeningRound, bea: Account, bea_at: DoorClient, today: date
) -> None:
    """Rows of a file may be by one person or by many: they stand beside the people, and are in no number of people."""
    elsewhere = another_round(heard, bea, today)
    confirm(bea_at, send(bea_at, elsewhere, voices__csv=taken_out(bea_at, heard)))
    field_report_actions.write_field_report(
        round_=elsewhere,
        by=bea,
        section=Section.objects.get(organisation=elsewhere.organisation, name="Block A"),
        channel="door",
        people=1,
        mood=None,
        voices=[field_report_actions.VoiceText("The lift is broken.")],
    )
    basis = take_theme_snapshot(elsewhere).estimate.rests_on
    assert (basis.voices, basis.people, basis.entries) == (4, 1, 3)
    sum_up = sum_ups.begin_sum_up(round_=elsewhere, title="Cold", by=bea)
    page = bea_at.get(f"/riverside/sum-up/{sum_up.pk}/words/")
    assert shows(page, "theme-entries", 4, 1, 3)
    assert take_theme_snapshot(heard).estimate.rests_on.entries == 0


def test_entries_without_words_are_in_no_number_of_the_themes(
    heard: ListeningRound, bea: Account, settings: LazySettings, tmp_path: Path
) -> None:
    """A row that holds a thumb alone is left out of the estimate, so that it is taken from no number of people either."""
    settings.EMBEDDER, settings.DATA = "letters", tmp_path
    people = take_theme_snapshot(heard).estimate.rests_on.people
    for text in ("The bins overflow.", "👍", "…"):
        field_report_actions.write_field_report(
            round_=heard,
            by=bea,
            section=Section.objects.get(organisation=heard.organisation, name="Block A"),
            channel="door",
            people=1,
            mood=None,
            voices=[field_report_actions.VoiceText(text)],
        )
    FieldReport.objects.filter(voices__text__in=["The bins overflow.", "👍", "…"]).update(channel="file")
    document = take_theme_snapshot(heard).estimate
    assert (document.rests_on.people, document.rests_on.entries) == (people, 1)
    assert document.left_out["no_vector"] == 2
