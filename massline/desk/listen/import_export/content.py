"""What is in a parcel, read the same way for the page that shows it and for the verb that brings it in."""

import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from massline.desk.listen.import_export import column_mapping, statement_tables
from massline.desk.listen.import_export import voice_rows as heard
from massline.desk.listen.import_export.archive_reader import TABLE, Unusable
from massline.desk.listen.import_export.column_mapping import NEEDED, Kind, Means, Table
from massline.desk.listen.import_export.models import Parcel
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.people.models import Section
from massline.files.table import Unreadable
from massline.square.conversations.models import Conversation, StatementState
from massline.square.conversations.polis.folder_reader import Folder, ReadStatement, read_folder
from massline.square.conversations.polis.merge import MergePlan, plan_merge

MOST_STATEMENTS, MOST_VOTES = 5_000, 500_000


@dataclass
class Content:
    """A parcel, read: voices for the desk, or a folder for the conversation; and what could not be read."""

    kind: Kind
    table: Table | None = None
    meanings: list[Means] = field(default_factory=list)
    folder: Folder | None = None
    joining: MergePlan | None = None
    voices: list[heard.Heard] = field(default_factory=list)
    here: int = 0
    strange: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    stops: str = ""

    @property
    def rows(self) -> int:
        """How many rows bringing it in writes."""
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
        """The statements of a folder; of a later export those that are new."""
        listed = self.folder.statements if self.folder else []
        if self.joining is None or self.joining.later is None:
            return listed
        return [one for one in listed if one.number in self.joining.new]

    @property
    def turned_down(self) -> int:
        return sum(one.state == StatementState.TURNED_DOWN for one in self.coming)

    @property
    def examples(self) -> list[str]:
        """The first words that would come in, as they would stand."""
        if self.folder is not None:
            return [one.text for one in self.coming[:5]]
        return [one.text for one in self.voices[:5]]


def open_parcel(parcel: Parcel) -> Content:
    """Read what waits. What stands in the way of all of it is in `stops`, in a sentence."""
    with zipfile.ZipFile(io.BytesIO(bytes(parcel.packed or b""))) as packed:
        if TABLE in packed.namelist():
            return _of_table(parcel, packed.read(TABLE))
        content = Content(Kind.POLIS)
        packed.filename = parcel.name  # what a complaint calls it
        try:
            content.folder = read_folder(zipfile.Path(packed), lambda one: content.problems.append(str(one)))
        except Unreadable as problem:
            content.stops = str(problem)
    return _beside_what_is_there(content, parcel)


def _of_table(parcel: Parcel, raw: bytes) -> Content:
    try:
        table = column_mapping.read(raw)
    except Unusable as problem:
        return Content(Kind.VOICES, stops=str(problem))
    kind, meanings = column_mapping.guess(table)
    if parcel.chosen:
        kind, meanings = Kind(parcel.chosen["kind"]), [Means(one) for one in parcel.chosen["columns"]]
    content = Content(kind, table, meanings)
    content.stops = lacking(kind, meanings)
    if content.stops:
        return content
    if kind == Kind.VOICES:
        return _with_voices(content, parcel)
    conversation = conversation_of(parcel.round)
    if kind == Kind.STATEMENTS:
        content.folder, content.problems = statement_tables.statements_of(table, meanings)
    elif conversation is not None:
        content.folder, content.problems = statement_tables.answers_of(table, meanings, conversation)
    return _beside_what_is_there(content, parcel)


def lacking(kind: Kind, meanings: list[Means]) -> str:
    missing = [str(one.label) for one in NEEDED.get(kind, ()) if one not in meanings]
    if not missing:
        return ""
    return _("Say which column is: %(columns)s.") % {"columns": ", ".join(missing)}


def _with_voices(content: Content, parcel: Parcel) -> Content:
    assert content.table is not None
    chosen = parcel.chosen.get("section") if parcel.chosen else None
    section = Section.objects.filter(organisation=parcel.round.organisation, pk=chosen or 0).first()
    read = heard.read(content.table, content.meanings, parcel.round, section)
    content.voices, content.problems, content.strange = read.voices, read.problems, read.strange
    content.here = len(heard.known(read.voices))
    if len(read.voices) > heard.MOST:
        content.stops = _("More than %(n)d voices. Bring them in parts.") % {"n": heard.MOST}
    return content


def _beside_what_is_there(content: Content, parcel: Parcel) -> Content:
    """Hold a folder against the conversation it would join."""
    conversation: Conversation | None = conversation_of(parcel.round)
    if conversation is None:
        content.stops = _(
            "This round has no conversation on the square, so statements and answers have no place in it. "
            "A table of what people said can come in."
        )
    elif content.folder is not None and not content.stops:
        if len(content.folder.statements) > MOST_STATEMENTS or len(content.folder.votes) > MOST_VOTES:
            content.stops = _(
                "More than 5,000 statements or 500,000 answers are too many for a page. Whoever runs the machine "
                "brings them in with “massline import polis”."
            )
        else:
            content.joining = plan_merge(content.folder, conversation)
    return content
