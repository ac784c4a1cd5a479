"""What an estimate says that the one before it did not: issues that break out, and sections whose mood turned."""

from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot


def count_new_alarms(snapshot: PulseSnapshot) -> int:
    """Tracked issues that break out and did not at the estimate before."""
    before = PulseSnapshot.objects.filter(organisation=snapshot.organisation, pk__lt=snapshot.pk)
    return len(_alarms(snapshot) - _alarms(before.order_by("-pk").first()))


def count_new_turns(snapshot: MoodSnapshot) -> int:
    """Sections whose mood turned and had not at the estimate before."""
    before = MoodSnapshot.objects.filter(organisation=snapshot.organisation, pk__lt=snapshot.pk)
    return len(_turns(snapshot) - _turns(before.order_by("-pk").first()))


def _alarms(snapshot: PulseSnapshot | None) -> set[str]:
    issues = snapshot.estimate.issues if snapshot else ()
    return {issue.issue for issue in issues if getattr(issue, "alarm_since", None)}


def _turns(snapshot: MoodSnapshot | None) -> set[str]:
    sections = snapshot.estimate.sections if snapshot else ()
    return {f"{row.section} {row.breaks[0].since}" for row in sections if row.breaks}
