"""Paper is a client like any other: sheets with codes that decode, rows typed in twice and kept once."""

import re
import subprocess
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.paper.models import ALPHABET, PaperSheet, sheet_code, sheet_number
from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.coverage import next_conversations, section_coverage
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Mood, Voice
from massline.desk.listen.voices.models import VoiceTranslation
from massline.desk.people.models import Account, Organisation
from massline.web.templatetags.massline import on_day
from tests.conftest import at_desk
from tests.parts import shows

WORDS = ["  The lift stands still…", "أحتاج إلى من يحمل الماء", "I can carry water on Mondays"]


@pytest.fixture
def lift(riverside: Organisation, bea: Account, tomorrow: date) -> ListeningRound:
    return round_actions.open_round(
        organisation=riverside, question="What about the lift?", closes_on=tomorrow, by=bea
    )


def print_sheets(account: Account, round_: ListeningRound, sheets: int) -> bytes:
    section = round_.sections.get(name="Block C")
    answer = at_desk(account).post(
        f"/riverside/listen/{round_.pk}/sheets/", {"section": section.pk, "sheets": sheets}
    )
    assert answer["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def typed(*rows: tuple[str, str, str]) -> dict[str, str]:
    filled = [*rows, *([("", "said", "")] * (6 - len(rows)))]
    data = {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0"}
    for n, (text, kind, mood) in enumerate(filled):
        data |= {f"form-{n}-text": text, f"form-{n}-kind": kind, f"form-{n}-mood": mood}
    return data


def test_each_printed_sheet_bears_a_code_that_opens_it(
    lift: ListeningRound, chen: Account, tmp_path: Path
) -> None:
    (tmp_path / "sheets.pdf").write_bytes(print_sheets(chen, lift, 2))
    subprocess.run(["pdftoppm", "-r", "100", "-png", "sheets.pdf", "page"], cwd=tmp_path, check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    codes = [
        code.text
        for page in pages
        for code in zxingcpp.read_barcodes(np.array(Image.open(page).convert("L")))
    ]
    sheets = list(PaperSheet.objects.all())
    assert len(pages) == 2, "a page without its code cannot be brought home"
    assert codes == [f"http://localhost:8001/riverside/listen/sheet/{sheet.code}/" for sheet in sheets]
    text = subprocess.run(
        ["pdftotext", "-layout", "sheets.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert all(sheet.code in text for sheet in sheets)
    assert "What about the lift?" in text
    assert text.count(str(Mood.READY.label)) == 12


def test_a_sheet_writes_its_day_as_every_page_does(
    lift: ListeningRound, chen: Account, tmp_path: Path
) -> None:
    """D8: a sheet said “Nov. 30, 2026” where all else said “30 November”."""
    (tmp_path / "sheets.pdf").write_bytes(print_sheets(chen, lift, 1))
    text = subprocess.run(
        ["pdftotext", "-layout", "sheets.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert on_day(PaperSheet.objects.get().printed_on) in text
    assert date_format(PaperSheet.objects.get().printed_on, "DATE_FORMAT") not in text


def test_a_sheet_typed_in_twice_is_kept_once(lift: ListeningRound, chen: Account) -> None:
    print_sheets(chen, lift, 1)
    sheet = PaperSheet.objects.get()
    desk = at_desk(chen)
    found = desk.post("/riverside/listen/sheet/", {"code": sheet.code.lower().replace("-", " ")})
    assert found["Location"] == f"/riverside/listen/sheet/{sheet.code}/"
    rows = typed((WORDS[0], "said", "2"), (WORDS[1], "need", ""), (WORDS[2], "offer", "5"))
    for _time in range(2):
        assert desk.post(found["Location"], rows).status_code == 302
    assert sorted(voice.text for voice in Voice.objects.all()) == sorted(WORDS)
    assert {report.channel for report in FieldReport.objects.all()} == {"paper"}
    assert section_coverage(lift)[-1].heard == 3
    assert shows(desk.get(found["Location"]).content.decode(), "typed-already")
    needs = desk.get("/riverside/listen/needs/").content.decode()
    assert WORDS[1] in needs
    assert WORDS[2] in needs
    assert WORDS[0].strip() not in needs


def test_a_wrong_letter_opens_nobody_elses_sheet(lift: ListeningRound, chen: Account) -> None:
    print_sheets(chen, lift, 1)
    code = PaperSheet.objects.get().code
    wrong = code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]
    page = at_desk(chen).post("/riverside/listen/sheet/", {"code": wrong}).content.decode()
    assert shows(page, "no-such-sheet")
    assert wrong in page, "what was typed is gone"


@given(number=st.integers(0, 31**5 - 1), at=st.integers(0, 5), letter=st.sampled_from(ALPHABET))
def test_one_wrong_letter_or_two_swapped_are_noticed(number: int, at: int, letter: str) -> None:
    code = sheet_code(number).replace("-", "")
    assert sheet_number(code) == number
    wrong = code[:at] + letter + code[at + 1 :]
    if wrong != code:
        assert sheet_number(wrong) is None
    swapped = code[: at - 1] + code[at] + code[at - 1] + code[at + 1 :] if at else code
    if swapped != code:
        assert sheet_number(swapped) is None


def test_a_translation_stands_beside_the_original_and_says_who_made_it(
    lift: ListeningRound, chen: Account
) -> None:
    block = lift.sections.get(name="Block A")
    field_report_actions.write_field_report(
        round_=lift, by=chen, section=block, channel="door", voices=[field_report_actions.VoiceText(WORDS[1])]
    )
    voice = Voice.objects.get()
    assert voice.language == "ar"
    address = f"/riverside/listen/{lift.pk}/voices/{voice.pk}/"
    desk = at_desk(chen)
    desk.post(address, {"language": "en", "text": "I need a carrier of water", "by_machine": "on"})
    desk.post(address, {"language": "en", "text": "I need somebody who carries water"})
    page = desk.get(address).content.decode()
    assert shows(page, "origin", str(VoiceTranslation.objects.get().origin))
    assert WORDS[1] in page
    assert VoiceTranslation.objects.get().text == "I need somebody who carries water"
    found = desk.get(f"/riverside/listen/{lift.pk}/voices/", {"kind": "need"}).content.decode()
    assert WORDS[1] not in found


def test_the_next_conversations_go_where_least_is_known(lift: ListeningRound, chen: Account) -> None:
    block = lift.sections.get(name="Block A")
    field_report_actions.write_field_report(
        round_=lift,
        by=chen,
        section=block,
        channel="stall",
        people=40,
        voices=[field_report_actions.VoiceText("Broken again")],
    )
    next_ = next_conversations(section_coverage(lift))
    assert next_ is not None
    assert next_.steps[0].section == "Block C"
    assert next_.after < next_.before
    page = at_desk(chen).get(f"/riverside/listen/{lift.pk}/").content.decode()
    assert re.search(r"<b>Block C</b>\s*<span class=\"num\">\d+</span>", page)
