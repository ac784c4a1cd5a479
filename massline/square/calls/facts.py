"""Facts of events and calls, declared once.

`fields` has the columns of the same names; forms, pages, feeds, calendars, sheets and the API read names and labels here.
A `listed_fact` appears wherever facts are shown line by line; the others have a place of their own in each layout.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from massline.square.calls.states import Joining

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def listed_fact(label: StrOrPromise, hint: StrOrPromise = "") -> str:
    """Declare a fact that may stay empty and is shown as a line: its label, then its text."""
    return field(default="", metadata={"label": label, "hint": hint})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Base of all facts of events and calls."""

    @property
    def lines(self) -> list[tuple[StrOrPromise, str]]:
        """Label and text of each listed fact that is given, in the order of the declaration."""
        lines = [(label, getattr(self, name)) for name, label in labels_of(type(self)).items()]
        return [(label, text) for label, text in lines if text]


@dataclass(frozen=True, kw_only=True)
class PlaceFacts(Facts):
    """Facts about the place, which each language of a call may word for itself."""

    place: str
    access: str = listed_fact(_("Access"), _("Steps, toilets, seats, languages, children."))


@dataclass(frozen=True, kw_only=True)
class JoiningFacts(Facts):
    """How people take part, the same in every language. The link to an online room is no fact: it is never public."""

    joining: str = Joining.IN_PERSON.value


@dataclass(frozen=True, kw_only=True)
class EventFacts(PlaceFacts, JoiningFacts):
    """Facts of an event, whether or not a call leads to it."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class WordingFacts(Facts):
    """Facts of a call that each of its languages words for itself."""

    slogan: str
    ask: str
    why: str = ""
    bring: str = listed_fact(_("Bring"))


@dataclass(frozen=True, kw_only=True)
class CallFacts(WordingFacts):
    """Facts of a call beside those of its event."""

    called_by: str
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class TranslationFacts(PlaceFacts, WordingFacts):
    """A call in a further language. An empty place means the original's."""

    language: str
    what: str
    place: str = ""


@dataclass(frozen=True)
class SponsorFacts:
    """An organisation that calls with us; the uuid points to its public page on this installation."""

    name: str
    uuid: UUID | None = None


F = TypeVar("F", bound=Facts)


def names_of(kind: type[Facts]) -> list[str]:
    return [fact.name for fact in fields(kind)]


def labels_of(kind: type[Facts]) -> dict[str, StrOrPromise]:
    """Names and labels of the listed facts, in the order of the declaration."""
    return {fact.name: fact.metadata["label"] for fact in fields(kind) if fact.metadata}


def hints_of(kind: type[Facts]) -> dict[str, StrOrPromise]:
    return {fact.name: fact.metadata["hint"] for fact in fields(kind) if fact.metadata}


def facts_of(kind: type[F], /, *rows: object, **known: object) -> F:
    """Read each fact from the first of the rows that has it; `known` names those that no row has under this name."""
    names = [name for name in names_of(kind) if name not in known]
    return kind(**{name: _read(rows, name) for name in names}, **known)


def set_facts(row: object, facts: Facts) -> None:
    """Set each fact on a row; saving is left to the caller."""
    for name, value in asdict(facts).items():
        setattr(row, name, value)


def _read(rows: tuple[object, ...], name: str) -> object:
    bearers = [row for row in rows if hasattr(row, name)]
    return getattr(bearers[0] if bearers else rows[-1], name)
