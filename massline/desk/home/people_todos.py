"""Items on the to-do list about people: first welcomes, mandates, agreements, corrections and hypotheses."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.date_formats import format_day
from massline.desk.act.growth.monday_note import WELCOME_WITHIN, find_stall_reason
from massline.desk.home.todo_item import TodoItem, Urgency
from massline.desk.learn.corrections.models import Correction
from massline.desk.learn.hypotheses.models import Hypothesis
from massline.desk.learn.reviews.models import Agreement
from massline.desk.people.choices import Role
from massline.desk.people.mandate_models import Mandate
from massline.desk.people.models import Account, Contact, Organisation


def welcome_todos(organisation: Organisation) -> Iterator[TodoItem]:
    """People with whom nobody has spoken two days after they came to us."""
    since = timezone.localdate() - WELCOME_WITHIN
    late = Contact.objects.of(organisation).unwelcomed().filter(met_on__lt=since).count()
    if late:
        yield TodoItem(
            "first-word",
            ngettext(
                "%(n)d new person is waiting for a call.", "%(n)d new people are waiting for a call.", late
            )
            % {"n": late},
            _("They signed up more than 48 hours ago, and nobody has talked to them yet."),
            _("Call them"),
            reverse("people:people", args=[organisation.slug]),
        )


def mandate_todos(organisation: Organisation) -> Iterator[TodoItem]:
    mandates = Mandate.objects.filter(organisation=organisation, closed_on=None)
    stalls = [
        find_stall_reason(mandate) for mandate in mandates.prefetch_related("holdings__account__memberships")
    ]
    urgent = [stall for stall in stalls if stall and stall.is_urgent]
    for stall in urgent[:2]:
        yield TodoItem(
            "mandate",
            _("“%(what)s” needs somebody.") % {"what": stall.mandate.what},
            _(
                "Nobody is in charge, the term has ended, or it is stuck. A deputy can take over "
                "straight away."
            ),
            _("Hand it over"),
            reverse("people:mandate", args=[organisation.slug, stall.mandate.pk]),
        )


def review_agreement_todos(organisation: Organisation, account: Account) -> Iterator[TodoItem]:
    """Agreements of a review that are due and that this account took on."""
    today = timezone.localdate()
    due = Agreement.objects.filter(review__event__organisation=organisation, done_on=None, due_on__lte=today)
    for agreement in due.filter(who__in=[account]).select_related("review")[:3]:
        yield TodoItem(
            "agreement",
            _("You took on: %(what)s") % {"what": agreement.what},
            _("Agreed in the review, due %(day)s.") % {"day": format_day(agreement.due_on)},
            _("Mark as done"),
            reverse("learn:review", args=[organisation.slug, agreement.review.event_id]),
            urgency=Urgency.TONIGHT,
            need=Role.MEMBER,
        )


def follow_up_todos(organisation: Organisation) -> Iterator[TodoItem]:
    """Corrections that are due, and hypotheses whose day of review has come."""
    today = timezone.localdate()
    corrections = Correction.objects.filter(organisation=organisation, corrected_on=None, due_on__lte=today)
    for correction in corrections[:2]:
        yield TodoItem(
            "correction",
            _("Still to correct: %(wrong)s") % {"wrong": correction.wrong},
            _("It should have been corrected by %(day)s.") % {"day": format_day(correction.due_on)},
            _("Correct it"),
            reverse("learn:correction", args=[organisation.slug, correction.pk]),
        )
    hypotheses = Hypothesis.objects.filter(organisation=organisation, verdict="open", review_on__lte=today)
    for hypothesis in hypotheses[:2]:
        yield TodoItem(
            "hypothesis",
            _("Is it still true? %(claim)s") % {"claim": hypothesis.claim},
            _("Today you planned to check what speaks for and against it."),
            _("Check it now"),
            reverse("learn:hypothesis", args=[organisation.slug, hypothesis.pk]),
            urgency=Urgency.LATER,
        )
