"""The outcome of a meeting: its motions with their counts, and the decisions recorded that day."""

from dataclasses import dataclass

from django.utils import timezone

from massline.desk.act.meetings.models import Meeting
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.motions.models import Motion


@dataclass(frozen=True)
class MeetingOutcome:
    """Motions with their counts, closed ones first, and decisions that no motion of this meeting led to."""

    motions: list[tuple[Motion, VoteCount]]
    decisions: list[Decision]

    @property
    def is_empty(self) -> bool:
        return not self.motions and not self.decisions


def collect_outcome(meeting: Meeting) -> MeetingOutcome:
    """Collect the motions put to this meeting or linked to its agenda, and the decisions of its day."""
    event = meeting.event
    linked = [item.motion_id for item in meeting.items.all() if item.motion_id]
    ours = Motion.objects.filter(organisation=event.organisation).prefetch_related("tallies")
    put_here = [motion for motion in ours if motion.pk in linked or motion.meeting_uuid == event.uuid]
    settled = sorted(
        (motion for motion in put_here if motion.state != "withdrawn"),
        key=lambda motion: (motion.is_open, motion.pk),
    )
    day = timezone.localdate(event.starts_at, event.organisation.zone)
    decisions = Decision.objects.filter(organisation=event.organisation, decided_on=day)
    by_motion = {motion.decision_id for motion in settled if motion.decision_id}
    return MeetingOutcome(
        [(motion, motion.count) for motion in settled],
        [decision for decision in decisions if decision.pk not in by_motion],
    )
