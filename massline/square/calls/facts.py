"""PLACEHOLDER from massline.square.calls.actions: Putting calls and events on the square, and keeping them true: a change is told, a cancellation never vanishes.

Every verb can be said twice: rows are found by the uuid that the desk gave them.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class EventFacts:
    """What, when, where: what everybody who comes must know."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    about: str = ""
    access: str = ""


@dataclass(frozen=True)
class CallFacts:
    """The slogan, the one ask, and who calls."""

    slogan: str
    ask: str
    called_by: str
    why: str = ""
    bring: str = ""
    language: str = "en"


@dataclass(frozen=True)
class VersionFacts:
    """The call in a further language, as a person wrote it; an empty place means the original's."""

    language: str
    slogan: str
    what: str
    ask: str
    why: str = ""
    bring: str = ""
    place: str = ""
    access: str = ""


@dataclass(frozen=True)
class SponsorFacts:
    """Who calls with us, under the name they chose; the uuid is that of an organisation of this installation."""

    name: str
    uuid: UUID | None = None
