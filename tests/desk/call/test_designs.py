"""Eight designs, chosen by their pictures: each makes a poster, a window sign and pictures that can be read."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageSequence, PngImagePlugin

from massline.core.one_colour_picture import UnreadablePicture, one_colour_picture
from massline.desk.call.models import Call
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublishedCall
from massline.square.calls.printed.models import ChosenDesign, Design
from tests.conftest import DoorClient, at_desk
from tests.desk.call.printed_sheets import ARABIC, Page, publish
from tests.desk.call.test_poster_scripts import SAID
from tests.desk.decided_loop import decide
from tests.fonts import find_chinese
from tests.parts import shows
from tests.trials import Trials

MORE = {
    "fr": {"slogan": "Pas d’augmentation anticonstitutionnellement décidée sans chauffage !"},
    "pt": {"slogan": "Aquecimento antes do aumento. Assinamos todas!"},
}
LARGEST = {"wide.png": 300_000, "square.png": 400_000, "upright.png": 500_000, "loop.webp": 600_000}
SIZES = {
    "wide.png": (1200, 630),
    "square.png": (1080, 1080),
    "upright.png": (1080, 1920),
    "loop.webp": (720, 720),
}


def photograph() -> bytes:
    """A face in a room, soft and grey as a phone takes it."""
    picture = Image.radial_gradient("L").resize((640, 480))
    ImageDraw.Draw(picture).ellipse((220, 90, 420, 390), fill=70)
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=b"Exif\x00\x00secret place")
    return made.getvalue()


def text_of(letters: int) -> PngImagePlugin.PngInfo:
    """A text that takes a few thousand bytes in a PNG, and unpacks to so many letters."""
    text = PngImagePlugin.PngInfo()
    text.add_text("words", "x" * letters, zip=True)
    return text


# ru_maxrss would begin with the memory of the tests themselves.
MEASURE = r"""
import pathlib, re, sys
from massline.core.one_colour_picture import one_colour_picture
def peak(): return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1])
with open(sys.argv[1], "rb") as file:
    sent, before = file.read(), peak()
