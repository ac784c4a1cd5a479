"""Hold the review of an event, and finish what was agreed in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.guard.audit import chain
from massline.desk.learn.reviews.closing_obstacles import (
    CannotClose,
    find_closing_obstacles,
    review_held_already,
)
from massline.desk.learn.reviews.event_numbers import gather_numbers
from massline.desk.learn.reviews.models import AfterActionReview, Agreement
from massline.desk.people.models import Account


@dataclass(frozen=True)
class AgreedTask:
    """An agreement as the form gives it: a task, an organiser and a day."""

    what: str
    who: Account
    due_on: date


def hold_review(
    *,
    event: Event,
    expected: str,
    happened: str,
    because: str,
    next_event: Event | None,
    by: Account | None,
    keep: str = "",
    change: str = "",
    room: Mapping[str, int] | None = None,
    agreed: Iterable[AgreedTask] = (),
) -> AfterActionReview:
    """Hold the review of an event, freeze its numbers and close it. `room` is how many came from each section.

    Raises CannotClose, with reasons, where no next event follows, no mass meeting is set or a review is there already.
    """
    reasons = find_closing_obstacles(event, next_event)
    if reasons or next_event is None:
        raise CannotClose(reasons)
    words = {"expected": expected, "happened": happened, "because": because, "keep": keep, "change": change}
    numbers = {**gather_numbers(event).as_dict(), **({"room": dict(room)} if room else {})}
    with transaction.atomic(using="desk"):
        try:
            with transaction.atomic(using="desk"):
                review = AfterActionReview.objects.create(event=event, numbers=numbers, held_by=by, **words)
        except IntegrityError:
            raise CannotClose([review_held_already()]) from None
        for task in agreed:
            Agreement.objects.create(review=review, what=task.what, who=task.who, due_on=task.due_on)
        event.next_event = next_event
        event.closed_at = timezone.now()
        event.save(update_fields=["next_event", "closed_at"])
        chain.append_line(event.organisation, by, "held a review", review)
    return review


def finish_agreement(*, agreement: Agreement, by: Account) -> Agreement:
    """Record the day an agreement was done; a second call keeps the first day."""
    with transaction.atomic(using="desk"):
        agreement.done_on = agreement.done_on or timezone.localdate()
        agreement.save(update_fields=["done_on"])
        chain.append_line(agreement.review.event.organisation, by, "did what was agreed", agreement)
    return agreement
