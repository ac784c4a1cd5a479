"""Rows of a table as voices: read one by one, written in one go, and never written twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.listen.field_reports.forms import LONGEST_VOICE
from massline.desk.listen.import_export.column_mapping import Means, Table, cells
from massline.desk.listen.import_export.date_columns import Days
from massline.desk.listen.rounds.models import (
    Channel,
    FieldReport,
    ListeningRound,
    Mood,
    Voice,
    VoiceKind,
    digest_of,
)
from massline.desk.people.models import Account, Section
from massline.embed.language import detect

AT_ONCE = 1000
MOST = 20_000
KEPT = timedelta(days=Voice.lives.days)
KINDS = {
    **dict.fromkeys(("", "said", "says", "says:", "statement"), VoiceKind.SAID),
    **dict.fromkeys(("question", "asked", "asks"), VoiceKind.QUESTION),
    **dict.fromkeys(("need", "needs", "needed"), VoiceKind.NEED),
    **dict.fromkeys(("offer", "offers", "offered"), VoiceKind.OFFER),
}


@dataclass(frozen=True)
class Heard:
    """One row that can be kept."""

    uuid: UUID
    text: str
    kind: VoiceKind
    section: Section | None
    day: date | None
    mood: int | None
    language: str


@dataclass(frozen=True)
class Read:
    """What a table says: voices, what is wrong in which row, and names of sections that we do not have."""

    voices: list[Heard]
    problems: list[str]
    strange: Counter[str]


class Wrong(ValueError):
    """What is wrong with a row, in a sentence."""


def read(table: Table, meanings: Sequence[Means], round_: ListeningRound, section: Section | None) -> Read:
    """Read every row; `section` is where rows without one are from."""
    sections = {one.name.casefold(): one for one in round_.organisation.sections.all()}
    voices: list[Heard] = []
    problems: list[str] = []
    strange: Counter[str] = Counter()
    seen: Counter[tuple[str, ...]] = Counter()
    rows = list(cells(table, meanings))
    days = Days(said.get(Means.DAY, "") for _number, said in rows)
    for number, said in rows:
        key = tuple(said.get(one, "") for one in (Means.WORDS, Means.SECTION, Means.WHAT, Means.DAY))
        seen[key] += 1
        try:
            where = said.get(Means.SECTION, "")
            if where and where.casefold() not in sections:
                strange[where] += 1
            found = sections.get(where.casefold()) if where else section
            voices.append(_heard(said, found, name_of(round_, key, seen[key]), days))
        except Wrong as problem:
            problems.append(_("Row %(row)d: %(why)s") % {"row": number, "why": problem})
    return Read(voices, problems, strange)


def name_of(round_: ListeningRound, key: tuple[str, ...], nth: int) -> UUID:
    """Name a row by what it says, so that it is kept once however often the file comes."""
    return uuid5(round_.organisation.uuid, repr((round_.pk, key, nth)))


def _heard(said: dict[Means, str], section: Section | None, uuid: UUID, days: Days) -> Heard:
    text, what = said.get(Means.WORDS, ""), said.get(Means.WHAT, "")
    if not text.strip():
        raise Wrong(_("there are no words in it."))
    if len(text) > LONGEST_VOICE:
        raise Wrong(_("longer than %(n)d characters. Make two rows of it.") % {"n": LONGEST_VOICE})
    kind = KINDS.get(what.casefold())
    if kind is None:
        raise Wrong(_("“%(what)s” is none of said, asked, needs or offers.") % {"what": what[:40]})
    return Heard(
        uuid,
        text,
        kind,
        section,
        _day(said.get(Means.DAY, ""), days),
        _mood(said.get(Means.MOOD, "")),
        _language(said),
    )


def _day(text: str, days: Days) -> date | None:
    if not text:
        return None
    try:
        day = days.read(text)
    except ValueError:
        raise Wrong(
            _("the day “%(day)s” can be read in no one way. Write it as 2026-11-21.") % {"day": text[:20]}
        ) from None
    today = timezone.localdate()
    if day > today:
        raise Wrong(_("the day %(day)s is still to come.") % {"day": day})
    if day < today - KEPT:
        raise Wrong(
            _(
                "the day %(day)s is more than a year ago; words are kept for a year, so it would be gone tonight."
            )
            % {"day": day}
        )
    return day


def _mood(text: str) -> int | None:
    if not text:
        return None
    words = {str(label).casefold(): value for value, label in Mood.choices}
    found = words.get(text.casefold()) or (int(text) if text.isdecimal() else 0)
    if found not in Mood.values:
        raise Wrong(
            _("the mood “%(mood)s” is neither 1 to 5 nor one of our words for it.") % {"mood": text[:40]}
        )
    return found


def _language(said: dict[Means, str]) -> str:
    given = said.get(Means.LANGUAGE, "").casefold()
    return given if 2 <= len(given) <= 12 and given.replace("-", "").isalpha() else ""


def known(voices: Sequence[Heard]) -> set[UUID]:
    """Which of them are here already."""
    names = [one.uuid for one in voices]
    found: set[UUID] = set()
    for start in range(0, len(names), AT_ONCE):
        batch = names[start : start + AT_ONCE]
        found |= set(FieldReport.objects.filter(uuid__in=batch).values_list("uuid", flat=True))
    return found


def write(
    voices: Sequence[Heard], *, round_: ListeningRound, by: Account | None, done: Callable[[int], None]
) -> int:
    """Keep those that are not here yet, word for word, whole or not at all; say how many."""
    with transaction.atomic(using="desk"):
        here = known(voices)
        fresh = [one for one in voices if one.uuid not in here]
        spoken = list(zip(fresh, detect([one.text for one in fresh]), strict=True))
        for start in range(0, len(spoken), AT_ONCE):
            batch = spoken[start : start + AT_ONCE]
            _write(batch, round_, by)
            done(len(batch))
    return len(fresh)


def _write(batch: Sequence[tuple[Heard, str]], round_: ListeningRound, by: Account | None) -> None:
    reports = FieldReport.objects.bulk_create(
        FieldReport(
            round=round_,
            uuid=one.uuid,
            section=one.section,
            channel=Channel.PAPER,
            mood=one.mood,
            day=one.day or timezone.localdate(),
            by=by,
        )
        for one, _language in batch
    )
    Voice.objects.bulk_create(
        Voice(
            report=report,
            kind=one.kind,
            text=one.text,
            language=one.language or language,
            digest=digest_of(one.text),
        )
        for report, (one, language) in zip(reports, batch, strict=True)
    )
