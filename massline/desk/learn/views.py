"""Pages on reviews and lessons: holding a review, keeping its lesson, and asking the next question."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from massline.desk.act.events.models import Event
from massline.desk.act.events.next_mass_meeting import next_mass_meeting
from massline.desk.guard.access import DeskRequest, access_organisation, needed_role
from massline.desk.learn.lessons import actions as lesson_actions
from massline.desk.learn.lessons.access import access_lesson, access_own_lesson, list_received_lessons
from massline.desk.learn.lessons.forms import LessonForm, NextQuestionForm
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.private_names import NamesSomebody
from massline.desk.learn.reviews import actions as review_actions
from massline.desk.learn.reviews.access import access_event, access_review
from massline.desk.learn.reviews.closing_obstacles import CannotClose
from massline.desk.learn.reviews.event_numbers import (
    compare_turnout_with_sections,
    compare_with_forecast,
    gather_numbers,
)
from massline.desk.learn.reviews.forms import ReviewForm
from massline.desk.learn.reviews.models import AfterActionReview, Agreement
from massline.desk.learn.sharing.actions import count_trials, find_trial, list_received_gifts
from massline.desk.learn.sharing.forms import TrialForm, trial_fields
from massline.desk.learn.sharing.models import ForeignLesson
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.web.refusal_messages import form_errors, name_of_reason

REVIEW_WITHIN = timedelta(hours=48)
REVIEW_WORDS = ("expected", "happened", "because", "keep", "change")


@require_safe
def list_reviews(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    late = timezone.now() - REVIEW_WITHIN
    waiting = Event.objects.of(organisation).without_review()[:20]
    reviews = AfterActionReview.objects.filter(event__organisation=organisation)
    return render(
        request,
        "learn/reviews.html",
        {
            "waiting": [(event, event.ends_at < late) for event in waiting],
            "reviews": reviews.select_related("event").prefetch_related("lessons")[:30],
            "received": list_received_lessons(organisation),
            "foreign": ForeignLesson.objects.filter(organisation=organisation)[:30],
            "gifts": list_received_gifts(organisation),
            "agreements": _open_agreements(organisation),
        },
    )


def _open_agreements(organisation: Organisation) -> QuerySet[Agreement]:
    agreements = Agreement.objects.filter(review__event__organisation=organisation, done_on=None)
    return agreements.select_related("who", "review__event")[:20]


def hold_review(request: DeskRequest, org: str, event_pk: int) -> HttpResponse:
    """Show the form of a review, or the review and its lessons once it is held; a POST holds it.

    Where another review was held meanwhile, the page shows it with all that was sent.
    """
    event = access_event(request, org, event_pk, need=needed_role(request))
    if hasattr(event, "review") and request.method != "POST":
        return _review_page(request, event.review, LessonForm())
    form = ReviewForm(request.POST if request.method == "POST" else None, event=event)
    if hasattr(event, "review"):
        return _held_already(request, event.review, form)
    if request.method == "POST" and form.is_valid():
        try:
            review_actions.hold_review(event=event, by=request.user, **form.cleaned_data)
        except CannotClose as refusal:
            review = AfterActionReview.objects.select_related("event").filter(event=event).first()
            if review is not None:
                return _held_already(request, review, form)
            form.add_error(None, form_errors(refusal))
        else:
            messages.success(request, _("Review saved. What lesson should others hear?"))
            return redirect("learn:review", org, event_pk)
    return render(
        request,
        "learn/review.html",
        {
            "event": event,
            "form": form,
            "numbers": gather_numbers(event),
            "mass_meeting": next_mass_meeting(event.organisation, besides=event),
        },
    )


def _held_already(request: DeskRequest, review: AfterActionReview, form: ReviewForm) -> HttpResponse:
    """Show the held review with the form that was sent; a review that was sent twice is the held one."""
    form.is_valid()
    if all(form.cleaned_data.get(name) == getattr(review, name) for name in REVIEW_WORDS):
        return redirect("learn:review", review.event.organisation.slug, review.event_id)
    return _review_page(request, review, LessonForm(), sent=form)


@require_POST
def keep_lesson(request: DeskRequest, org: str, event_pk: int) -> HttpResponse:
    review = access_review(request, org, event_pk)
    form = LessonForm(request.POST)
    if form.is_valid():
        try:
            lesson = lesson_actions.keep_lesson(review=review, by=request.user, **form.cleaned_data)
        except NamesSomebody as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.field, ValidationError(str(reason), code=name_of_reason(reason)))
        else:
            shared = lesson.shared_with.count()
            messages.success(request, _("Lesson saved. Chapters that have it now: %(n)d.") % {"n": shared})
            return redirect("learn:lesson", org, lesson.pk)
    return _review_page(request, review, form)


def _review_page(
    request: DeskRequest, review: AfterActionReview, form: LessonForm, *, sent: ReviewForm | None = None
) -> HttpResponse:
    """The held review; `sent` is the form of a second one, which was not saved."""
    lessons = review.lessons.select_related("next_round").all()
    return render(
        request,
        "learn/held.html",
        {
            "review": review,
            "event": review.event,
            "lessons": lessons,
            "form": form,
            "sent": sent,
            "room": compare_turnout_with_sections(review),
            "against_forecast": compare_with_forecast(review),
            "agreements": review.agreements.select_related("who"),
        },
        status=200 if sent is None else 422,
    )


@require_safe
def show_lesson(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    lesson = access_lesson(request, org, pk, need=Role.MEMBER)
    return _lesson_page(request, lesson, NextQuestionForm())


@require_POST
def open_next_round(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    lesson = access_own_lesson(request, org, pk)
    form = NextQuestionForm(request.POST)
    if not form.is_valid():
        return _lesson_page(request, lesson, form)
    round_ = lesson_actions.open_next_round(lesson=lesson, by=request.user, **form.cleaned_data)
    messages.success(request, _("The next listening round is open."))
    return redirect("listen:round", org, round_.pk)


def _lesson_page(request: DeskRequest, lesson: Lesson, form: NextQuestionForm) -> HttpResponse:
    ours = lesson.review.event.organisation_id == request.organisation.pk
    trial = find_trial(request.organisation, lesson.uuid)
    return render(
        request,
        "learn/lesson.html",
        {
            "lesson": lesson,
            "event": lesson.review.event,
            "ours": ours,
            "tried": count_trials(lesson.uuid),
            "mine": trial,
            "trial_form": TrialForm(initial=trial_fields(trial)),
            "shared_with": lesson.shared_with.all() if ours else [],
            "form": form,
        },
    )
