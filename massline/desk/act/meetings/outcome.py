"""What a meeting decided, as it is read out: its motions and the decisions written down that day."""

from dataclasses import dataclass

from django.utils import timezone

from massline.desk.act.meetings.models import Meeting
from massline.desk.decide.ballots.count import Count
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.motions.models import Motion


@dataclass(frozen=True)
class Decided:
    """Motions with their count, settled first; decisions that no motion of this meeting stands behind."""

    motions: list[tuple[Motion, Count]]
    decisions: list[Decision]

    @property
    def is_empty(self) -> bool:
        return not self.motions and not self.decisions


def decided_at(meeting: Meeting) -> Decided:
    """Give what was put to this meeting or linked to its agenda, and what was decided on its day."""
    event = meeting.event
    linked = [one.motion_id for one in meeting.items.all() if one.motion_id]
    ours = Motion.objects.filter(organisation=event.organisation).prefetch_related("tallies")
    found = [one for one in ours if one.pk in linked or one.meeting_uuid == event.uuid]
    settled = sorted(
        (one for one in found if one.state != "withdrawn"), key=lambda one: (one.is_open, one.pk)
    )
    day = timezone.localdate(event.starts_at, event.organisation.zone)
    decisions = Decision.objects.filter(organisation=event.organisation, decided_on=day)
    by_motion = {one.decision_id for one in settled if one.decision_id}
    return Decided(
        [(one, one.count) for one in settled], [one for one in decisions if one.pk not in by_motion]
    )
