"""Read uploaded files: an archive, several files of one export, or one table.

Stated sizes and file names are not trusted: unpacking is limited, and files are recognised by their headings.
"""

import io
import json
import zipfile
from collections.abc import Sequence

from django.utils.translation import gettext as _

from massline.core.refusal import CodedError
from massline.files.polis_file_kinds import COMMENTS, MATRIX, OTHER, UNUSED, VOTES, recognise_file
from massline.tables.archives import unpack_files
from massline.tables.chat_exports import read_chat
from massline.tables.encoding import decode
from massline.tables.file_sheets import is_workbook
from massline.tables.problems import RowProblem, UnreadableFile
from massline.tables.table import Table
from massline.web.table_problem_messages import file_sentence

MOST_BYTES = 32 * 1024 * 1024
MOST_FILES = 40
# Beyond what any export of Polis holds: half a million answers, and a column for each of 5,000 statements.
MOST_LINES, MOST_COLUMNS = 1_000_000, 20_000
# A plain table, and a chat whose names are gone.
TABLE, CHAT = "table.csv", "chat.json"


class UnusableFile(CodedError):
    """A file that cannot be imported; the message is for the person who sent it."""


def unpack_upload(sent: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return the files of a Polis export by their standard names, or one plain table."""
    export: dict[str, bytes] = {}
    tables: list[bytes] = []
    try:
        for name, content in unpack_files(sent, most_bytes=MOST_BYTES, most_files=MOST_FILES):
            _check_size(content)
            known = recognise_file(content, name)
            if known == OTHER:
                tables.append(content)
            elif known != UNUSED:
                _add(export, known, content)
    except UnreadableFile as problem:
        raise UnusableFile(file_sentence(problem), code=problem.code) from problem
    if {COMMENTS, VOTES, MATRIX} & export.keys():
        return export
    tables += export.values()
    if len(tables) == 1:
        return _pack_chat(tables[0]) or {TABLE: tables[0]}
    raise UnusableFile(
        _(
            "Nothing was imported: there are %(n)d tables in it. Send one at a time, or all the "
            "files of one Polis export."
        )
        % {"n": len(tables)}
        if tables
        else _("Nothing was taken: there is no table in it. Send CSV or XLSX files, or a zip of them."),
        code="several-tables" if tables else "no-table",
    )


def _pack_chat(content: bytes) -> dict[str, bytes]:
    """The words of a chat with their days, or nothing where a file is no chat. No name is kept, not for a day."""
    if is_workbook(content):
        return {}
    messages = read_chat(decode(content).text)
    if messages is None:
        return {}
    return {CHAT: json.dumps([[message.text, message.day] for message in messages]).encode()}


def unpack_chat(content: bytes) -> Table:
    """The messages of a chat as a table of words and days; notices and pictures are left out."""
    listed: list[tuple[str, str]] = [(text, day) for text, day in json.loads(content)]
    numbered = list(enumerate(listed, start=1))
    return Table(
        ["words", "day"],
        [[text, day] for _number, (text, day) in numbered if text],
        [number for number, (text, _day) in numbered if text],
        [RowProblem(number, "no-words") for number, (text, _day) in numbered if not text],
        is_chat=True,
    )


def _add(export: dict[str, bytes], known: str, content: bytes) -> None:
    """Add a file of an export; the same file twice counts once."""
    if export.setdefault(known, content) != content:
        raise UnusableFile(
            _("Nothing was imported: %(file)s is in there twice. Send one export at a time.")
            % {"file": known},
            code="sent-twice",
        )


def _check_size(opened: bytes) -> None:
    """Refuse a text with far more lines or columns than an export, before it is taken apart."""
    if is_workbook(opened):
        return
    head = opened[: opened.find(b"\n")] if b"\n" in opened else opened
    columns = max(head.count(delimiter) for delimiter in (b",", b";", b"\t", b"|"))
    if opened.count(b"\n") > MOST_LINES or columns > MOST_COLUMNS:
        raise UnusableFile(
            _(
                "Nothing was taken: a table in it has more than a million rows or 20,000 columns. Bring it in parts."
            ),
            code="too-large",
        )


def pack_files(files: dict[str, bytes]) -> bytes:
    """Pack the files into one zip archive, to be stored until they are imported."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(name, content)
    return out.getvalue()
