"""What people carry: first words, mandates that need somebody, what was agreed, what is to be set right or looked at again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.act.growth.monday_note import WELCOME_WITHIN, check_stalled
from massline.desk.home.todo_item import Need
from massline.desk.learn.follow_up.models import Agreement, Correction, Hypothesis
from massline.desk.people.mandates import Mandate
from massline.desk.people.models import Account, Contact, Organisation


def welcomes(organisation: Organisation) -> Iterator[Need]:
    """Those whom none of us has spoken with two days after they came to us."""
    since = timezone.localdate() - WELCOME_WITHIN
    late = Contact.objects.of(organisation).unwelcomed().filter(met_on__lt=since).count()
    if late:
        yield Need(
            ngettext("%(n)d person waits for a first word.", "%(n)d people wait for a first word.", late)
            % {"n": late},
            _("They came to us more than 48 hours ago, and none of us has spoken with them."),
            _("Call them"),
            reverse("people:people", args=[organisation.slug]),
        )


def mandates(organisation: Organisation) -> Iterator[Need]:
    open_ones = Mandate.objects.filter(organisation=organisation, closed_on=None)
    found = [check_stalled(one) for one in open_ones.prefetch_related("holdings__account__memberships")]
    urgent = [one for one in found if one and one.is_urgent]
    for one in urgent[:2]:
        yield Need(
            _("“%(what)s” needs somebody.") % {"what": one.mandate.what},
            _("Nobody holds it now, its term is over, or it stalls. A deputy can go on at once."),
            _("Hand it over"),
            reverse("people:mandate", args=[organisation.slug, one.mandate.pk]),
        )


def agreed(organisation: Organisation, account: Account) -> Iterator[Need]:
    """What this organiser took on in a review and is due; what nobody does any more, for everybody."""
    today = timezone.localdate()
    due = Agreement.objects.filter(review__event__organisation=organisation, done_on=None, due_on__lte=today)
    for one in due.filter(who__in=[account]).select_related("review")[:3]:
        yield Need(
            _("You took on: %(what)s") % {"what": one.what},
            _("Agreed in the review, by %(day)s.") % {"day": date_format(one.due_on, "j F")},
            _("Say it is done"),
            reverse("learn:review", args=[organisation.slug, one.review.event_id]),
        )


def again(organisation: Organisation) -> Iterator[Need]:
    today = timezone.localdate()
    for wrong in Correction.objects.filter(organisation=organisation, corrected_on=None, due_on__lte=today)[
        :2
    ]:
        yield Need(
            _("Not set right yet: %(wrong)s") % {"wrong": wrong.wrong},
            _("It was to be right by %(day)s.") % {"day": date_format(wrong.due_on, "j F")},
            _("Set it right"),
            reverse("learn:correction", args=[organisation.slug, wrong.pk]),
        )
    open_ones = Hypothesis.objects.filter(organisation=organisation, verdict="open", review_on__lte=today)
    for one in open_ones[:2]:
        yield Need(
            _("Is it so? %(claim)s") % {"claim": one.claim},
            _("Today is the day to look again at what speaks for it and against it."),
            _("Look again"),
            reverse("learn:hypothesis", args=[organisation.slug, one.pk]),
        )
