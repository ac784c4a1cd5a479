"""What many ask becomes an analysis with sources, as page and leaflet, under replies that somebody reads first."""

from typing import Any

from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound, Voice, digest_of_voice
from massline.desk.people.models import Account
from massline.desk.sumup.analyses.models import Analysis
from massline.desk.sumup.masking.models import Masking
from massline.desk.sumup.questions.open_questions import list_open_questions
from massline.square.conversations.actions import add_statement
from massline.square.conversations.models import Statement
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient, at_desk
from tests.desk.heard_round import WHO_PAYS
from tests.parts import shows

GIVEN = {
    "title": "The boiler was never inspected",
    "lead": "We asked the inspectors. Nobody came for six years.",
    "points": "Last inspection in 2019 | inspection report, page 3\nTwo letters unanswered | letters of 3 and 9 May",
    "next_step": "We bring the report to the mass meeting.",
    "reply_question": "What do you know about the boiler?",
}


def write(round_: ListeningRound, by: Account, **changed: str) -> Any:
    asked = next(one for one in list_open_questions(round_.organisation) if one.text == WHO_PAYS)
    return at_desk(by).post(f"/riverside/sum-up/answers/{asked.key}/analysis/", GIVEN | changed)


def test_a_second_organiser_publishes_it_as_page_and_leaflet(
    heating: ListeningRound, bea: Account, amal: Account, nobody: DoorClient
) -> None:
    write(heating, bea)
    exposure = Analysis.objects.get()
    address = f"/riverside/sum-up/analyses/{exposure.pk}/"
    assert shows(at_desk(bea).get(address).content.decode(), "waits-for-second")
    at_desk(bea).post(f"{address}publish/")
    assert not ReportBack.objects.filter(uuid=exposure.uuid).exists()
    page = at_desk(amal).post(f"{address}publish/", follow=True).content.decode()
    assert shows(page, "exposure-published")
    report = ReportBack.objects.get(uuid=exposure.uuid)
    page = nobody.get(report.get_absolute_url()).content.decode()
    for words in (GIVEN["title"], WHO_PAYS, "inspection report, page 3", GIVEN["reply_question"]):
        assert words in page
    assert "Block" not in page
    assert nobody.get(report.get_sheet_url()).content.startswith(b"%PDF")
    assert GIVEN["title"] in nobody.get("/riverside/").content.decode()


def test_a_point_without_a_source_is_refused_and_everything_typed_stays(
    heating: ListeningRound, bea: Account
) -> None:
    page = write(heating, bea, points="Last inspection in 2019").content.decode()
    assert shows(page, "no-source")
    assert GIVEN["lead"] in page
    assert not Analysis.objects.exists()


def test_a_reply_stands_under_it_once_somebody_has_read_it(
    heating: ListeningRound, bea: Account, amal: Account, nobody: DoorClient
) -> None:
    write(heating, bea)
    exposure = Analysis.objects.get()
    at_desk(amal).post(f"/riverside/sum-up/analyses/{exposure.pk}/publish/")
    exposure.refresh_from_db()
    assert exposure.round is not None
    talk = conversation_of(exposure.round)
    assert talk is not None
    reply = add_statement(talk, text="I saw the car of the inspector in 2021.")
    report = ReportBack.objects.get(uuid=exposure.uuid)
    assert reply.text not in nobody.get(report.get_absolute_url()).content.decode()
    Statement.objects.filter(pk=reply.pk).update(state="shown")
    page = nobody.get(report.get_absolute_url()).content.decode()
    assert reply.text in page
    assert shows(page, "reply")


def test_another_organisation_sees_nothing_of_it(
    heating: ListeningRound, bea: Account, dina: Account
) -> None:
    write(heating, bea)
    exposure = Analysis.objects.get()
    assert at_desk(dina).get(f"/riverside/sum-up/analyses/{exposure.pk}/").status_code == 404


def test_a_question_that_an_analysis_was_written_for_stays_as_it_was_heard(
    heating: ListeningRound, bea: Account
) -> None:
    write(heating, bea)
    voice = Voice.objects.get(exposed_in__exposure=Analysis.objects.get())
    address = f"/riverside/listen/{heating.pk}/voices/{voice.pk}/correct/"
    assert shows(at_desk(bea).post(address, {"delete": "1"}), "quoted", GIVEN["title"])
    assert Voice.objects.filter(pk=voice.pk).exists()


def test_an_analysis_whose_questions_are_gone_is_published_without_them(
    heating: ListeningRound, bea: Account, amal: Account
) -> None:
    write(heating, bea)
    exposure = Analysis.objects.get()
    exposure.questions.all().delete()
    at_desk(amal).post(f"/riverside/sum-up/analyses/{exposure.pk}/publish/")
    assert ReportBack.objects.get(uuid=exposure.uuid).heard == GIVEN["lead"]


def test_what_was_hidden_since_the_analysis_was_written_is_not_published(
    heating: ListeningRound, bea: Account, amal: Account
) -> None:
    write(heating, bea)
    exposure = Analysis.objects.get()
    voice = Voice.objects.get(exposed_in__exposure=exposure)
    hidden = "Who ▮▮▮▮?"
    Masking.objects.create(voice=voice, text=hidden, source_digest=digest_of_voice(voice.text), by=bea)
    at_desk(amal).post(f"/riverside/sum-up/analyses/{exposure.pk}/publish/")
    heard = ReportBack.objects.get(uuid=exposure.uuid).heard
    assert hidden in heard
    assert WHO_PAYS not in heard