one_colour_picture(sent)
print(peak() - before)
"""


@pytest.mark.parametrize(
    ("kind", "size", "how"),
    [
        ("PNG", (4000, 3000), {}),
        ("WEBP", (2000, 2000), {}),
        ("JPEG", (4000, 3000), {"progressive": True, "subsampling": 0}),
        ("JPEG", (8000, 6000), {}),
    ],
)
def test_the_largest_pictures_are_read_in_less_than_100_mb(
    tmp_path: Path, kind: str, size: tuple[int, int], how: dict[str, Any]
) -> None:
    file = tmp_path / "largest"
    mode = "RGB" if kind == "JPEG" else "RGBA"
    Image.radial_gradient("L").resize(size).convert(mode).save(file, kind, **how)
    measured = subprocess.run([sys.executable, "-c", MEASURE, str(file)], check=True, capture_output=True)
    assert 0 < int(measured.stdout) * 1024 < 100_000_000


@pytest.fixture
def call(riverside: Organisation, bea: Account) -> Call:
    return publish(decide(riverside, bea), bea)


def choose(by: Account, call: Call, design: Design, **given: Any) -> Any:
    pk = PublishedCall.objects.get(uuid=call.uuid).pk
    filled = {
        "quote": "My girl wears her coat to bed.",
        "who": "a mother in Block C",
        "number": "214",
        "counted": "letters about broken boilers",
        "before": "Eleven weeks without heat",
        "after": "A repair date in writing",
    }
    picture = io.BytesIO(photograph())
    picture.name = "face.jpg"
    form = {"design": design.value, "picture": picture, **filled, **given}
    return at_desk(by).post(f"/riverside/kit/calls/{pk}/", form)


def kept_picture() -> bytes:
    picture = ChosenDesign.objects.get().picture
    assert picture
    return bytes(picture)


def poster(door: DoorClient, call: Call, folder: Path, name: str = "poster", how: str = "") -> Page:
    answer = door.get(f"/riverside/call/{call.pk}/{name}.pdf{how}")
    assert answer.status_code == 200
    return Page(answer.content, folder)


def check_sheet(page: Page, words: str = "") -> None:
    assert page.info["Pages"].strip() == "1"
    assert page.clipped() == []
    assert page.codes()
    assert words in " ".join(page.text().split())


def test_each_design_makes_a_poster_and_a_picture_that_can_be_read(
    call: Call, bea: Account, nobody: DoorClient, tmp_path: Path
) -> None:
    door, drawn = at_desk(bea), set()
    slug = PublishedCall.objects.get().slug
    for design in Design:
        assert choose(bea, call, design).status_code == 302
        page = poster(door, call, tmp_path)
        check_sheet(page, "Harbour Square")
        assert page.is_grey()
        drawn.add(nobody.get(f"/riverside/share/calls/{slug}/square.png").content)
    assert len(drawn) == len(Design)


@pytest.mark.parametrize("language", ["es", "ar", "fr", "pt", "zh"])
def test_one_design_speaks_every_language(
    riverside: Organisation, bea: Account, tmp_path: Path, settings: Any, trials: Trials, language: str
) -> None:
    settings.FONTS = [find_chinese()]
    words = (SAID | MORE | {"ar": ARABIC})[language]
    call = publish(decide(riverside, bea), bea, language, **words)
    for design in Design if trials.full else [Design.BEFORE_AFTER]:
        choose(bea, call, design)
        check_sheet(poster(at_desk(bea), call, tmp_path))


def test_window_sign_stickers_and_banner_take_the_chosen_design(
    call: Call, bea: Account, tmp_path: Path
) -> None:
    door = at_desk(bea)
    plain = {name: poster(door, call, tmp_path, name).file.read_bytes() for name in ("window", "stickers")}
    choose(bea, call, Design.NUMBER)
    for name, before in plain.items():
        page = poster(door, call, tmp_path, name)
        assert page.file.read_bytes() != before
        assert page.info["Pages"].strip() == "1"
        assert page.clipped() == []
        assert page.text().count("214") == (8 if name == "stickers" else 1)
    assert "4251" in poster(door, call, tmp_path, "banner").info["Page size"]


def test_pictures_are_square_and_upright_and_the_loop_runs_for_ten_seconds(
    call: Call, bea: Account, nobody: DoorClient
) -> None:
    choose(bea, call, Design.PICTURE)
    slug = PublishedCall.objects.get().slug
    for file, size in SIZES.items():
        answer = nobody.get(f"/riverside/share/calls/{slug}/{file}")
        assert answer.status_code == 200
        assert len(answer.content) < LARGEST[file]
        picture = Image.open(io.BytesIO(answer.content))
        assert picture.size == size
        assert len(set(picture.convert("L").tobytes())) > 8
        if file == "loop.webp":
            frames = [
                (frame.convert("L").tobytes(), frame.info["duration"])
                for frame in ImageSequence.Iterator(picture)
            ]
            assert sum(length for _drawn, length in frames) == 10_000
            assert len({drawn for drawn, _length in frames}) == len(frames) == 15
    assert nobody.get(f"/riverside/share/calls/{slug}/huge.png").status_code == 404


def test_a_design_is_chosen_by_its_picture_and_keeps_what_it_shows(
    call: Call, bea: Account, chen: Account
) -> None:
    address = f"/riverside/kit/calls/{PublishedCall.objects.get().pk}/"
    page = at_desk(chen).get(address).content.decode()
    assert f'href="/riverside/call/{call.pk}/kit/"' in page
    assert page.count('type="radio"') == page.count("<img") == len(Design)
    preview = Image.open(io.BytesIO(at_desk(chen).get(f"{address}portrait.png").content))
    assert preview.height > preview.width > 150
    assert choose(chen, call, Design.BAND).status_code == 404
    assert not ChosenDesign.objects.exists()
    refused = choose(bea, call, Design.NUMBER, number="")
    assert refused.status_code == 422
    assert shows(refused, "design-needs-it")
    assert "letters about broken boilers" in refused.content.decode()
    choose(bea, call, Design.PICTURE)
    assert ChosenDesign.objects.get().design == Design.PICTURE
    kept = kept_picture()
    assert b"secret place" not in kept
    choose(bea, call, Design.PICTURE, picture="")
    assert kept_picture() == kept
    assert choose(bea, call, Design.PICTURE, picture="", remove_picture="on").status_code == 422


def test_a_picture_becomes_black_and_white_alone_and_what_is_none_is_refused() -> None:
    made = Image.open(io.BytesIO(one_colour_picture(photograph())))
    assert made.mode == "1"
    black = made.convert("L").histogram()[0] / (made.width * made.height)
    assert 0.15 < black < 0.85
    flat, tiny = io.BytesIO(), io.BytesIO()
    Image.new("L", (400, 400), 128).save(flat, "PNG")
    Image.new("L", (40, 40), 128).save(tiny, "PNG")
    huge, wordy = io.BytesIO(), io.BytesIO()
    Image.new("RGBA", (4000, 3001)).save(huge, "PNG")
    Image.open(io.BytesIO(photograph())).save(wordy, "PNG", pnginfo=text_of(3_000_000))
    for sent, code in (
        (b"no picture", "format"),
        (wordy.getvalue(), "format"),
        (huge.getvalue(), "size"),
        (flat.getvalue(), "empty"),
        (tiny.getvalue(), "small"),
    ):
        with pytest.raises(UnreadablePicture) as refused:
            one_colour_picture(sent)
        assert refused.value.code == code
