"""Export of a round: its conversation in the Polis format, or tables for a spreadsheet."""

import csv
import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.core.formula_guard import guard_cell
from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account
from massline.square.conversations.models import Conversation, Value, Vote
from massline.square.conversations.polis.folder_writer import export_conversation


class ExportFormat(models.TextChoices):
    POLIS = "polis", gettext_lazy("The conversation in Polis format (zip), which can be imported again")
    STATEMENTS = "statements", gettext_lazy("Statements and answers (CSV)")
    TOOLS = "tools", gettext_lazy("Statements for Sensemaker or Talk to the City (CSV)")
    VOICES = "voices", gettext_lazy("What people said at doors and on paper (CSV)")


@dataclass(frozen=True)
class ExportFile:
    name: str
    kind: str
    content: bytes


class ResultsSealed(Exception):
    """The results are hidden until the conversation closes, also from its organisers."""

    def __str__(self) -> str:
        return _(
            "No file was made: results are hidden until the conversation closes. Show them now, or wait."
        )


def export_round(*, round_: ListeningRound, shape: ExportFormat, by: Account) -> ExportFile:
    """Create the export file. Raises ResultsSealed if it would reveal hidden results."""
    conversation = conversation_of(round_)
    if shape != ExportFormat.VOICES and conversation is not None and not conversation.shows_results():
        raise ResultsSealed
    with transaction.atomic(using="desk"):
        chain.append_line(round_.organisation, by, "took words out", round_)
        stem = f"listening-{round_.pk}"
        if shape == ExportFormat.VOICES or conversation is None:
            return ExportFile(f"{stem}-voices.csv", "text/csv; charset=utf-8", _csv(_voices(round_)))
        if shape == ExportFormat.STATEMENTS:
            return ExportFile(
                f"{stem}-statements.csv", "text/csv; charset=utf-8", _csv(_statements(conversation))
            )
        if shape == ExportFormat.TOOLS:
            return ExportFile(
                f"{stem}-for-tools.csv", "text/csv; charset=utf-8", _csv(_statements_for_tools(conversation))
            )
        return ExportFile(f"{stem}-polis.zip", "application/zip", _polis(conversation))


def _polis(conversation: Conversation) -> bytes:
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "polis"
        export_conversation(conversation, folder)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(folder.iterdir()):
                packed.write(file, file.name)
    return out.getvalue()


VALUES = (Value.AGREE, Value.DISAGREE, Value.PASS)


def _answer_counts(conversation: Conversation) -> Counter[tuple[int, int | None]]:
    """How often each statement was answered each way, in the present edition."""
    votes = Vote.objects.filter(statement__conversation=conversation, shown_value__isnull=False)
    return Counter(votes.values_list("statement", "shown_value").iterator())


def _statements_for_tools(conversation: Conversation) -> Iterable[list[object]]:
    """Statements that are shown, under the headings that Sensemaker and Talk to the City each look for."""
    counted = _answer_counts(conversation)
    yield ["comment-id", "comment_text", "comment-body", "agrees", "disagrees", "passes"]
    for statement in conversation.statements.shown():
        text = guard_cell(statement.text)
        yield [statement.number, text, text, *(counted[statement.pk, value.value] for value in VALUES)]


def _statements(conversation: Conversation) -> Iterable[list[object]]:
    counted = _answer_counts(conversation)
    yield ["number", "words", "agree", "disagree", "pass", "state", "reason", "language", "day", "ours"]
    for statement in conversation.statements.all():
        answers = [counted[statement.pk, value.value] for value in VALUES]
        about = [
            statement.state,
            guard_cell(statement.reason),
            statement.language,
            statement.made_on,
            "yes" if statement.seed else "",
        ]
        yield [statement.number, guard_cell(statement.text), *answers, *about]


def _voices(round_: ListeningRound) -> Iterable[list[object]]:
    """Rows in the columns of the import, so that the file can be imported into another round."""
    voices = Voice.objects.of_round(round_).select_related("report__section").order_by("report__day", "pk")
    yield ["words", "section", "kind", "day", "mood", "language"]
    for voice in voices.iterator():
        section = voice.report.section.name if voice.report.section else ""
        mood = "" if voice.report.mood is None else voice.report.mood
        yield [
            guard_cell(voice.text),
            guard_cell(section),
            voice.kind,
            voice.report.day,
            mood,
            voice.language,
        ]


def _csv(rows: Iterable[list[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
