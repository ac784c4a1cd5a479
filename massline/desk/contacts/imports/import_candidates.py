"""People of a list: their ways to be reached, each with its own answer, and the days they were met and agreed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from massline.core.contact_points import readable_contact_point, split_contact_points
from massline.desk.contacts.imports.column_mapping import CONSENTS, REFUSALS, WAYS, ColumnMeaning
from massline.desk.contacts.imports.consent_columns import (
    NO_CHOICES,
    ConsentAnswer,
    ConsentColumn,
    ListChoices,
)
from massline.tables.column_kinds import MAIL
from massline.tables.date_columns import DayColumn
from massline.tables.table import Table
from massline.tables.vocabulary import normalise_words, words_by_meaning

_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})*", re.IGNORECASE)


@dataclass(frozen=True)
class OfferedContactPoint:
    """A way to reach somebody. Not `agreed` where it was declined or nobody asked."""

    point: str
    agreed: bool
    declined: bool = False


@dataclass(frozen=True)
class Candidate:
    """The person one row describes. `number` is its index in the list."""

    number: int
    name: str
    ways: tuple[OfferedContactPoint, ...]
    language: str
    met_on: date | None
    consent_on: date | None
    keep_until: date | None
    said_no: bool = False
    unread: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[str, ...]:
        """Every way in the list, those that may be used first."""
        return tuple(way.point for way in sorted(self.ways, key=lambda way: not way.agreed))

    @property
    def agrees(self) -> bool:
        return any(way.agreed for way in self.ways)

    @property
    def point(self) -> str:
        """The way that is kept: the first that was agreed to."""
        return self.points[0] if self.points else ""

    @property
    def readable_point(self) -> str:
        return readable_contact_point(self.point)

    @property
    def further_points(self) -> int:
        """Further ways that were agreed to, of which none is kept."""
        return max(0, sum(way.agreed for way in self.ways) - 1)


@dataclass(frozen=True)
class _Columns:
    """The columns of a list by meaning, and how their days are written."""

    places: dict[ColumnMeaning, list[int]]
    days: dict[int, DayColumn]
    consents: dict[ColumnMeaning, list[ConsentColumn]]
    name_last_first: bool
    choices: ListChoices = field(default_factory=ListChoices)
    country: str = ""

    def cells(self, row: Sequence[str], meaning: ColumnMeaning) -> list[str]:
        return [row[place] for place in self.places.get(meaning, ()) if row[place]]

    def cell(self, row: Sequence[str], meaning: ColumnMeaning) -> str:
        return next(iter(self.cells(row, meaning)), "")

    def day(self, row: Sequence[str], meaning: ColumnMeaning) -> date | None:
        for place in self.places.get(meaning, ()):
            try:
                return self.days[place].read(row[place])
            except (ValueError, OverflowError):
                continue
        return None

    def answers(self, row: Sequence[str], meaning: ColumnMeaning) -> list[tuple[ConsentAnswer, str]]:
        return [
            (column.answer(row[column.place], self.choices), row[column.place])
            for column in self.consents.get(meaning, ())
        ]


def read_candidates(
    table: Table,
    meanings: Sequence[ColumnMeaning],
    choices: ListChoices = NO_CHOICES,
    *,
    country: str = "",
) -> Iterator[Candidate]:
    """Read each row; contact points in one form, several in one cell apart, and numbers without a country as of `country`."""
    columns = replace(_columns(table, meanings, choices), country=country)
    for number, row in enumerate(table.rows):
        yield _candidate(number, row, columns)


def has_ambiguous_days(table: Table, meanings: Sequence[ColumnMeaning]) -> bool:
    """True where nothing in a column tells day and month apart."""
    dated = CONSENTS | {ColumnMeaning.MET, ColumnMeaning.KEEP, ColumnMeaning.AGREED_ON}
    return any(
        DayColumn(table.column(place)).is_open for place, meaning in enumerate(meanings) if meaning in dated
    )


def unknown_consent_words(table: Table, meanings: Sequence[ColumnMeaning]) -> Counter[str]:
    """Words in columns of consent that are not known, with their counts."""
    columns = _columns(table, meanings, NO_CHOICES)
    words: Counter[str] = Counter()
    for row in table.rows:
        for meaning in CONSENTS:
            words.update(
                normalise_words(cell)
                for answer, cell in columns.answers(row, meaning)
                if answer == ConsentAnswer.UNREAD
            )
    return words


def _columns(table: Table, meanings: Sequence[ColumnMeaning], choices: ListChoices) -> _Columns:
    places: dict[ColumnMeaning, list[int]] = {}
    for place, meaning in enumerate(meanings):
        if meaning:
            places.setdefault(meaning, []).append(place)
    days = {
        place: DayColumn(table.column(place), month_first=choices.month_first)
        for place, meaning in enumerate(meanings)
        if meaning and meaning not in WAYS
    }
    consents = {
        meaning: [ConsentColumn(place, meaning in REFUSALS, days[place]) for place in listed]
        for meaning, listed in places.items()
        if meaning in REFUSALS | CONSENTS
    }
    names = [row[place] for place in places.get(ColumnMeaning.NAME, ()) for row in table.rows if row[place]]
    last_first = sum(name.count(",") == 1 for name in names) > len(names) / 2
    return _Columns(places, days, consents, last_first, choices)


def _candidate(number: int, row: Sequence[str], columns: _Columns) -> Candidate:
    ways = tuple(_ways(row, columns))
    consent_days = [
        column.day(row[column.place])
        for meaning in CONSENTS
        for column in columns.consents.get(meaning, ())
        if row[column.place]
    ]
    unread = tuple(
        normalise_words(cell)
        for meaning in CONSENTS
        for answer, cell in columns.answers(row, meaning)
        if answer == ConsentAnswer.UNREAD
    )
    agreed_on = next(filter(None, consent_days), None) or columns.day(row, ColumnMeaning.AGREED_ON)
    return Candidate(
        number=number,
        name=_name(row, columns),
        ways=ways,
        language=read_language(columns.cell(row, ColumnMeaning.LANGUAGE)),
        met_on=columns.day(row, ColumnMeaning.MET),
        consent_on=agreed_on or columns.choices.vouched_on,
        keep_until=columns.day(row, ColumnMeaning.KEEP),
        said_no=any(way.declined for way in ways) or _all_declined(row, columns),
        unread=unread,
    )


def _all_declined(row: Sequence[str], columns: _Columns) -> bool:
    meanings = (ColumnMeaning.NO_CONTACT, ColumnMeaning.CONSENT)
    return any(
        answer == ConsentAnswer.NO for meaning in meanings for answer, _cell in columns.answers(row, meaning)
    )


def _ways(row: Sequence[str], columns: _Columns) -> Iterator[OfferedContactPoint]:
    """Every way of a row with its answer. The refusal of one way leaves the others."""
    all_declined = _all_declined(row, columns)
    seen: set[str] = set()
    for is_mail, point in _points(row, columns):
        refusal = ColumnMeaning.NO_MAIL if is_mail else ColumnMeaning.NO_PHONE
        consent = ColumnMeaning.MAIL_CONSENT if is_mail else ColumnMeaning.PHONE_CONSENT
        own = [answer for answer, _cell in columns.answers(row, consent)]
        general = [answer for answer, _cell in columns.answers(row, ColumnMeaning.CONSENT)]
        refused = (
            any(answer == ConsentAnswer.NO for answer, _cell in columns.answers(row, refusal))
            or ConsentAnswer.NO in own
        )
        declined = all_declined or refused
        # What was asked about a way itself counts for it; the general answer where that was left empty.
        asked = [answer for answer in own if answer != ConsentAnswer.SILENT] or [
            answer for answer in general if answer != ConsentAnswer.SILENT
        ]
        agreed = ConsentAnswer.YES in asked if asked else columns.choices.vouched
        if point not in seen:
            seen.add(point)
            yield OfferedContactPoint(point, agreed and not declined, declined)


def _points(row: Sequence[str], columns: _Columns) -> Iterator[tuple[bool, str]]:
    for place in columns.places.get(ColumnMeaning.POINT, ()):
        for point in split_contact_points(row[place], country=columns.country):
            yield bool(MAIL.fullmatch(point)), point
    for place in columns.places.get(ColumnMeaning.MAIL, ()):
        for mail in split_contact_points(row[place], country=columns.country):
            yield True, mail
    for place in columns.places.get(ColumnMeaning.PHONE, ()):
        for phone in split_contact_points(row[place], country=columns.country):
            yield False, phone


def _name(row: Sequence[str], columns: _Columns) -> str:
    name = columns.cell(row, ColumnMeaning.NAME)
    if name and columns.name_last_first and name.count(",") == 1:
        last, first = name.split(",")
        name = f"{first.strip()} {last.strip()}".strip()
    parts = [columns.cell(row, ColumnMeaning.GIVEN), columns.cell(row, ColumnMeaning.FAMILY)]
    return name or " ".join(part for part in parts if part)


def read_language(text: str) -> str:
    """The code of a language by its name or code: "Español" and "es_ES" are es; empty where it is not known."""
    first = re.split(r"[,;/]", text)[0].strip()
    known = words_by_meaning("languages").get(normalise_words(first)) or words_by_meaning("languages").get(
        normalise_words(first).split(" (")[0]
    )
    match = _CODE.fullmatch(first)
    return known or (match[1].lower() if match and len(match[1]) == 2 else "")
