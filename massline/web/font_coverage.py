"""Letters that the installed fonts have, read from their character maps (OpenType 1.9, cmap formats 4 and 12)."""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

FILES = {".ttf", ".otf", ".ttc", ".otc"}
# What a letter is called in Unicode, and Debian's package of a font that has it.
PACKAGES = {"CJK": "fonts-noto-cjk", "HIRAGANA": "fonts-noto-cjk", "KATAKANA": "fonts-noto-cjk"}
PACKAGES |= {"HANGUL": "fonts-noto-cjk", "BOPOMOFO": "fonts-noto-cjk"}
MOST_PACKAGE = "fonts-noto-core"


def missing_scripts(text: str, folders: Iterable[Path]) -> dict[str, str]:
    """Return the scripts with a letter that no font of the folders has, each with the package that has it.

    Signs that are no letters are not asked about: one arrow less keeps no sheet from being read.
    """
    asked = {char for char in text if ord(char) > 0x7F and unicodedata.category(char)[0] == "L"}
    for folder in folders:
        for file in sorted(Path(folder).rglob("*")) if asked else ():
            if asked and file.suffix.lower() in FILES:
                asked -= _letters(file, file.stat().st_mtime_ns)
    scripts = {unicodedata.name(char, "UNKNOWN").split()[0] for char in asked}
    return {script: PACKAGES.get(script, MOST_PACKAGE) for script in sorted(scripts)}


@lru_cache(maxsize=64)
def _letters(file: Path, changed: int) -> frozenset[str]:
    """Every character that a font file has a glyph for; `changed` is when the file was."""
    with file.open("rb") as font:
        return frozenset(chr(point) for offset in _fonts(font) for point in _points(font, offset))


def _fonts(font: BinaryIO) -> tuple[int, ...]:
    """The offsets at which the fonts of a file begin: one, or several in a collection."""
    if _tag(font, 0) != b"ttcf":
        return (0,)
    (count,) = _read(font, 8, ">I")
    return _read(font, 12, f">{count}I")


def _points(font: BinaryIO, offset: int) -> Iterator[int]:
    (tables,) = _read(font, offset + 4, ">H")
    for number in range(tables):
        entry = offset + 12 + 16 * number
        if _tag(font, entry) == b"cmap":
            (at,) = _read(font, entry + 8, ">I")
            (maps,) = _read(font, at + 2, ">H")
            places = {_read(font, at + 4 + 8 * index, ">HHI")[2] for index in range(maps)}
            for place in places:
                yield from _map(font, at + place)


def _map(font: BinaryIO, at: int) -> Iterator[int]:
    (form,) = _read(font, at, ">H")
    if form == 12:
        (groups,) = _read(font, at + 12, ">I")
        for number in range(groups):
            first, last, glyph = _read(font, at + 16 + 12 * number, ">III")
            yield from range(first + (glyph == 0), last + 1)
    elif form == 4:
        yield from _segments(font, at)


def _segments(font: BinaryIO, at: int) -> Iterator[int]:
    """Format 4: runs of characters, whose glyph is shifted by a number or looked up in a list behind it."""
    (twice,) = _read(font, at + 6, ">H")
    many = twice // 2
    ends = _read(font, at + 14, f">{many}H")
    starts, shifts = (_read(font, at + 16 + twice * n, f">{many}H") for n in (1, 2))
    lists_at = at + 16 + twice * 3
    lists = _read(font, lists_at, f">{many}H")
    for number, (first, last, shift, behind) in enumerate(zip(starts, ends, shifts, lists, strict=True)):
        if first == 0xFFFF:
            continue
        if behind == 0:
            yield from (point for point in range(first, last + 1) if (point + shift) % 0x10000)
        else:
            place = lists_at + 2 * number + behind
            glyphs = _read(font, place, f">{last - first + 1}H")
            yield from (first + n for n, glyph in enumerate(glyphs) if glyph)


def _read(font: BinaryIO, at: int, shape: str) -> tuple[int, ...]:
    font.seek(at)
    return struct.unpack(shape, font.read(struct.calcsize(shape)))


def _tag(font: BinaryIO, at: int) -> bytes:
    font.seek(at)
    return font.read(4)
