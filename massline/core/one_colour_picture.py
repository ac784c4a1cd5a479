"""A photograph, drawing or linocut made ready for any copier: cleaned, then black dots and areas on white, nothing grey.

Nothing of the file that was sent is kept: no colours, place, device or texts.
"""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

Grey = npt.NDArray[np.float64]

LARGEST_BYTES = 12_000_000
MOST_PIXELS = 50_000_000
SMALLEST_SIDE = 300
LONGEST_SIDE = 1200
# Dots stand on a grid turned by 45 degrees, so many pixels apart: coarse enough for a third copy of a copy.
DOT = 10
# A drawing or print has so large a share of its pixels near black or near white.
DRAWN_SHARE = 0.8


class UnreadablePicture(ValueError):
    """A file that gives no picture; `code` is format, size, small or empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def one_colour_picture(sent: bytes) -> bytes:
    """Return a JPEG, PNG or WebP as a PNG of one bit: a drawing by its areas, a photograph by dots of many sizes.

    Raises UnreadablePicture for another format, for a file that is too large or too small, and for an even surface.
    """
    if len(sent) > LARGEST_BYTES:
        raise UnreadablePicture("size")
    grey = _cleaned(_read(sent))
    is_drawn = float(((grey < 0.2) | (grey > 0.8)).mean()) >= DRAWN_SHARE
    white = grey > 0.5 if is_drawn else grey > _screen(*grey.shape)
    made = BytesIO()
    Image.fromarray(white).save(made, "PNG", optimize=True)
    return made.getvalue()


def _read(sent: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(sent), formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > MOST_PIXELS:
            raise UnreadablePicture("size")
        if min(picture.size) < SMALLEST_SIDE:
            raise UnreadablePicture("small")
        picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise UnreadablePicture("format") from problem
    if "A" in upright.mode or "transparency" in upright.info:
        ground = Image.new("RGBA", upright.size, "white")
        ground.alpha_composite(upright.convert("RGBA"))
        upright = ground
    grey = upright.convert("L")
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return grey


def _cleaned(picture: Image.Image) -> Grey:
    """Take out specks, stretch to full black and white, and sharpen."""
    spread = np.asarray(picture, dtype=np.float64)
    if float(np.percentile(spread, 99) - np.percentile(spread, 1)) < 24:
        raise UnreadablePicture("empty")
    clean = ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    sharp = clean.filter(ImageFilter.UnsharpMask(radius=3, percent=80, threshold=2))
    return np.asarray(sharp, dtype=np.float64) / 255


def _screen(height: int, width: int) -> Grey:
    """The threshold of each pixel: a grid of round dots at 45 degrees that grow with darkness."""
    down, across = np.mgrid[0:height, 0:width]
    first = np.cos(np.pi * (across + down) / DOT / np.sqrt(2) * 2)
    second = np.cos(np.pi * (across - down) / DOT / np.sqrt(2) * 2)
    wave = (first + second) / 4 + 0.5
    # Full black and full white stay areas without dots.
    return np.asarray(0.08 + 0.84 * wave)
