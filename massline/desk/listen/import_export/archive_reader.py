"""From what a browser sent to the tables in it: an archive, several files of one export, or one table.

Nothing is trusted: neither what an archive says of its size, nor what a file is called. A file is known by its headings.
"""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _

UNPACKED = 64 * 1024 * 1024
MOST_FILES = 40
TABLE = "table.csv"
DELIMITERS = (",", ";", "\t")
POLIS = {
    "comments.csv": frozenset({"comment-id", "comment-body"}),
    "votes.csv": frozenset({"comment-id", "voter-id", "vote"}),
    "participants-votes.csv": frozenset({"participant", "group-id"}),
    "levels.csv": frozenset({"participant", "level"}),
}


class Unusable(ValueError):
    """Why nothing of a file can come in; the sentence is for whoever sent it."""


def unpack(sent: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """Give the files of a Polis export by their own names, or one plain table."""
    found: dict[str, bytes] = {}
    plain = 0
    for name, content in _files(sent):
        known = called(content, name)
        plain += known == TABLE
        if known in found and known != TABLE:
            raise Unusable(
                _("Nothing was taken: %(file)s is there twice. Send one export at a time.") % {"file": known}
            )
        found[known] = content if known == TABLE else _with_commas(content)
    if found.keys() - {TABLE, "summary.csv"}:
        found.pop(TABLE, None)
        return found
    if plain == 1:
        return {TABLE: found[TABLE]}
    raise Unusable(
        _("Nothing was taken: these are %(n)d tables. Send one at a time, or all files of one Polis export.")
        % {"n": plain}
        if plain
        else _("Nothing was taken: there is no table in it. Send CSV files, or a zip of them.")
    )


def _files(sent: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Every table in what was sent, opened as far as the limit allows and not a byte further."""
    left = UNPACKED
    for name, content in sent:
        for inner, opened in _opened(name, content, left):
            left -= len(opened)
            if opened.strip():
                yield inner, opened


def _opened(name: str, content: bytes, left: int) -> Iterator[tuple[str, bytes]]:
    try:
        if content[:2] == b"PK":
            yield from _members(content, left)
        elif content[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(content)) as file:
                yield name.removesuffix(".gz"), _at_most(file, left)
        else:
            yield name, content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as problem:
        raise Unusable(
            _("Nothing was taken: the archive does not open. Make it anew, without a password.")
        ) from problem


def _members(content: bytes, left: int) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        listed = [one for one in packed.infolist() if not one.is_dir()]
        if any(one.filename == "[Content_Types].xml" for one in listed):
            raise Unusable(_("Nothing was taken: this is a spreadsheet. Save it as CSV and send that."))
        if len(listed) > MOST_FILES:
            raise Unusable(_("Nothing was taken: more than %(n)d files in one archive.") % {"n": MOST_FILES})
        for one in listed:
            path, _slash, name = one.filename.rpartition("/")
            is_table = name.lower().endswith((".csv", ".csv.gz", ".tsv", ".txt"))
            if not is_table or name.startswith(".") or path.startswith("__MACOSX"):
                continue
            with packed.open(one) as file:
                opened = _at_most(file, left)
            left -= len(opened)
            if opened[:2] == b"\x1f\x8b":
                with gzip.open(io.BytesIO(opened)) as inner:
                    opened = _at_most(inner, left)
            yield name.removesuffix(".gz"), opened


def _at_most(file: IO[bytes] | gzip.GzipFile, left: int) -> bytes:
    opened = bytes(file.read(max(left, 0) + 1))
    if len(opened) > left:
        raise Unusable(_("Nothing was taken: the archive unpacks to more than 64 MB. Bring it in parts."))
    return opened


def called(content: bytes, name: str) -> str:
    """Say which file of a Polis export this is, by its headings; a plain table where it is none."""
    names = {one.strip().lower() for one in heading(content)}
    for known, needed in POLIS.items():
        if needed <= names:
            return known
    first = next(iter(heading(content)), "").strip().lower()
    return "summary.csv" if first == "topic" or name.lower() == "summary.csv" else TABLE


def heading(content: bytes) -> list[str]:
    line = letters(content[:65536]).lstrip().split("\n", 1)[0].rstrip("\r")
    return next(csv.reader([line], delimiter=delimiter_of(line)), [])


def delimiter_of(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def letters(content: bytes) -> str:
    """Read text as spreadsheets save it: UTF-8, UTF-16 with its mark, or the old Windows letters."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # A letter that is cut off at the very end was cut by us, not by a spreadsheet.
        cut = problem.start >= len(content) - 3
        return content.decode("utf-8-sig" if cut else "cp1252", errors="replace")


def _with_commas(content: bytes) -> bytes:
    """A Polis file that went through a spreadsheet may have come out with semicolons."""
    text = letters(content)
    delimiter = delimiter_of(text.split("\n", 1)[0])
    if delimiter == ",":
        return text.encode()
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    )
    return out.getvalue().encode()


def pack(files: dict[str, bytes]) -> bytes:
    """Put the files into an archive of our own, as they wait for somebody's word."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(name, content)
    return out.getvalue()
