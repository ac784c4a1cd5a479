"""An organisation's own colour: what stands on it, its twins for lines by day and night, and how far it is from red.

Contrast is that of WCAG 2.2; hue, chroma and lightness are those of OKLab (B. Ottosson, 2020).
"""

import math
import re
from dataclasses import dataclass

PAPER, NIGHT, INK, WHITE, BLACK = "#fffaf0", "#14181d", "#14181d", "#ffffff", "#000000"
ALARM = "#c1272d"
DEFAULT = "#14614f"
TEXT, LINE = 4.5, 3.0
# Degrees of hue around the red that means "now", and the chroma from which a colour has a hue at all.
NEAR_ALARM, COLOURED = 25.0, 0.05
WRITTEN = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class ColourScheme:
    """The ground, what is written on it, and the line beside text on paper and on the night's ground."""

    own: str
    on_own: str
    line: str
    line_at_night: str

    @property
    def is_paired(self) -> bool:
        """True if the colour is too pale for lines on paper, so that a darker twin draws them."""
        return self.line != self.own


def parse_colour(text: str) -> str:
    """Return a colour as "#rrggbb" in small letters. Raises ValueError for anything else."""
    written = "#" + text.strip().lstrip("#").lower()
    if not WRITTEN.fullmatch(written):
        raise ValueError("Not a colour of six letters and digits.")
    return written


def derive_colour_scheme(own: str) -> ColourScheme:
    """Choose what goes with a ground: text at 4.5 to 1 at least, lines at 3 to 1 at least.

    Anything that is no colour counts as DEFAULT.

    >>> derive_colour_scheme("#14614f").on_own, derive_colour_scheme("#f2c230").is_paired
    ('#ffffff', True)
    """
    own = own if WRITTEN.fullmatch(own) else DEFAULT
    on_own = max((WHITE, INK), key=lambda text: contrast(text, own))
    if contrast(on_own, own) < TEXT:
        on_own = BLACK
    return ColourScheme(own, on_own, _shift(own, PAPER, -0.01), _shift(own, NIGHT, 0.01))


def is_alarm_red(own: str) -> bool:
    """True if a colour could be taken for the red that means "now" and "wrong"."""
    _lightness, chroma, hue = _oklch(own)
    apart = abs((hue - _oklch(ALARM)[2] + 180) % 360 - 180)
    return chroma >= COLOURED and apart < NEAR_ALARM


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _shift(own: str, ground: str, step: float) -> str:
    """Make a colour lighter or darker, in the same hue, until it can be seen as a line on a ground."""
    lightness, chroma, hue = _oklch(own)
    colour = own
    while contrast(colour, ground) < LINE and -1 < lightness < 2:
        lightness += step
        colour = _from_oklch(min(1.0, max(0.0, lightness)), chroma if 0 < lightness < 1 else 0.0, hue)
    return colour


def _channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def _linear(colour: str) -> list[float]:
    return [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)
    ]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
    )
    parts = [
        12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
        for part in (min(1.0, max(0.0, value)) for value in linear)
    ]
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
