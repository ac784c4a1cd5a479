"""Past events and what was learned of them, for the stories of learning."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.learn.reviews import actions
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.models import Account, Organisation

CLAIM = "Asking stairwell by stairwell doubles who comes"


def past_event(organisation: Organisation, title: str, kind: str = "action", there: int = 90) -> Event:
    ended = timezone.now() - timedelta(days=3)
    return Event.objects.create(
        organisation=organisation,
        title=title,
        kind=kind,
        place="Gate",
        headcount=there,
        forecast=80,
        starts_at=ended - timedelta(hours=2),
        ends_at=ended,
    )


def review_of(event: Event, meeting: Event, by: Account, **more: Any) -> AfterActionReview:
    told = {"expected": "Eighty.", "happened": "Ninety came.", "because": "We asked.", **more}
    return actions.hold_review(event=event, next_event=meeting, by=by, **told)
