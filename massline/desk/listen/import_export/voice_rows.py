"""Rows of a table as voices: validated one by one, saved in one transaction, and never saved twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.formula_guard import unguard_cell
from massline.desk.listen.field_reports.forms import LONGEST_VOICE
from massline.desk.listen.import_export.column_mapping import ColumnMeaning, rows_by_meaning
from massline.desk.listen.rounds.models import (
    Channel,
    FieldReport,
    ListeningRound,
    Mood,
    Voice,
    VoiceKind,
    digest_of_voice,
)
from massline.desk.people.models import Account, Section
from massline.embed.language_identification import detect_languages
from massline.tables.column_kinds import says_nothing
from massline.tables.date_columns import DayColumn
from massline.tables.table import Table
from massline.tables.vocabulary import vocabulary

BATCH_SIZE = 1000
MOST = 20_000
KEPT = timedelta(days=Voice.lives.days)
KINDS = {
    **dict.fromkeys(("", "said", "says", "says:", "statement"), VoiceKind.SAID),
    **dict.fromkeys(("question", "asked", "asks"), VoiceKind.QUESTION),
    **dict.fromkeys(("need", "needs", "needed"), VoiceKind.NEED),
    **dict.fromkeys(("offer", "offers", "offered"), VoiceKind.OFFER),
}


@dataclass(frozen=True)
class VoiceRow:
    """A valid row."""

    uuid: UUID
    text: str
    kind: VoiceKind
    section: Section | None
    day: date | None
    mood: int | None
    language: str
    from_us: bool = False


@dataclass(frozen=True)
class VoiceTable:
    """Valid rows of a table, its problems by row, names of sections that do not exist, and cells left empty."""

    voices: list[VoiceRow]
    problems: list[str]
    strange: Counter[str]
    notes: list[str]


class RowProblem(ValueError):
    """A row that cannot be imported; the message says why."""


def read_voices(
    table: Table,
    meanings: Sequence[ColumnMeaning],
    round_: ListeningRound,
    section: Section | None,
    *,
    month_first: bool | None = None,
) -> VoiceTable:
    """Validate every row; `section` is used for rows without one."""
    sections = {meaning.name.casefold(): meaning for meaning in round_.organisation.sections.all()}
    voices: list[VoiceRow] = []
    problems: list[str] = []
    notes: list[str] = []
    strange: Counter[str] = Counter()
    seen: Counter[tuple[str, ...]] = Counter()
    rows = list(rows_by_meaning(table, meanings))
    preset = vocabulary("words").preset_of(table.headers)
    from_us = preset is not None and preset.name == "Massline voices"
    days = DayColumn((values.get(ColumnMeaning.DAY, "") for _number, values in rows), month_first=month_first)
    for number, values in rows:
        key = tuple(
            values.get(meaning, "")
            for meaning in (ColumnMeaning.WORDS, ColumnMeaning.SECTION, ColumnMeaning.WHAT, ColumnMeaning.DAY)
        )
        seen[key] += 1
        try:
            where = values.get(ColumnMeaning.SECTION, "")
            if where and where.casefold() not in sections:
                strange[where] += 1
            row_section = sections.get(where.casefold()) if where else section
            voice = _voice_row(values, row_section, voice_row_uuid(round_, key, seen[key]), days)
            voices.append(replace(voice, text=unguard_cell(voice.text), from_us=True) if from_us else voice)
            mood = values.get(ColumnMeaning.MOOD, "")
            if mood and voice.mood is None:
                notes.append(
                    _(
                        "Row %(row)d: the mood “%(mood)s” is left empty; write 1 to 5, or one of our words for it."
                    )
                    % {"row": number, "mood": mood[:40]}
                )
        except RowProblem as problem:
            problems.append(_("Row %(row)d: %(why)s") % {"row": number, "why": problem})
    return VoiceTable(voices, problems, strange, notes)


def voice_row_uuid(round_: ListeningRound, key: tuple[str, ...], nth: int) -> UUID:
    """A uuid made from the row's content, so that importing a file again creates no duplicates."""
    return uuid5(round_.organisation.uuid, repr((round_.pk, key, nth)))


