"""The organisation's next public items, which every public page shows first."""

from dataclasses import dataclass

from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.conversations.models import Conversation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack


@dataclass(frozen=True)
class Now:
    """The next mass meeting, the call, the conversation and the latest report-back; each may be missing."""

    meeting: PublicEvent | None
    call: PublishedCall | None
    conversation: Conversation | None
    report: ReportBack | None

    @property
    def next(self) -> "PublicEvent | PublishedCall | Conversation | ReportBack | None":
        """The answer to "what's next": the soonest thing to come to, else something to say or to read."""
        ahead = [self.meeting, self.call.event if self.call else None]
        soonest = min((e for e in ahead if e is not None), key=lambda e: e.starts_at, default=None)
        if soonest is not None and self.call is not None and soonest.pk == self.call.event_id:
            return self.call
        return soonest or self.conversation or self.report


def whats_next_of(organisation: PublicOrganisation) -> Now:
    return Now(
        meeting=PublicEvent.objects.next_mass_meeting(organisation),
        call=organisation.calls.running().first(),
        conversation=organisation.conversations.talks().open().select_related("organisation").first(),
        report=organisation.reports.select_related("organisation").first(),
    )
