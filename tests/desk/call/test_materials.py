"""Posters one can open, read and scan; texts one can send."""

import html
import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from massline.core.organisation_logo import logo_mask_from_png
from massline.desk.call import actions
from massline.desk.call.materials.sheet_tables import row_codes
from massline.desk.call.translations import actions as version_actions
from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.keys.organisation_setup import set_branding
from massline.desk.people.models import Account, Organisation
from massline.square.calls.facts import TranslationFacts
from tests.conftest import at_desk
from tests.desk.call.printed_sheets import (
    A4,
    ARABIC,
    CODES,
    MILLIMETRE,
    SHEETS,
    Page,
    paper_of,
    publish,
    sheet,
)
from tests.desk.decided_loop import decide, saturday, write_call
from tests.parts import shows


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decide(riverside, bea)


def test_the_poster_is_one_a4_page_that_says_everything(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    page = sheet(call, bea, "poster", tmp_path)
    assert page.info["Pages"].strip() == "1"
    assert "A4" in page.info["Page size"]
    said = " ".join(page.text().split())
    for words in ("Fix the heat before the frost.", call.what, call.place, call.ask, paper_of(call).address):
        assert words in said
    assert "Published by Riverside Tenants" in said
    assert "Changed on" not in said
    assert min(page.ink()) >= 12


def test_its_code_is_large_enough_and_leads_to_the_call(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    for name, copies, way in (("poster", 1, "p"), ("flyer", 2, "f"), ("cards", 4, "c")):
        codes = sheet(call, bea, name, tmp_path).codes()
        assert [code.text for code in codes] == [paper_of(call).short_url_for(way)] * copies
        corners = codes[0].position
        assert (corners.top_right.x - corners.top_left.x) / MILLIMETRE >= 24.5


@pytest.mark.parametrize(
    ("language", "slogan"),
    [
        ("en", "No rent increase while our boilers stay broken and our children freeze at night!!"),
        ("de", "Donaudampfschifffahrtsgesellschaftskapitänsmützen"),
        ("ar", "لا زيادة في الإيجار ما دامت المدافئ معطلة وأطفالنا يتجمدون في الليل"),
    ],
)
def test_long_slogans_shrink_until_they_fit(
    decision: Decision, bea: Account, tmp_path: Path, language: str, slogan: str
) -> None:
    call = publish(
        decision,
        bea,
        language,
        slogan=slogan,
        access="Steps. " * 30,
        what="Walk " * 20,
        place="By the clock " * 12,
    )
    for name in ("poster", "flyer", "cards", "tear-off", "placard"):
        page = sheet(call, bea, name, tmp_path)
        assert page.info["Pages"].strip() == "1"
        assert min(page.ink()) >= 12
        assert page.clipped() == []
        assert page.codes() or name == "placard"


def test_arabic_runs_from_the_right_and_pictures_are_left_out(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea, "ar", slogan="دفّئوا بيوتنا 🥶", ask="تعالوا معنا")
    page = sheet(call, bea, "poster", tmp_path)
    (code,) = page.codes()
    assert code.position.top_left.x / MILLIMETRE > A4[0] / 2
    fonts = subprocess.run(["pdffonts", page.file], capture_output=True, text=True, check=True).stdout
    assert "NotoSansArabic" in fonts
    assert ".notdef" not in page.text()
    assert shows(at_desk(bea).get(f"/riverside/call/{call.pk}/kit/"), "pictures-left-out", "🥶")


def test_a_slogan_is_broken_by_its_sense_on_every_poster(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea, slogan="Heat now! We all sign.")
    for name in ("poster", "placard", "flyer"):
        text = sheet(call, bea, name, tmp_path).text()
        lines = [" ".join(line.split()) for line in text.replace("\u00a0", " ").splitlines()]
        assert "Heat now!" in " | ".join(lines)
        assert not any("now! We" in line for line in lines)


def test_only_the_fonts_we_carry_are_used(decision: Decision, bea: Account, tmp_path: Path) -> None:
    page = sheet(publish(decision, bea), bea, "poster", tmp_path)
    listed = subprocess.run(["pdffonts", page.file], capture_output=True, text=True, check=True).stdout
    names = {line.split()[0].split("+")[-1] for line in listed.splitlines()[2:]}
    assert names
    assert all(name.startswith(("Inter", "NotoSansArabic")) for name in names)


def test_a_changed_call_bears_a_stamp_and_the_same_facts_the_same_bytes(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    first = sheet(call, bea, "poster", tmp_path).file.read_bytes()
    assert sheet(call, bea, "poster", tmp_path).file.read_bytes() == first
    actions.change_call(call=call, by=bea, facts=replace(call.facts, place="Town Hall"))
    said = " ".join(sheet(call, bea, "poster", tmp_path).text().split())
    assert "Changed on" in said
    assert "Now at Town Hall, no longer at Harbour Square" in said
    actions.cancel_call(call=call, by=bea, reason="We won.")
    assert "Cancelled on" in sheet(call, bea, "poster", tmp_path).text()


def test_every_sheet_fits_its_paper_reads_in_grey_and_scans(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    version_actions.write_translation(call=call, by=bea, facts=TranslationFacts(language="ar", **ARABIC))
    actions.change_call(
        call=call, by=bea, facts=replace(call.facts, starts_at=saturday(call.organisation, 10))
    )
    for name in SHEETS:
        for how, size in (("", ""), ("?in=ar", ""), ("?paper=letter", "612 x 792")):
            page = sheet(call, bea, name, tmp_path, how)
            assert page.info["Pages"].strip() == ("6" if name == "sign-in" else "1"), (name, how)
            across = page.info["Page size"].split("pts")[0].strip()
            assert not size or across in {size, "792 x 612"}, (name, how, across)
            assert page.clipped() == [], (name, how)
            assert page.is_grey(), (name, how)
            assert min(page.ink()) >= 10, (name, how, page.ink())
            assert len(page.codes()) == CODES.get(name, 0), (name, how)
    assert "A3" in sheet(call, bea, "placard", tmp_path, "?paper=a3").info["Page size"]


def test_the_strips_carry_day_and_address_to_tear_off(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    said = sheet(call, bea, "tear-off", tmp_path).text()
    assert said.count(paper_of(call).address.split("/")[-1]) == 1 + 8


def test_every_row_of_the_sign_in_sheet_has_a_code(decision: Decision, bea: Account, tmp_path: Path) -> None:
    call = publish(decision, bea)
    said = sheet(call, bea, "sign-in", tmp_path).text()
    codes = [code for page in row_codes() for code in page]
    assert len(codes) == len(set(codes)) == 84
    assert all(said.count(code) == 1 for code in codes)
    code = paper_of(call).published.code
    assert f"{code}-A" in said
    assert f"{code}-B" in said


def test_wallet_cards_carry_the_organisations_number_and_lines(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    assert "Am I free to go?" in sheet(call, bea, "wallet", tmp_path).text()
    form = {"legal_number": "030 555 0199", "rights": "Say nothing but your name.\nCall us at once."}
    at_desk(bea).post("/riverside/call/how/", form)
    said = sheet(call, bea, "wallet", tmp_path).text()
    assert said.count("030 555 0199") == said.count("Call us at once.") == 10
    assert "Am I free to go?" not in said


def test_what_to_say_at_the_door_holds_the_call_and_asks_first(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    said = " ".join(sheet(call, bea, "door", tmp_path).text().split())
    for words in ("How is it for you?", call.what, call.ask, "Harbour Square", "Changed on"):
        assert (words in said) == (words != "Changed on")
    actions.change_call(call=call, by=bea, facts=replace(call.facts, place="At the landlord."))
    said = " ".join(sheet(call, bea, "phone", tmp_path).text().split())
    assert "Changed on" in said
    assert "At the landlord." in said
    assert ".." not in said


def test_a_draft_and_an_unknown_sheet_have_no_pdf(decision: Decision, bea: Account) -> None:
    door, draft, out = at_desk(bea), write_call(decision, bea), publish(decision, bea, slogan="Out")
    assert door.get(f"/riverside/call/{draft.pk}/poster.pdf").status_code == 404
    assert door.get(f"/riverside/call/{out.pk}/balloon.pdf").status_code == 404


@pytest.mark.parametrize("colour", ["#3b3a8f", "#f2c230"])
def test_posters_bear_the_organisations_own_face_and_still_fit(
    decision: Decision, amal: Account, bea: Account, tmp_path: Path, colour: str
) -> None:
    call = publish(decision, bea)
    plain = sheet(call, bea, "poster", tmp_path).file.read_bytes()
    picture = Image.new("RGB", (64, 64), "white")
    ImageDraw.Draw(picture).rectangle((10, 20, 54, 50), fill="black")
    sent = io.BytesIO()
    picture.save(sent, "PNG")
    for mark in (None, logo_mask_from_png(sent.getvalue())):
        set_branding(organisation=decision.organisation, colour=colour, mark=mark, by=amal)
        for name in ("poster", "flyer", "cards", "tear-off"):
            page = sheet(call, bea, name, tmp_path)
            assert page.info["Pages"].strip() == "1"
            assert min(page.ink()) >= 12
            assert page.clipped() == []
            assert page.codes()
        assert sheet(call, bea, "poster", tmp_path).file.read_bytes() != plain


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "Donaudampfschifffahrtsgesellschaftskapitänsmützen"),
        ("en", "Antidisestablishmentarianistically"),
        ("es", "Electroencefalografistasmente"),
    ],
)
def test_a_very_long_word_is_hyphenated_and_the_others_stay_large(
    decision: Decision, bea: Account, tmp_path: Path, language: str, word: str
) -> None:
    """Case Z6: the page of the poster, asked for as organisers do."""
    call = publish(decision, bea, language, slogan=f"Heat {word} now!")
    for name in ("poster", "placard", "flyer"):
        page = sheet(call, bea, name, tmp_path)
        assert page.info["Pages"].strip() == "1"
        assert page.clipped() == []
        words = words_on(page)
        assert word not in words, (name, words)
        parts = [part.rstrip("-\u00ad\u2010") for part in words if len(part) > 4 and part[:4] in word]
        assert len(parts) > 1, (name, words)


def words_on(page: Page) -> list[str]:
    """The words of a sheet as they are set, each line's part of a hyphenated one by itself."""
    command = ["pdftotext", "-bbox", str(page.file), "-"]
    boxes = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [html.unescape(word) for word in re.findall(r"<word [^>]*>([^<]*)</word>", boxes)]