def _voice_row(
    values: dict[ColumnMeaning, str], section: Section | None, uuid: UUID, days: DayColumn
) -> VoiceRow:
    text, kind_text = values.get(ColumnMeaning.WORDS, ""), values.get(ColumnMeaning.WHAT, "")
    if says_nothing(text):
        raise RowProblem(_("there is no text in it."))
    if len(text) > LONGEST_VOICE:
        raise RowProblem(_("over %(n)d characters. Split it into two rows.") % {"n": LONGEST_VOICE})
    kind = KINDS.get(kind_text.casefold())
    if kind is None:
        raise RowProblem(_("“%(what)s” must be said, asked, needs or offers.") % {"what": kind_text[:40]})
    return VoiceRow(
        uuid,
        text,
        kind,
        section,
        _day(values.get(ColumnMeaning.DAY, ""), days),
        _mood(values.get(ColumnMeaning.MOOD, "")),
        _language(values),
    )


def _day(text: str, days: DayColumn) -> date | None:
    if not text:
        return None
    try:
        day = days.read(text)
    except ValueError:
        raise RowProblem(
            _("the day “%(day)s” could mean two dates. Write it as 2026-11-21.") % {"day": text[:20]}
        ) from None
    today = timezone.localdate()
    if day > today:
        raise RowProblem(_("the day %(day)s is in the future.") % {"day": day})
    if day < today - KEPT:
        raise RowProblem(
            _(
                "the day %(day)s is more than a year ago. We keep words for one year, so it would be "
                "deleted tonight."
            )
            % {"day": day}
        )
    return day


def _mood(text: str) -> int | None:
    if not text:
        return None
    words = {str(label).casefold(): value for value, label in Mood.choices}
    mood = words.get(text.casefold()) or (int(text) if text.isdecimal() else 0)
    return mood if mood in Mood.values else None


def _language(values: dict[ColumnMeaning, str]) -> str:
    given = values.get(ColumnMeaning.LANGUAGE, "").casefold()
    return given if 2 <= len(given) <= 12 and given.replace("-", "").isalpha() else ""


def find_known(rows: Sequence[VoiceRow], round_: ListeningRound) -> set[UUID]:
    """Uuids of rows that are here already: imported before, or taken out of this round and sent back."""
    known = find_imported(rows)
    if not any(row.from_us for row in rows):
        return known
    here: Counter[tuple[str, str, date | None]] = Counter(
        Voice.objects.of_round(round_)
        .exclude(report__uuid__in=list(known)[:BATCH_SIZE])
        .values_list("digest", "kind", "report__day")
    )
    for row in rows:
        key = (digest_of_voice(row.text), str(row.kind), row.day)
        if row.from_us and row.uuid not in known and here[key] > 0:
            here[key] -= 1
            known.add(row.uuid)
    return known


def find_imported(rows: Sequence[VoiceRow]) -> set[UUID]:
    """Uuids of the rows that were imported before."""
    names = [row.uuid for row in rows]
    imported: set[UUID] = set()
    for start in range(0, len(names), BATCH_SIZE):
        batch = names[start : start + BATCH_SIZE]
        imported |= set(FieldReport.objects.filter(uuid__in=batch).values_list("uuid", flat=True))
    return imported


def save_voices(
    voices: Sequence[VoiceRow], *, round_: ListeningRound, by: Account | None, done: Callable[[int], None]
) -> int:
    """Save the rows that were not imported before, all or none, and return their number."""
    with transaction.atomic(using="desk"):
        imported = find_known(voices, round_)
        fresh = [row for row in voices if row.uuid not in imported]
        spoken = list(zip(fresh, detect_languages([row.text for row in fresh]), strict=True))
        for start in range(0, len(spoken), BATCH_SIZE):
            batch = spoken[start : start + BATCH_SIZE]
            _write(batch, round_, by)
            done(len(batch))
    return len(fresh)


def _write(batch: Sequence[tuple[VoiceRow, str]], round_: ListeningRound, by: Account | None) -> None:
    reports = FieldReport.objects.bulk_create(
        FieldReport(
            round=round_,
            uuid=row.uuid,
            section=row.section,
            channel=Channel.FILE,
            mood=row.mood,
            day=row.day or timezone.localdate(),
            by=by,
        )
        for row, _language in batch
    )
    Voice.objects.bulk_create(
        Voice(
            report=report,
            kind=row.kind,
            text=row.text,
            language=row.language or language,
            digest=digest_of_voice(row.text),
        )
        for report, (row, language) in zip(reports, batch, strict=True)
    )
