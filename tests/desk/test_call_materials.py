"""Posters one can open, read and scan; texts one can send."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from massline.desk.call import actions, languages
from massline.desk.call.materials.facts import CallOnPaper
from massline.desk.call.materials.share import measured, message, short_post
from massline.desk.call.materials.tables import row_codes
from massline.desk.call.models import Call
from massline.desk.decide.models import Decision
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.desk.loop import decide, saturday, write_call

DOTS = 100
MILLIMETRE = DOTS / 25.4
A4 = (210, 297)
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)')
SHEETS = ("poster", "flyer", "cards", "placard", "tear-off", "sign-in", "wallet", "door", "phone")
CODES = {"poster": 1, "flyer": 2, "cards": 4, "tear-off": 1, "door": 1, "phone": 1}
ARABIC: languages.Words = {
    "slogan": "دفّئوا بيوتنا قبل الصقيع",
    "what": "نمشي معًا إلى مكتب الإسكان",
    "ask": "تعالوا ومعكم رسالتكم",
    "place": "ساحة الميناء، عند الساعة",
}


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decide(riverside, bea)


def publish(decision: Decision, by: Account, language: str = "en", **facts: object) -> Call:
    call = write_call(decision, by, **facts)
    call.language = language
    call.save()
    actions.publish(call=call, by=by)
    return call


class Page:
    """One PDF, looked at as a printer and a phone look at it."""

    def __init__(self, pdf: bytes, folder: Path) -> None:
        self.file = folder / "sheet.pdf"
        self.file.write_bytes(pdf)
        told = subprocess.run(["pdfinfo", self.file], capture_output=True, text=True, check=True).stdout
        self.info = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)

    def clipped(self) -> list[str]:
        """The words that reach beyond the edge of their page; a letter's box is taller than its ink by a third."""
        command = ["pdftotext", "-bbox", str(self.file), "-"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = []
        for page in told.split("<page ")[1:]:
            width, height = (float(n) for n in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
            for x, y, right, bottom, word in WORD.findall(page):
                air = (float(bottom) - float(y)) / 3
                across, down = float(x) < 0 or float(right) > width, float(bottom) - air > height
                if across or down or float(y) + air < 0:
                    found.append(word)
        return found

    def is_grey(self) -> bool:
        """Whether it asks for no colour at all."""
        command = ["pdftoppm", "-r", "40", "-singlefile", str(self.file)]
        drawn = subprocess.run(command, capture_output=True, check=True).stdout
        red, green, blue = Image.open(BytesIO(drawn)).convert("RGB").split()
        return red.tobytes() == green.tobytes() == blue.tobytes()

    def text(self) -> str:
        command = ["pdftotext", "-layout", str(self.file), "-"]
        return str(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def image(self) -> Image.Image:
        command = ["pdftoppm", "-r", str(DOTS), "-gray", "-singlefile", str(self.file)]
        drawn = subprocess.run(command, capture_output=True, check=True).stdout
        return Image.open(BytesIO(drawn))

    def codes(self) -> list[Any]:
        return list(zxingcpp.read_barcodes(self.image()))

    def ink(self) -> tuple[float, ...]:
        """The millimetres of white at the left, top, right and bottom edge; the pale lines to cut along do not count."""
        image = self.image()
        box = image.point(lambda grey: 255 if grey < 120 else 0).getbbox()
        assert box is not None
        edges = (box[0], box[1], image.width - box[2], image.height - box[3])
        return tuple(edge / MILLIMETRE for edge in edges)


def sheet(call: Call, by: Account, name: str, folder: Path, how: str = "") -> Page:
    answer = at_desk(by).get(f"/riverside/call/{call.pk}/{name}.pdf{how}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return Page(answer.content, folder)


def paper_of(call: Call) -> CallOnPaper:
    published = actions.published_of(call)
    assert published is not None
    return CallOnPaper(published)


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
        assert [code.text for code in codes] == [paper_of(call).way(way)] * copies
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
    actions.change(call=call, by=bea, place="Town Hall")
    said = " ".join(sheet(call, bea, "poster", tmp_path).text().split())
    assert "Changed on" in said
    assert "Now at Town Hall, no longer at Harbour Square" in said
    actions.cancel(call=call, by=bea, reason="We won.")
    assert "Called off on" in sheet(call, bea, "poster", tmp_path).text()


def test_every_sheet_fits_its_paper_reads_in_grey_and_scans(
    decision: Decision, bea: Account, tmp_path: Path
) -> None:
    call = publish(decision, bea)
    languages.write_version(call=call, language="ar", by=bea, **ARABIC)
    actions.change(call=call, by=bea, starts_at=saturday(call.organisation, 10))
    for name in SHEETS:
        for how, size in (("", ""), ("?in=ar", ""), ("?paper=letter", "612 x 792")):
            page = sheet(call, bea, name, tmp_path, how)
            assert page.info["Pages"].strip() == ("2" if name == "sign-in" else "1"), (name, how)
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
    assert len(codes) == len(set(codes)) == 28
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
    actions.change(call=call, by=bea, place="Town Hall")
    said = " ".join(sheet(call, bea, "phone", tmp_path).text().split())
    assert "Changed on" in said
    assert "Town Hall" in said


def test_the_kit_shows_every_language_and_every_way_to_pass_it_on(decision: Decision, bea: Account) -> None:
    call = publish(decision, bea)
    languages.write_version(call=call, language="ar", by=bea, **ARABIC)
    page = at_desk(bea).get(f"/riverside/call/{call.pk}/kit/").content.decode()
    paper = paper_of(call)
    for way in "smen":
        assert paper.way(way) in page
    for name in SHEETS:
        assert f"/riverside/call/{call.pk}/{name}.pdf?paper=a4&amp;in=ar" in page
    assert "&lt;iframe src=" in page
    assert "(UCS-2)" in page
    assert "(GSM-7)" in page
    post = short_post(CallOnPaper(paper.published, "ar"))
    assert len(post) <= 300
    assert ARABIC["slogan"] in post


def test_a_draft_and_an_unknown_sheet_have_no_pdf(decision: Decision, bea: Account) -> None:
    door, draft, out = at_desk(bea), write_call(decision, bea), publish(decision, bea, slogan="Out")
    assert door.get(f"/riverside/call/{draft.pk}/poster.pdf").status_code == 404
    assert door.get(f"/riverside/call/{out.pk}/banner.pdf").status_code == 404


def test_a_text_message_fits_one_message_and_keeps_slogan_hour_and_address(
    decision: Decision, bea: Account
) -> None:
    paper = paper_of(publish(decision, bea))
    sent = message(paper)
    assert sent.segments == 1
    assert (sent.encoding, sent.characters) == ("GSM-7", len(sent.text))
    for part in ("Fix the heat before the frost.", "11:00", "Come with your letter", paper.way("s")):
        assert part in sent.text
    long = message(paper_of(publish(decision, bea, place="By the old clock " * 9, ask="Come " * 30)))
    assert long.segments == 1
    assert "By the old clock" not in long.text


@pytest.mark.parametrize(
    ("text", "characters", "encoding", "segments"),
    [
        ("a" * 160, 160, "GSM-7", 1),
        ("a" * 161, 161, "GSM-7", 2),
        ("€" * 80, 160, "GSM-7", 1),
        ("€" * 81, 162, "GSM-7", 2),
        ("ا" * 70, 70, "UCS-2", 1),
        ("ا" * 71, 71, "UCS-2", 2),
        ("🥶" * 35, 70, "UCS-2", 1),
        ("🥶" * 36, 72, "UCS-2", 2),
    ],
)
def test_messages_are_counted_as_phones_count_them(
    text: str, characters: int, encoding: str, segments: int
) -> None:
    counted = measured(text)
    assert (counted.characters, counted.encoding, counted.segments) == (characters, encoding, segments)
