"""An organisation's own colour can be read and is no alarm; its mark is cleaned and can be told at any size."""

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from massline.core.organisation_colour import (
    LINE,
    NIGHT,
    PAPER,
    TEXT,
    contrast,
    derive_colour_scheme,
    is_alarm_red,
    parse_colour,
)
from massline.core.organisation_logo import SIDE, UnreadableLogo, draw_logo, logo_mask_from_png

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_whatever_the_colour_text_and_lines_can_be_seen(own: str) -> None:
    fitted = derive_colour_scheme(own)
    assert contrast(fitted.on_own, own) >= TEXT
    assert contrast(fitted.line, PAPER) >= LINE
    assert contrast(fitted.line_at_night, NIGHT) >= LINE


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("red", ["#c1272d", "#ff0000", "#b3261e", "#e03c31", "#ff6b61"])
def test_what_could_be_taken_for_an_alarm_is_told(red: str) -> None:
    assert is_alarm_red(red)


@pytest.mark.parametrize(
    "calm", ["#14614f", "#3b3a8f", "#f2c230", "#7c1fd0", "#333333", "#ffffff", "#000000"]
)
def test_other_hues_and_greys_are_no_alarm(calm: str) -> None:
    assert not is_alarm_red(calm)


def test_colours_are_read_as_people_type_them() -> None:
    assert parse_colour(" 14614F ") == "#14614f"
    for wrong in ("red", "#123", "#12345g", "#14614f;}body{", ""):
        with pytest.raises(ValueError, match="six"):
            parse_colour(wrong)


def png(picture: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", **options)
    return out.getvalue()


def drawn(mode: str, size: tuple[int, int] = (300, 200)) -> Image.Image:
    """A disc, dark on light, or on a clear ground where the mode has one."""
    picture = Image.new(
        "RGBA" if mode in {"RGBA", "LA"} else "RGB",
        size,
        (255, 255, 255, 0) if mode in {"RGBA", "LA"} else "white",
    )
    ImageDraw.Draw(picture).ellipse(
        (60, 20, 220, 180), fill=(10, 90, 70, 255) if mode in {"RGBA", "LA"} else "#0a5a46"
    )
    return picture.convert(mode)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P"])
def test_a_drawing_of_any_kind_gives_the_same_mask(mode: str) -> None:
    mask = Image.open(io.BytesIO(logo_mask_from_png(png(drawn(mode)))))
    assert (mask.size, mask.mode) == ((SIDE, SIDE), "L")
    values = np.asarray(mask)
    assert values[SIDE // 2, SIDE // 2] > 250
    assert values[0, 0] == 0
    assert 0.5 < (values > 127).mean() < 0.68


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["RGB", "RGBA", "L", "LA"]))
def test_every_filter_is_undone_as_pillow_does(seed: int, mode: str) -> None:
    from massline.core.organisation_logo import _read_png

    noise = np.random.default_rng(seed).integers(0, 256, (23, 17, len(mode)), dtype=np.uint8)
    smooth = np.cumsum(noise, axis=1, dtype=np.uint8)
    picture = Image.fromarray(smooth.squeeze(), mode)
    assert np.array_equal(_read_png(png(picture)), np.asarray(picture.convert("RGBA")))


def test_a_white_drawing_on_dark_is_told_too() -> None:
    picture = Image.new("L", (100, 100), 0)
    ImageDraw.Draw(picture).ellipse((20, 20, 80, 80), fill=255)
    assert np.asarray(Image.open(io.BytesIO(logo_mask_from_png(png(picture)))))[SIDE // 2, SIDE // 2] > 250


def test_nothing_of_the_file_is_kept() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Maria Lopez, Block C")
    sent = png(drawn("RGB"), pnginfo=notes, exif=b"Exif\x00\x00GPS of Block C")
    kept = logo_mask_from_png(sent)
    assert b"Lopez" in sent
    assert b"Lopez" not in kept
    assert b"GPS" not in kept
    assert len(kept) < 20_000


def test_it_is_drawn_in_one_colour() -> None:
    picture = Image.open(io.BytesIO(draw_logo(logo_mask_from_png(png(drawn("RGBA"))), "#fffaf0")))
    values = np.asarray(picture)
    assert {tuple(pixel) for pixel in values[..., :3].reshape(-1, 3)} == {(255, 250, 240)}


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "format"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "format"),
        (png(Image.new("RGB", (10, 10), "white"))[:-30], "format"),
        (png(Image.new("RGB", (513, 10), "white")), "size"),
        (b"\x89PNG\r\n\x1a\n" + b"a" * 200_001, "size"),
        (png(Image.new("RGB", (100, 100), "white")), "drawing"),
        (png(Image.new("RGBA", (100, 100), (0, 0, 0, 0))), "drawing"),
        (png(Image.new("1", (100, 100))), "format"),
    ],
)
def test_what_gives_no_mark_is_refused(sent: bytes, code: str) -> None:
    with pytest.raises(UnreadableLogo) as problem:
        logo_mask_from_png(sent)
    assert problem.value.code == code
