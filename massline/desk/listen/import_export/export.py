"""Taking a round's words out: the conversation as Polis writes it, or tables a spreadsheet opens."""

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

from massline.core.formula_guard import guarded
from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Account
from massline.square.conversations.models import Conversation, Value, Vote
from massline.square.conversations.polis.folder_writer import export_conversation as write_folder


class Shape(models.TextChoices):
    POLIS = "polis", gettext_lazy("The conversation, as Polis writes it (zip); it can be brought in again")
    STATEMENTS = "statements", gettext_lazy("Its statements and how they were answered (CSV)")
    VOICES = "voices", gettext_lazy("What people said at doors and on paper (CSV)")


@dataclass(frozen=True)
class File:
    name: str
    kind: str
    content: bytes


class Sealed(Exception):
    """Nobody reads the answers of a sealed conversation before it closes, whoever leads it."""

    def __str__(self) -> str:
        return _(
            "Nothing was made: the results of this conversation are sealed until it closes. "
            "Open them, or wait until it is over."
        )


def take_out(*, round_: ListeningRound, shape: Shape, by: Account) -> File:
    """Make the file; raises Sealed where it would open what is sealed."""
    conversation = conversation_of(round_)
    if shape != Shape.VOICES and conversation is not None and not conversation.shows_results():
        raise Sealed
    with transaction.atomic(using="desk"):
        chain.write(round_.organisation, by, "took words out", round_)
        stem = f"listening-{round_.pk}"
        if shape == Shape.VOICES or conversation is None:
            return File(f"{stem}-voices.csv", "text/csv; charset=utf-8", _csv(_voices(round_)))
        if shape == Shape.STATEMENTS:
            return File(f"{stem}-statements.csv", "text/csv; charset=utf-8", _csv(_statements(conversation)))
        return File(f"{stem}-polis.zip", "application/zip", _polis(conversation))


def _polis(conversation: Conversation) -> bytes:
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "polis"
        write_folder(conversation, folder)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(folder.iterdir()):
                packed.write(file, file.name)
    return out.getvalue()


def _statements(conversation: Conversation) -> Iterable[list[object]]:
    cast = Vote.objects.filter(statement__conversation=conversation).values_list("statement", "value")
    counted = Counter(cast.iterator())
    yield ["number", "words", "agree", "disagree", "pass", "state", "reason", "language", "day", "ours"]
    for one in conversation.statements.all():
        answers = [counted[one.pk, value.value] for value in (Value.AGREE, Value.DISAGREE, Value.PASS)]
        about = [one.state, guarded(one.reason), one.language, one.made_on, "yes" if one.seed else ""]
        yield [one.number, guarded(one.text), *answers, *about]


def _voices(round_: ListeningRound) -> Iterable[list[object]]:
    """In the columns in which voices come in, so that the file can be brought into another round."""
    found = Voice.objects.of_round(round_).select_related("report__section").order_by("report__day", "pk")
    yield ["words", "section", "kind", "day", "mood", "language"]
    for one in found.iterator():
        section = one.report.section.name if one.report.section else ""
        mood = "" if one.report.mood is None else one.report.mood
        yield [guarded(one.text), guarded(section), one.kind, one.report.day, mood, one.language]


def _csv(rows: Iterable[list[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
