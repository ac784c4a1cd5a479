"""A photograph, drawing or linocut made ready for any copier: cleaned, then black dots and areas on white, nothing grey.

Nothing of the file that was sent is kept: no colours, place, device or texts.
"""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageFilter, ImageOps, PngImagePlugin

Grey = npt.NDArray[np.float64]

LARGEST_BYTES = 12_000_000
# Of a JPEG that is reduced while it is read; of others, which are held whole; of WebP, whose decoder holds four.
MOST_PIXELS = 50_000_000
MOST_WHOLE = 12_000_000
MOST_WEBP = 4_000_000
STRIP_PIXELS = 500_000
START_OF_SCAN, PROGRESSIVE = 0xDA, 0xC2
ORIENTATION = ExifTags.Base.Orientation
SMALLEST_SIDE = 300
LONGEST_SIDE = 1200
# Dots stand on a grid turned by 45 degrees, so many pixels apart: coarse enough for a third copy of a copy.
DOT = 10
# A drawing or print has so large a share of its pixels near black or near white.
DRAWN_SHARE = 0.8
# A PNG may unpack texts of so many bytes in all, which nobody reads here.
PngImagePlugin.MAX_TEXT_MEMORY = 8_000_000


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
        if min(picture.size) < SMALLEST_SIDE:
            raise UnreadablePicture("small")
        _check_size(picture, _most_pixels(picture, sent))
        picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
        _check_size(picture, MOST_WHOLE)
        grey = _flattened(picture)
        grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        grey.getexif()[ORIENTATION] = picture.getexif().get(ORIENTATION, 1)
        return ImageOps.exif_transpose(grey)
    except UnreadablePicture:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise UnreadablePicture("format") from problem


def _check_size(picture: Image.Image, most: int) -> None:
    if picture.width * picture.height > most:
        raise UnreadablePicture("size")


def _most_pixels(picture: Image.Image, sent: bytes) -> int:
    bands = len(picture.getbands())
    match picture.format:
        case "WEBP":
            return MOST_WEBP
        case "JPEG" if _comes_line_by_line(sent, bands):
            return MOST_PIXELS
        case "JPEG":
            return MOST_WHOLE * 3 // max(bands, 3)
    return MOST_WHOLE


def _comes_line_by_line(jpeg: bytes, bands: int) -> bool:
    """True if the first scan has all of a JPEG, so that it is reduced while it is read; others are held whole."""
    place = 2
    while place + 4 < len(jpeg) and (marker := jpeg[place + 1]) != START_OF_SCAN:
        if marker == PROGRESSIVE:
            return False
        # A marker may be filled up with bytes of ones.
        place += 1 if marker == 0xFF else 2 + int.from_bytes(jpeg[place + 2 : place + 4])
    return place + 4 < len(jpeg) and jpeg[place + 4] == bands


def _flattened(picture: Image.Image) -> Image.Image:
    """The picture in grey, on white where it is transparent; a strip at a time, so that it is held but once."""
    picture.load()
    grey = Image.new("L", picture.size)
    rows = max(1, STRIP_PIXELS // picture.width)
    for top in range(0, picture.height, rows):
        strip = picture.crop((0, top, picture.width, min(top + rows, picture.height)))
        if "A" in picture.mode or "transparency" in picture.info:
            ground = Image.new("RGBA", strip.size, "white")
            ground.alpha_composite(strip.convert("RGBA"))
            strip = ground
        grey.paste(strip.convert("L"), (0, top))
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
