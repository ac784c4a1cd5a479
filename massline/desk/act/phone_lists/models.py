"""Lists of people to call or text about one event, and what came of each."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.desk.act.events.models import Event
from massline.desk.call.models import Call
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.scope import ScopedManager

MOST_TRIES = 3


class Basis(models.TextChoices):
    """Why we may call the people of a list."""

    ASKED = "asked", _("asked to be told")
    SIGNED_UP = "signed_up", _("signed up for it")


class Outcome(models.TextChoices):
    """What came of calling or texting somebody."""

    COMING = "coming", _("Coming")
    NOT_NOW = "not_now", _("Can’t make it")
    NOT_REACHED = "not_reached", _("No answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    NO_MORE = "no_more", _("Doesn’t want calls")


class PhoneList(models.Model):
    """People to tell about an event. It holds contacts by number; names and numbers stay sealed."""

    lives = ExpiresAfter(since="made_on", days=30)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="phone_lists")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="phone_lists")
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.CASCADE, related_name="phone_lists"
    )
    basis = models.CharField(max_length=10, choices=Basis.choices)
    words = models.TextField(max_length=600, blank=True, help_text="what to say besides what, when and where")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.event.title

    @property
    def may_ring_at_night(self) -> bool:
        return self.call is not None and self.call.may_ring_at_night


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def waiting(self) -> "ListEntryQuerySet":
        """Entries that nobody worked on, and those not reached on an earlier day; who withdrew consent is left out."""
        again = Q(outcome=Outcome.NOT_REACHED, done_on__lt=timezone.localdate(), tries__lt=MOST_TRIES)
        return self.filter(Q(outcome="") | again, contact__consent_on__isnull=False)


class ListEntry(models.Model):
    """One person on a list, whose turn it is to call them, and what came of it."""

    lives = NoOwnExpiry("goes with its list, after 30 days")

    phone_list = models.ForeignKey(PhoneList, on_delete=models.CASCADE, related_name="entries")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ListEntryQuerySet)("phone_list__organisation")

    class Meta:
        ordering = ["tries", "pk"]
        constraints = [models.UniqueConstraint(fields=["phone_list", "contact"], name="once_on_a_list")]

    def __str__(self) -> str:
        return f"{self.outcome or 'waiting'} {self.contact_id}"
