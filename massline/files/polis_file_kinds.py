"""The files of a Polis export, told apart by their whole headings, wherever they come from and however they are called.

Polis's open data, its report exports with any prefix, and those with importance and clusters hold different files. What
is needed is known by its headings; the others are left alone.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from massline.core.archive_errors import BROKEN_ARCHIVE
from massline.files.unreadable_file import Unreadable
from massline.tables.archives import unpack_files
from massline.tables.delimited_text import read_text
from massline.tables.encoding import decode
from massline.tables.limits import NO_LIMITS
from massline.tables.problems import UnreadableFile

COMMENTS, VOTES, MATRIX = "comments.csv", "votes.csv", "participants-votes.csv"
LEVELS, SUMMARY = "levels.csv", "summary.csv"
# Files that an export has beside those that are read, and any other file.
UNUSED, OTHER = "unused", "other"
# Headings that a file has all of, and headings that only another file has.
NEEDED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    COMMENTS: (frozenset({"comment-id", "comment-body", "timestamp"}), frozenset({"interview", "video"})),
    VOTES: (frozenset({"comment-id", "voter-id", "vote"}), frozenset()),
    MATRIX: (frozenset({"participant", "group-id"}), frozenset({"n-important"})),
    LEVELS: (frozenset({"participant", "level"}), frozenset({"group-id"})),
}
# What Polis adds since it counts importance and clusters; nothing of it is needed here.
BESIDE = (
    frozenset({"comment-id", "total-votes"}),
    frozenset({"comment-id", "layer0-cluster-id"}),
    frozenset({"participant", "n-important"}),
    frozenset({"votes", "visitors", "voters"}),
)
HEAD = 65_536
MOST_BYTES, MOST_FILES = 2**33, 10_000


@dataclass(frozen=True)
class ExportFile:
    """A file of an export with the name it came under."""

    name: str
    content: bytes

    def rows(self) -> Iterator[list[str]]:
        """Its rows, headings included; raises Unreadable where they cannot be taken apart."""
        try:
            yield from (cells for _number, cells in read_text(decode(self.content).text, NO_LIMITS).rows)
        except UnreadableFile as problem:
            raise Unreadable(f"{self.name} cannot be read: {problem}.") from problem


@dataclass(frozen=True)
class PolisExport:
    """The files of an export by their standard names; `name` is that of the folder or archive they came in."""

    name: str
    files: dict[str, ExportFile] = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)


def recognise_file(content: bytes, name: str) -> str:
    """The standard name of a file of an export; UNUSED for one that is not needed, OTHER for any other file."""
    headings = first_row_of_file(content)
    names = {heading.strip().lower() for heading in headings}
    for known, (needed, foreign) in NEEDED.items():
        if needed <= names and not foreign & names:
            return known
    if any(signs <= names for signs in BESIDE):
        return UNUSED
    first = headings[0].strip().lower() if headings else ""
    is_summary = first == "topic" and len(headings) == 2
    return SUMMARY if is_summary or (name.lower() == SUMMARY and len(headings) == 2) else OTHER


def first_row_of_file(content: bytes) -> list[str]:
    """The first row of a text file; empty for any other."""
    if content[:2] == b"PK" or b"\x00\x00\x00" in content[:400]:
        return []
    text = decode(content[:HEAD]).text.lstrip()
    try:
        return next(read_text(text, NO_LIMITS).rows, (0, []))[1]
    except UnreadableFile:
        return []


def gather_export_files(name: str, files: Iterable[tuple[str, bytes]]) -> PolisExport:
    """Put the files of an export under their standard names. A file that is there twice, alike, counts once.

    Raises Unreadable where two different files have the headings of one.
    """
    export = PolisExport(name)
    broken: dict[str, ExportFile] = {}
    for file_name, content in files:
        known = recognise_file(content, file_name)
        if known in (UNUSED, OTHER):
            export.left_alone.append(file_name)
            if known == OTHER and file_name.lower() in NEEDED:
                broken[file_name.lower()] = ExportFile(file_name, content)
            continue
        there = export.files.setdefault(known, ExportFile(file_name, content))
        if there.content != content:
            raise Unreadable(
                f"{known} is there twice, as {there.name} and {file_name}; give one export at a time."
            )
    if export.files:
        # A broken file of a usual name is read beside the others, so that its row is named.
        for known, file in broken.items():
            export.files.setdefault(known, file)
    return export


def open_export(source: Path) -> PolisExport:
    """Open an export: a folder, a zip, one of its files, or what comes over the standard input (`-`)."""
    name = "standard input" if str(source) == "-" else source.name
    try:
        return gather_export_files(
            name, unpack_files(_sent(source), most_bytes=MOST_BYTES, most_files=MOST_FILES)
        )
    except UnreadableFile as problem:
        if problem.code == "broken-archive":
            raise Unreadable(f"{name} cannot be opened or is cut off.") from problem
        raise Unreadable(f"{name} cannot be read: {problem}.") from problem
    except BROKEN_ARCHIVE as problem:
        raise Unreadable(f"{name} cannot be opened or is cut off ({problem}).") from problem


def _sent(source: Path) -> Iterator[tuple[str, bytes]]:
    if str(source) == "-":
        yield "standard input", sys.stdin.buffer.read()
    elif source.is_dir():
        for path in sorted(source.iterdir()):
            if path.is_file() and path.name.lower().removesuffix(".gz").endswith((".csv", ".tsv", ".txt")):
                yield path.name, path.read_bytes()
    else:
        yield source.name, source.read_bytes()
