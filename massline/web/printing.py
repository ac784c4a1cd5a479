"""Sheets to print: typst sets them, with the letters we carry and those the installation adds, and no others."""

import unicodedata
from pathlib import Path

import fontpkg_inter
import fontpkg_noto_sans_arabic
import typst
from django.conf import settings

CARRIED = [Path(package.ROOT) / "files" for package in (fontpkg_inter, fontpkg_noto_sans_arabic)]


def pdf(template: Path, inputs: dict[str, str], *, seconds: int) -> bytes:
    """Set a template as PDF. The same inputs give the same bytes.

    Parameters
    ----------
    template : a typst file; it may read what lies beside it
    inputs : what it finds in `sys.inputs`; structures as JSON
    seconds : when it was made, since 1970, as the file says of itself
    """
    made: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(folder) for folder in (*CARRIED, *settings.FONTS)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=seconds,
    )
    return made


def png(template: Path, inputs: dict[str, str]) -> bytes:
    """Set a template of one page as a picture, one pixel for each point of its size."""
    made: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(folder) for folder in (*CARRIED, *settings.FONTS)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="png",
        ppi=72.0,
    )
    return made


def letters(text: str) -> str:
    """Leave out pictures such as 🥶: our fonts have none, and an empty box on a poster helps nobody."""
    return "".join(char for char in text if unicodedata.category(char) != "So" and char != "\ufe0f")
