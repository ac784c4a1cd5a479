"""Sheets to print: typst sets them, with the letters we carry and those the installation adds, and no others."""

import json
import unicodedata
from pathlib import Path

import fontpkg_inter
import fontpkg_noto_sans_arabic
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from massline.web import font_glyphs

LAST_SECOND = 253_402_300_799  # the end of the year 9999, after which the typesetter knows no moment
HERE = Path(__file__).parent
CARRIED = [Path(package.ROOT) / "files" for package in (fontpkg_inter, fontpkg_noto_sans_arabic)]


def render_pdf(template: Path, inputs: dict[str, str], *, seconds: int, every_letter: bool = False) -> bytes:
    """Set a template as PDF. The same inputs give the same bytes.

    Parameters
    ----------
    template : a typst file; it may read what lies beside it
    inputs : what it finds in `sys.inputs`; structures as JSON
    seconds : when it was made, since 1970, as the file says of itself
    every_letter : where no font here has the letters, say on the sheet which are missing and where one gets them;
        else what few words need them is set as empty boxes among the rest
    """
    lacking = font_glyphs.missing_scripts(" ".join(inputs.values()), _folders()) if every_letter else {}
    if lacking:
        template, inputs = (
            HERE / "no_letters.typ",
            {"said": json.dumps(_instead(lacking), ensure_ascii=False)},
        )
    made: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(folder) for folder in _folders()],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=min(max(seconds, 0), LAST_SECOND),
    )
    return made


def _folders() -> list[Path]:
    return [*CARRIED, *(Path(folder) for folder in settings.FONTS)]


def _instead(lacking: dict[str, str]) -> dict[str, object]:
    """The sentences printed in place of the sheet."""
    packages = ", ".join(sorted(set(lacking.values())))
    return {
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "title": _("This sheet cannot be printed here yet."),
        "lines": [
            _("No font here can show these letters (%(scripts)s).") % {"scripts": ", ".join(lacking)},
            _(
                "Whoever runs this site can add one (on Debian: package %(packages)s) and name its "
                "folder in MASSLINE_FONTS; see docs/run.md."
            )
            % {"packages": packages},
            _("Nothing is lost: the page and the messages show every letter."),
        ],
    }


def render_png(template: Path, inputs: dict[str, str], *, ppi: float = 72.0) -> bytes:
    """Set a template of one page as a picture; by default one pixel for each point of its size."""
    made: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(folder) for folder in _folders()],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="png",
        ppi=ppi,
    )
    return made


def remove_pictures(text: str) -> str:
    """Leave out pictures such as 🥶: our fonts have none, and an empty box on a poster helps nobody."""
    return "".join(char for char in text if not _is_picture(char))


def pictures_in(text: str) -> list[str]:
    """Return the pictures that `remove_pictures` leaves out, each once, so that a page can name them."""
    return list(dict.fromkeys(char for char in text if unicodedata.category(char) == "So"))


def _is_picture(char: str) -> bool:
    """True of a picture and of what changes one: a colour of skin, a variation, a joiner."""
    return (
        unicodedata.category(char) == "So"
        or char in "\ufe0e\ufe0f\u20e3"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
