"""What was written down wrongly at a door is corrected, and what somebody wants deleted is; what a finding quotes stays."""

import pytest

from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.retention.models import LegalHold
from massline.desk.listen.rounds.coverage import count_people_heard
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions as sumup
from tests.conftest import DoorClient, at_desk
from tests.desk.heard_round import COAT, WARM, heating
from tests.open_forms import open_form
from tests.parts import field_errors, shows


@pytest.fixture
def round_(riverside: Organisation, bea: Account) -> ListeningRound:
    return heating(riverside, bea)


@pytest.fixture
def door(bea: Account) -> DoorClient:
    return at_desk(bea)


def test_a_slip_of_the_pen_is_corrected_and_the_log_says_so(
    round_: ListeningRound, door: DoorClient, riverside: Organisation
) -> None:
    voice = Voice.objects.get(text=WARM)
    address = f"/riverside/listen/{round_.pk}/voices/{voice.pk}/"
    assert shows(door.get(address), "correct-voice")
    form = open_form(door.get(f"{address}correct/").content.decode(), "text")
    right = " It is warm enough\nat theirs. "
    answer = door.post(f"{address}correct/", form | {"text": [right]}, follow=True)
    assert shows(answer, "voice-corrected")
    voice.refresh_from_db()
    assert voice.text == right
    assert AuditLine.objects.filter(organisation=riverside, verb="corrected a voice").exists()
    assert chain.first_broken_line(riverside) is None


def test_what_somebody_wants_deleted_is_gone_from_every_list(
    round_: ListeningRound, door: DoorClient
) -> None:
    voice = Voice.objects.get(text=WARM)
    answer = door.post(
        f"/riverside/listen/{round_.pk}/voices/{voice.pk}/correct/", {"delete": "1"}, follow=True
    )
    assert shows(answer, "voice-deleted")
    assert not Voice.objects.filter(text=WARM).exists()
    assert WARM not in door.get(f"/riverside/listen/{round_.pk}/voices/").content.decode()


def test_words_that_a_finding_quotes_stay_as_they_were_heard(
    round_: ListeningRound, door: DoorClient, bea: Account
) -> None:
    voice = Voice.objects.get(text=COAT)
    sum_up = sumup.begin_sum_up(round_=round_, title="Cold", by=bea)
    sumup.add_claim(sum_up=sum_up, text="Homes are cold.", voices=[voice], by=bea)
    address = f"/riverside/listen/{round_.pk}/voices/{voice.pk}/correct/"
    form = open_form(door.get(address).content.decode(), "text")
    for sent in (form | {"text": ["No coat."]}, {"delete": "1"}):
        refused = door.post(address, sent)
        assert refused.status_code == 422
        assert shows(refused, "quoted", "Homes are cold.")
    report = voice.report_id
    assert shows(door.post(f"/riverside/listen/{round_.pk}/reports/{report}/", {"delete": "1"}), "quoted")
    assert Voice.objects.get(pk=voice.pk).text == COAT


def test_a_report_in_the_wrong_section_moves_and_every_count_follows(
    round_: ListeningRound, door: DoorClient
) -> None:
    report = FieldReport.objects.get(section__name="Block A")
    right = round_.sections.get(name="Block C")
    address = f"/riverside/listen/{round_.pk}/reports/{report.pk}/"
    form = open_form(door.get(address).content.decode(), "people")
    answer = door.post(address, form | {"section": [str(right.pk)], "people": ["3"]}, follow=True)
    assert shows(answer, "report-corrected")
    assert {section: n for (section, _mood), n in count_people_heard(round_).spoken.items()} == {right.pk: 10}


def test_two_who_correct_one_report_both_keep_what_they_changed(
    round_: ListeningRound, door: DoorClient, amal: Account
) -> None:
    report = FieldReport.objects.get(section__name="Block A")
    address = f"/riverside/listen/{round_.pk}/reports/{report.pk}/"
    first, second = (open_form(door.get(address).content.decode(), "people") for _ in range(2))
    at_desk(amal).post(address, first | {"people": ["4"]})
    assert shows(door.post(address, second | {"mood": ["5"]}, follow=True), "joined")
    report.refresh_from_db()
    assert (report.people, report.mood) == (4, 5)
    assert field_errors(door.post(address, second | {"people": ["9"]}), "people") == ["changed-meanwhile"]


def test_a_report_that_was_written_twice_is_deleted_with_what_was_said(
    round_: ListeningRound, door: DoorClient
) -> None:
    report = FieldReport.objects.get(section__name="Block A")
    answer = door.post(f"/riverside/listen/{round_.pk}/reports/{report.pk}/", {"delete": "1"}, follow=True)
    assert shows(answer, "report-deleted")
    assert not FieldReport.objects.filter(pk=report.pk).exists()
    assert not Voice.objects.filter(text=WARM).exists()


def test_a_member_corrects_nothing(round_: ListeningRound, chen: Account) -> None:
    voice = Voice.objects.get(text=WARM)
    door = at_desk(chen)
    for page in (f"voices/{voice.pk}/correct/", f"reports/{voice.report_id}/"):
        assert door.post(f"/riverside/listen/{round_.pk}/{page}", {"delete": "1"}).status_code == 404
    assert not shows(door.get(f"/riverside/listen/{round_.pk}/voices/{voice.pk}/"), "correct-voice")
    assert Voice.objects.filter(text=WARM).exists()


def test_a_legal_hold_keeps_voices_and_reports_as_they_are(
    round_: ListeningRound, door: DoorClient, riverside: Organisation, amal: Account
) -> None:
    LegalHold.objects.create(organisation=riverside, reason="A court asks", set_by=amal, seconded_by=amal)
    voice = Voice.objects.get(text=WARM)
    report = voice.report
    voice_page = f"/riverside/listen/{round_.pk}/voices/{voice.pk}/correct/"
    report_page = f"/riverside/listen/{round_.pk}/reports/{report.pk}/"
    words = open_form(door.get(voice_page).content.decode(), "text")
    facts = open_form(door.get(report_page).content.decode(), "people")
    assert door.post(voice_page, words | {"text": ["Other words."]}).status_code == 422
    assert door.post(voice_page, {"delete": "1"}).status_code == 422
    assert door.post(report_page, facts | {"people": ["9"]}).status_code == 422
    assert door.post(report_page, {"delete": "1"}).status_code == 422
    kept = FieldReport.objects.get(pk=report.pk)
    assert (Voice.objects.get(pk=voice.pk).text, kept.people) == (WARM, report.people)
