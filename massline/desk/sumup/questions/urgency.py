"""Whether a question is about the next hours: it says so, or it names an event of today or tomorrow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import formats, timezone

from massline.core.time_zones import in_zone
from massline.desk.people.models import Organisation
from massline.engine.languages import LANGUAGES
from massline.square.calls.models import PublicEvent
from massline.web.language_choice import in_language

AHEAD = timedelta(hours=36)
LATELY = timedelta(days=1)  # only days are kept: what was asked yesterday or today is asked lately
SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = re.compile(
    r"(?<!\w)(?:today|tonight|tomorrow|this (?:morning|afternoon|evening)"
    r"|hoy|esta (?:noche|tarde|mañana)|mañana|اليوم|الليلة|هذا المساء|غد[اًا]*"
    r"|heute|morgen|aujourd['’]hui|ce soir|cet après-midi|demain|oggi|stasera|domani|hoje|amanhã|esta noite"
    r"|dzisiaj|dziś|jutro|wieczorem|azi|diseară|mâine|bugün|bu akşam|yarın|сегодня|завтра|вечером|сьогодні)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NearEvent:
    """An event of the next hours, and the words by which a question means it: its place, its title, its weekday."""

    uuid: UUID
    title: str
    words: frozenset[str]


@dataclass(frozen=True)
class Urgency:
    """A question about the next hours; `event` is the event it names, if it names one."""

    event: NearEvent | None = None


def near_events(organisation: Organisation) -> list[NearEvent]:
    """List the events that are under way or begin within a day and a half."""
    rows = PublicEvent.objects.coming_up().filter(
        organisation__uuid=organisation.uuid, starts_at__lt=timezone.now() + AHEAD
    )
    return [
        NearEvent(event.uuid, event.title, _words(event)) for event in rows.select_related("organisation")
    ]


def _words(event: PublicEvent) -> frozenset[str]:
    language = event.organisation.language
    with in_language(language):
        weekday = formats.date_format(in_zone(event.starts_at, event.organisation.zone), "l")
    known = LANGUAGES.get(language)
    common = known.stop_words if known else frozenset()
    return frozenset(
        word
        for word in _split(f"{event.title} {event.place} {weekday}")
        if len(word) >= SHORTEST and word not in common
    )


def _split(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def judge_urgency(text: str, events: Sequence[NearEvent]) -> Urgency | None:
    """Return why a question of today or yesterday cannot wait; None if it can.

    >>> judge_urgency("Where do we meet tonight?", [])
    Urgency(event=None)
    >>> judge_urgency("Who pays if we lose?", []) is None
    True
    """
    words = _split(text)
    named = next((event for event in events if event.words & words), None)
    if named is not None:
        return Urgency(named)
    return Urgency(events[0] if len(events) == 1 else None) if _NEAR.search(text) else None
