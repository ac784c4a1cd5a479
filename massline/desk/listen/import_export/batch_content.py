"""Content of an import batch, read by the same code for the preview and for the import."""

import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from massline.desk.listen.import_export import column_mapping, statement_tables, voice_rows
from massline.desk.listen.import_export.column_mapping import NEEDED, ColumnMeaning, TableKind
from massline.desk.listen.import_export.models import ImportBatch, ImportState
from massline.desk.listen.import_export.upload_reader import CHAT, TABLE, UnusableFile, unpack_chat
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.people.models import Section
from massline.files.polis_file_kinds import ExportFile, PolisExport
from massline.files.unreadable_file import Unreadable
from massline.square.conversations.models import Conversation, StatementState
from massline.square.conversations.polis.folder_merge import MergePlan, plan_merge
from massline.square.conversations.polis.folder_reader import Folder, ReadStatement, read_folder
from massline.tables.reading_options import ReadingOptions
from massline.tables.table import Table
from massline.web.ambiguous_values_form import is_month_first
from massline.web.table_problem_messages import row_sentences, table_notes

MOST_STATEMENTS, MOST_VOTES = 5_000, 500_000


@dataclass
class ImportContent:
    """A parsed batch: voices for the desk or a folder for the conversation, and the rows that could not be read."""

    kind: TableKind
    table: Table | None = None
    meanings: list[ColumnMeaning] = field(default_factory=list)
    folder: Folder | None = None
    joining: MergePlan | None = None
    voices: list[voice_rows.VoiceRow] = field(default_factory=list)
    here: int = 0
    strange: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stops: str = ""

    @property
    def are_voices_here(self) -> bool:
        """True if every row of a table of voices is in the round already."""
        return self.folder is None and not self.problems and 0 < len(self.voices) == self.here

    @property
    def rows(self) -> int:
        """Number of rows that the import will write."""
        if self.stops:
            return 0
        if self.folder is None:
            return len(self.voices) - self.here
        if self.joining is None or self.joining.changes_nothing:
            return 0
        later, new = self.joining.later, len(self.joining.new)
        if later is not None:
            return new + len(later.newcomers) + len(later.fresh) + len(later.changed)
        return new + len(self.folder.participants) + len(self.folder.votes)

    @property
    def coming(self) -> list[ReadStatement]:
        """Statements of the folder; for a later export only the new ones."""
        listed = self.folder.statements if self.folder else []
        if self.joining is None or self.joining.later is None:
            return listed
        return [statement for statement in listed if statement.number in self.joining.new]

    @property
    def turned_down(self) -> int:
        return sum(statement.state == StatementState.TURNED_DOWN for statement in self.coming)

    @property
    def examples(self) -> list[str]:
        """The first five texts that would be imported."""
        if self.folder is not None:
            return [statement.text for statement in self.coming[:5]]
        return [row.text for row in self.voices[:5]]


def read_import(parcel: ImportBatch) -> ImportContent:
    """Parse a batch. If nothing can be imported, `stops` says why."""
    files = _files(parcel)
    is_one = len(files) == 1
    # One file of an export is a table as well, once somebody has said what is in it.
    if CHAT in files:
        return _of_table(parcel, unpack_chat(files[CHAT]))
    if TABLE in files or (is_one and parcel.chosen):
        try:
            table = column_mapping.read_table(
                files.get(TABLE) or next(iter(files.values())), reading_options_of(parcel)
            )
        except UnusableFile as problem:
            return ImportContent(TableKind.VOICES, stops=str(problem))
        return _of_table(parcel, table)
    content = ImportContent(TableKind.POLIS)
    export = PolisExport(parcel.name, {name: ExportFile(name, file) for name, file in files.items()})
    try:
        content.folder = read_folder(export, lambda problem: content.problems.append(str(problem)))
    except Unreadable as problem:
        content.stops = str(problem)
        if is_one:
            content.table = column_mapping.read_table(next(iter(files.values())))
            content.kind, content.meanings = column_mapping.guess_columns(content.table)
        return content
    return _with_merge_plan(content, parcel)


