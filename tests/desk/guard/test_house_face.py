"""Mark and colour of an organisation: chosen at the desk, cleaned, and shown on pages, posters and pictures."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from massline.desk.act.messages.message import MessageText
from massline.desk.people.models import Account, Organisation
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient, at_desk
from tests.parts import field_errors, shows

PAGE = "/riverside/guard/face/"


def drawing() -> SimpleUploadedFile:
    picture = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(picture).polygon([(100, 20), (180, 180), (20, 180)], fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("mark.png", out.getvalue(), content_type="image/png")


def test_without_a_face_nothing_changes(riverside: Organisation, amal: Account, nobody: DoorClient) -> None:
    page = nobody.get("/riverside/").content.decode()
    assert "face.css" not in page
    assert "own-mark" not in page
    assert nobody.get("/riverside/face.css").status_code == 404
    assert nobody.get("/riverside/mark.png").status_code == 404
    assert at_desk(amal).get("/riverside/guard/face.css").status_code == 404


def test_a_colour_and_a_mark_show_on_both_sites(
    riverside: Organisation, amal: Account, nobody: DoorClient
) -> None:
    door = at_desk(amal)
    answer = door.post(PAGE, {"colour": "3B3A8F", "mark": drawing()}, follow=True)
    assert shows(answer, "face-saved")
    assert shows(answer, "colour-measured", "9")
    page = nobody.get("/riverside/").content.decode()
    assert "/riverside/face.css?" in page
    css = nobody.get("/riverside/face.css")
    assert css.headers["Content-Type"].startswith("text/css")
    assert b"--own:#3b3a8f" in css.content
    picture = Image.open(io.BytesIO(nobody.get("/riverside/mark.png").content))
    assert picture.size == (128, 128)
    assert "/riverside/guard/mark.png" in door.get("/riverside/").content.decode()
    assert door.get("/riverside/guard/face.css").content == css.content


def test_only_the_public_site_lets_others_keep_colour_and_mark(
    riverside: Organisation, amal: Account, nobody: DoorClient
) -> None:
    door = at_desk(amal)
    door.post(PAGE, {"colour": "3B3A8F", "mark": drawing()})
    for name in ("face.css", "mark.png"):
        assert "no-store" in door.get(f"/riverside/guard/{name}").headers["Cache-Control"]
        assert "public" in nobody.get(f"/riverside/{name}").headers["Cache-Control"]


def test_the_first_letter_stands_where_there_is_no_drawing(
    riverside: Organisation, amal: Account, nobody: DoorClient
) -> None:
    at_desk(amal).post(PAGE, {"colour": "#3b3a8f"})
    assert 'class="own-mark" aria-hidden="true">R<' in nobody.get("/riverside/").content.decode()


@pytest.mark.parametrize(
    ("colour", "code"),
    [
        ("#c1272d", "like-an-alarm"),
        ("ff0000", "like-an-alarm"),
        ("green", "no-colour"),
        ("#123;}", "no-colour"),
    ],
)
def test_a_colour_that_is_none_or_an_alarm_is_refused(
    riverside: Organisation, amal: Account, colour: str, code: str
) -> None:
    page = at_desk(amal).post(PAGE, {"colour": colour})
    assert field_errors(page, "colour") == [code]
    assert PublicOrganisation.objects.get(slug="riverside").colour == ""


def test_a_pale_colour_gets_a_darker_twin_for_lines(
    riverside: Organisation, amal: Account, nobody: DoorClient
) -> None:
    at_desk(amal).post(PAGE, {"colour": "#f2c230"})
    css = nobody.get("/riverside/face.css").content.decode()
    assert "--own:#f2c230;--on-own:#14181d" in css
    assert "--own-line:#f2c230" not in css.partition("@media")[0]


def test_an_svg_is_refused_and_says_what_to_do(riverside: Organisation, amal: Account) -> None:
    svg = SimpleUploadedFile("m.svg", b"<svg><script>alert(1)</script></svg>", content_type="image/svg+xml")
    page = at_desk(amal).post(PAGE, {"colour": "", "mark": svg})
    assert field_errors(page, "mark") == ["mark-format"]


def test_a_drawing_is_kept_with_a_new_colour_and_removed_when_asked(
    riverside: Organisation, amal: Account
) -> None:
    door = at_desk(amal)
    door.post(PAGE, {"colour": "#3b3a8f", "mark": drawing()})
    door.post(PAGE, {"colour": "#14614f"})
    assert PublicOrganisation.objects.get(slug="riverside").mark
    door.post(PAGE, {"colour": "#14614f", "remove_mark": "on"})
    assert PublicOrganisation.objects.get(slug="riverside").mark is None


def test_only_key_holders_choose(riverside: Organisation, bea: Account) -> None:
    assert at_desk(bea).get(PAGE).status_code == 404


def test_mails_bear_the_organisations_own_colour(riverside: Organisation, amal: Account) -> None:
    face = PublicOrganisation.objects.get(slug="riverside")
    plain = MessageText("Heat", lead="Come.").with_sender(face).as_html()
    assert "bgcolor" not in plain
    at_desk(amal).post(PAGE, {"colour": "#3b3a8f"})
    face.refresh_from_db()
    text = MessageText("Heat", lead="Come.").with_sender(face)
    assert '<td bgcolor="#3b3a8f">' in text.as_html()
    assert "Riverside Tenants" in text.as_html()
    assert "Riverside" not in text.as_plain()
