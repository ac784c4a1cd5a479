"""Facts of a call as an organisation writes it, with those of its event."""

from dataclasses import dataclass
from datetime import datetime

from massline.square.calls.facts import CallFacts, JoiningFacts, PlaceFacts


@dataclass(frozen=True, kw_only=True)
class CallDraft(PlaceFacts, JoiningFacts, CallFacts):
    """All facts of a call; before it is published, hours, place and who calls may be missing."""

    what: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    called_by: str = ""
    language: str = ""
    mass_meeting: bool = False
