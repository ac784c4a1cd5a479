"""Real words all the way: three conversations and two thousand voices become published report-backs, byte for byte."""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice, digest_of_voice
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.sumup.claims import actions
from massline.desk.sumup.claims.models import Citation, SumUp
from massline.desk.sumup.claims.report_back import shown_statements_of_round
from massline.desk.sumup.estimates.themes import take_theme_snapshot
from massline.desk.sumup.masking import personal_data
from massline.desk.sumup.source_material.theme_board import ThemeBoard
from massline.files.polis_file_kinds import open_export
from massline.square.conversations.models import Conversation, Statement
from massline.square.conversations.polis.folder_import import import_conversation
from massline.square.conversations.polis.folder_reader import read_folder
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient, at_desk
from tests.desk.sumup.quote_oracle import is_its_source_but_for_what_was_taken_out
from tests.parts import shows

POLIS = ("scoop-hivemind.freshwater", "15-per-hour-seattle", "brexit-consensus")
VOICES = "march-on.operation-marchin-orders.tsv"


@pytest.fixture(autouse=True)
def _letters(settings: Any, tmp_path: Path) -> None:
    settings.EMBEDDER, settings.DATA = "letters", tmp_path


def round_of(
    organisation: Organisation, talk: Conversation | None = None, question: str = ""
) -> ListeningRound:
    return ListeningRound.objects.create(
        organisation=organisation,
        question=talk.question if talk else question,
        conversation=talk.slug if talk else "",
        closes_on=timezone.localdate(),
    )


def finish(sum_up: SumUp, writer: Account, signer: Account) -> ReportBack:
    """Look at every quote through the page, say the rest, sign and publish through the pages."""
    door, address = at_desk(writer), f"/riverside/sum-up/{sum_up.pk}/"
    rows = door.get(f"{address}recognised/").context["rows"]
    looked = {"everything": "1", "all": [row.voice.pk for row in rows]}
    for row in rows:
        looked[f"out-{row.voice.pk}"] = [
            one.key for one in row.stretches if one.proposed or one.kind == "name"
        ]
    if rows:
        door.post(f"{address}recognised/", looked)
    about = {"title": sum_up.title, "heard": "This is what we heard.", "next_step": "We decide on Sunday."}
    door.post(f"{address}about/", {**about, "no_minority": "on", "looked_at": "Everything that lies here."})
    second = at_desk(signer)
    second.post(f"{address}sign/")
    second.post(f"{address}publish/")
    sum_up.refresh_from_db()
    assert sum_up.is_published, [str(one) for one in second.get(address).context["missing"]]
    return ReportBack.objects.get(uuid=sum_up.report_uuid)


def every_quote_is_its_source(report: ReportBack, sum_up: SumUp, nobody: DoorClient) -> int:
    """Hold what the square shows against the rows it came from, in order."""
    claims = list(sum_up.claims.all())
    checked = 0
    for claim, shown in zip(claims, report.claims.all(), strict=True):
        citations = list(Citation.objects.filter(claim=claim).select_related("voice"))
        assert [one.text for one in citations] == [quote["text"] for quote in shown.quotes]
        for citation in citations:
            if citation.voice is not None:
                source = citation.voice.text
            else:
                assert citation.statement is not None
                source = Statement.objects.get(uuid=citation.statement).text
            assert is_its_source_but_for_what_was_taken_out(citation.text, source)
            checked += 1
    assert nobody.get(report.get_absolute_url()).status_code == 200
    return checked


@pytest.mark.parametrize("name", POLIS)
def test_a_real_conversation_becomes_a_report_back(
    name: str,
    shared: Path,
    riverside: Organisation,
    face: PublicOrganisation,
    bea: Account,
    amal: Account,
    nobody: DoorClient,
) -> None:
    folder = read_folder(open_export(shared / "data" / "polis" / name))
    talk = import_conversation(folder, organisation=face, closed=False, done=lambda _n: None)
    take_snapshot(talk)
    round_ = round_of(riverside, talk)
    sum_up = actions.begin_sum_up(round_=round_, title=f"What {name} says", by=bea)
    shown = list(shown_statements_of_round(round_))
    for start in range(0, min(len(shown), 15), 5):
        cited = shown[start : start + 5]
        actions.add_claim(sum_up=sum_up, text="Many say this together.", statements=cited, by=bea)
    report = finish(sum_up, bea, amal)
    assert every_quote_is_its_source(report, sum_up, nobody) == 15
    assert report.rests_on["votes"] == len(folder.votes) - held_back(folder)


def held_back(folder: Any) -> int:
    """Votes on statements that a moderator turned down do not count."""
    shown = {one.number for one in folder.statements if one.state == "shown"}
    return sum(statement not in shown for _person, statement in folder.votes)


def real_voices(shared: Path, round_: ListeningRound, sections: list[Section], count: int) -> None:
    text = (shared / "data" / "themes" / "polis-opendata" / VOICES).read_text()
    lines = [row["text"] for row in csv.DictReader(text.splitlines(keepends=True), delimiter="\t")][:count]
    assert len(lines) == count
    reports = FieldReport.objects.bulk_create(
        FieldReport(round=round_, section=sections[n % len(sections)], mood=1 + n % 5) for n in range(count)
    )
    Voice.objects.bulk_create(
        Voice(report=report, text=text, digest=digest_of_voice(text))
        for report, text in zip(reports, lines, strict=True)
    )


def test_two_thousand_real_voices_become_a_report_back(
    shared: Path,
    riverside: Organisation,
    bea: Account,
    amal: Account,
    nobody: DoorClient,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    sections = list(riverside.sections.all())
    round_ = round_of(riverside, question="What should change?")
    round_.sections.set(sections)
    real_voices(shared, round_, sections, 2000)
    take_theme_snapshot(round_)
    sum_up = actions.begin_sum_up(round_=round_, title="What two thousand say", by=bea)
    for theme in ThemeBoard(round_).themes[:5]:
        quoted = [quote.voice for quote in theme.quotes if quote.voice]
        assert quoted
        actions.add_claim(sum_up=sum_up, text=f"Many speak of {theme.label}.", voices=quoted, by=bea)
    flagged = Voice.objects.of_round(round_).filter(text__contains="@")
    names = [voice for voice in Voice.objects.of_round(round_)[:400] if personal_data.flags_of(voice)]
    actions.add_claim(sum_up=sum_up, text="Some name names.", voices=[*flagged, *names][:9], by=bea)
    desk = at_desk(bea)
    with django_assert_max_num_queries(27, using="desk"):
        page = desk.get(f"/riverside/sum-up/{sum_up.pk}/words/").content
    assert shows(page.decode(), "voices-shown", 1, 5, 2000)
    assert len(page) < 250_000
    report = finish(sum_up, bea, amal)
    assert every_quote_is_its_source(report, sum_up, nobody) >= 20
    assert report.rests_on["voices"] == 2000
    assert any("[…]" in quote["text"] for claim in report.claims.all() for quote in claim.quotes)
