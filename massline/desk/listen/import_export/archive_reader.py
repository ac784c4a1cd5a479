"""Read uploaded files: an archive, several files of one export, or one table.

Stated sizes and file names are not trusted: unpacking is limited, and files are recognised by their headings.
"""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _

from massline.core.refusal import CodedError
from massline.core.table_limits import BROKEN_ARCHIVE

MOST_BYTES = 32 * 1024 * 1024
MOST_FILES = 40
# Beyond what any export of Polis holds: half a million answers, and a column for each of 5,000 statements.
MOST_LINES, MOST_COLUMNS = 1_000_000, 20_000
TABLE = "table.csv"
DELIMITERS = (",", ";", "\t")
POLIS = {
    "comments.csv": frozenset({"comment-id", "comment-body"}),
    "votes.csv": frozenset({"comment-id", "voter-id", "vote"}),
    "participants-votes.csv": frozenset({"participant", "group-id"}),
    "levels.csv": frozenset({"participant", "level"}),
}


class UnusableFile(CodedError):
    """A file that cannot be imported; the message is for the person who sent it."""


def unpack_upload(sent: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return the files of a Polis export by their standard names, or one plain table."""
    files: dict[str, bytes] = {}
    plain = 0
    for name, content in _files(sent):
        known = recognise_file(content, name)
        plain += known == TABLE
        if known in files and known != TABLE:
            raise UnusableFile(
                _("Nothing was imported: %(file)s is in there twice. Send one export at a time.")
                % {"file": known},
                code="sent-twice",
            )
        files[known] = content if known == TABLE else _with_commas(content)
    if files.keys() - {TABLE, "summary.csv"}:
        files.pop(TABLE, None)
        return files
    if plain == 1:
        return {TABLE: files[TABLE]}
    raise UnusableFile(
        _(
            "Nothing was imported: there are %(n)d tables in it. Send one at a time, or all the "
            "files of one Polis export."
        )
        % {"n": plain}
        if plain
        else _("Nothing was imported: no table found. Send CSV files, or a zip of them."),
        code="several-tables" if plain else "no-table",
    )


def _files(sent: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield every file with its name, unpacked up to the limit in all."""
    left = MOST_BYTES
    for name, content in sent:
        for inner, opened in _opened(name, content, left):
            left -= len(opened)
            _check_size(opened)
            if opened.strip():
                yield inner, opened


def _check_size(opened: bytes) -> None:
    """Refuse a table with far more lines or columns than an export, before it is taken apart."""
    if opened[:2] in (b"PK", b"\x1f\x8b"):
        raise UnusableFile(
            _("Nothing was taken: there is an archive inside an archive. Send the CSV files in one zip.")
        )
    head = opened[: opened.find(b"\n")] if b"\n" in opened else opened
    columns = max(head.count(delimiter.encode()) for delimiter in DELIMITERS)
    if opened.count(b"\n") > MOST_LINES or columns > MOST_COLUMNS:
        raise UnusableFile(
            _(
                "Nothing was taken: a table in it has more than a million rows or 20,000 columns. Bring it in parts."
            )
        )


def _opened(name: str, content: bytes, left: int) -> Iterator[tuple[str, bytes]]:
    try:
        if content[:2] == b"PK":
            yield from _members(content, left)
        elif content[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(content)) as file:
                yield name.removesuffix(".gz"), _at_most(file, left)
        else:
            yield name, content
    except BROKEN_ARCHIVE as problem:
        raise UnusableFile(
            _("Nothing was imported: the zip won’t open. Make it again, without a password."),
            code="broken-archive",
        ) from problem


def _members(content: bytes, left: int) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        listed = [member for member in packed.infolist() if not member.is_dir()]
        if any(member.filename == "[Content_Types].xml" for member in listed):
            raise UnusableFile(
                _("Nothing was imported: this is a spreadsheet. Save it as CSV and send that."),
                code="spreadsheet",
            )
        if len(listed) > MOST_FILES:
            raise UnusableFile(
                _("Nothing was imported: more than %(n)d files in one zip.") % {"n": MOST_FILES},
                code="too-many-files",
            )
        for member in listed:
            path, _slash, name = member.filename.rpartition("/")
            is_table = name.lower().endswith((".csv", ".csv.gz", ".tsv", ".txt"))
            if not is_table or name.startswith(".") or path.startswith("__MACOSX"):
                continue
            with packed.open(member) as file:
                opened = _at_most(file, left)
            left -= len(opened)
            if opened[:2] == b"\x1f\x8b":
                with gzip.open(io.BytesIO(opened)) as inner:
                    opened = _at_most(inner, left)
                left -= len(opened)
            yield name.removesuffix(".gz"), opened


def _at_most(file: IO[bytes] | gzip.GzipFile, left: int) -> bytes:
    opened = bytes(file.read(max(left, 0) + 1))
    if len(opened) > left:
        raise UnusableFile(
            _("Nothing was taken: the archive unpacks to more than 32 MB. Bring it in parts."),
            code="too-large-unpacked",
        )
    return opened


def recognise_file(content: bytes, name: str) -> str:
    """The standard name of a Polis file, recognised by its headings; else the name of a plain table."""
    names = {name.strip().lower() for name in column_names(content)}
    for known, needed in POLIS.items():
        if needed <= names:
            return known
    first = next(iter(column_names(content)), "").strip().lower()
    return "summary.csv" if first == "topic" or name.lower() == "summary.csv" else TABLE


def column_names(content: bytes) -> list[str]:
    line = decode_text(content[:65536]).lstrip().split("\n", 1)[0].rstrip("\r")
    return next(csv.reader([line], delimiter=find_delimiter(line)), [])


def find_delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def decode_text(content: bytes) -> str:
    """Decode text as spreadsheets save it: UTF-8, UTF-16 with a byte order mark, or Windows-1252."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # An incomplete character at the very end comes from our own cut of the file.
        cut = problem.start >= len(content) - 3
        return content.decode("utf-8-sig" if cut else "cp1252", errors="replace")


def _with_commas(content: bytes) -> bytes:
    """Rewrite a file with commas; a spreadsheet may have saved it with semicolons."""
    text = decode_text(content)
    delimiter = find_delimiter(text.split("\n", 1)[0])
    if delimiter == ",":
        return text.encode()
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    )
    return out.getvalue().encode()


def pack_files(files: dict[str, bytes]) -> bytes:
    """Pack the files into one zip archive, to be stored until they are imported."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(name, content)
    return out.getvalue()