def _files(parcel: ImportBatch) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bytes(parcel.packed or b""))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def table_file(parcel: ImportBatch) -> bytes:
    """The file of a batch that holds one table."""
    files = _files(parcel)
    return files.get(TABLE) or next(iter(files.values()))


def reading_options_of(parcel: ImportBatch) -> ReadingOptions:
    """How somebody said that the file is to be read."""
    return ReadingOptions.from_json(parcel.chosen.get("file"))


def _of_table(parcel: ImportBatch, table: Table) -> ImportContent:
    kind, meanings = column_mapping.guess_columns(table)
    columns = parcel.chosen.get("columns", ())
    if "kind" in parcel.chosen and len(columns) == len(meanings):
        kind = TableKind(parcel.chosen["kind"])
        meanings = [ColumnMeaning(meaning) for meaning in columns]
    elif parcel.state == ImportState.WAITING and parcel.chosen.keys() - {"file"}:
        # What somebody confirmed is no longer known; a guess in its place could publish what was to be left out.
        stops = _("We no longer know what you chose for each column. Import the file again.")
        return ImportContent(kind, table, meanings, stops=stops)
    content = _read_kind(ImportContent(kind, table, meanings), parcel)
    content.problems = [*row_sentences(table), *content.problems]
    content.notes = [*table_notes(table), *content.notes]
    return content


def _read_kind(content: ImportContent, parcel: ImportBatch) -> ImportContent:
    """Read the rows by the kind of the table and the meanings of its columns."""
    kind, table, meanings = content.kind, content.table, content.meanings
    assert table is not None
    content.stops = missing_columns(kind, meanings)
    if content.stops:
        return content
    if kind == TableKind.VOICES:
        return _with_voices(content, parcel)
    conversation = conversation_of(parcel.round)
    if kind == TableKind.STATEMENTS:
        content.folder, content.problems = statement_tables.folder_from_statements(table, meanings)
    elif conversation is not None:
        content.folder, content.problems = statement_tables.folder_from_answers(
            table, meanings, conversation, parcel.chosen.get("answers")
        )
    return _with_merge_plan(content, parcel)


def missing_columns(kind: TableKind, meanings: list[ColumnMeaning]) -> str:
    if kind == TableKind.VOTES and ColumnMeaning.ANSWER_TO in meanings:
        return ""
    missing = [str(meaning.label) for meaning in NEEDED.get(kind, ()) if meaning not in meanings]
    if not missing:
        return ""
    return _("Tell us which column holds: %(columns)s.") % {"columns": ", ".join(missing)}


def _with_voices(content: ImportContent, parcel: ImportBatch) -> ImportContent:
    assert content.table is not None
    chosen = parcel.chosen.get("section")
    section = Section.objects.filter(organisation=parcel.round.organisation, pk=chosen or 0).first()
    order = is_month_first(parcel.chosen.get("day_order", ""))
    read = voice_rows.read_voices(content.table, content.meanings, parcel.round, section, month_first=order)
    content.voices, content.problems, content.strange = read.voices, read.problems, read.strange
    content.notes = read.notes
    content.here = len(voice_rows.find_known_rows(read.voices, parcel.round))
    if len(read.voices) > voice_rows.MOST:
        content.stops = _("More than %(n)d voices. Import them in parts.") % {"n": voice_rows.MOST}
    return content


def _with_merge_plan(content: ImportContent, parcel: ImportBatch) -> ImportContent:
    """Add the plan for merging a folder into the round's conversation, or the reason why it cannot be merged."""
    conversation: Conversation | None = conversation_of(parcel.round)
    if conversation is None:
        content.stops = _(
            "This round has no public conversation, so there is nowhere to put statements and "
            "answers. You can import a table of what people said."
        )
    elif content.folder is not None and not content.stops:
        if len(content.folder.statements) > MOST_STATEMENTS or len(content.folder.votes) > MOST_VOTES:
            content.stops = _(
                "More than 5,000 statements or 500,000 answers are too many for this page. Whoever "
                "runs this site can import them with “massline import polis”."
            )
        else:
            content.joining = plan_merge(content.folder, conversation)
    return content
