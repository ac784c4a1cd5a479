"""All sign-ups of one person that the public site still has."""

from django.db.models import Q

from massline.desk.act.subscriptions.models import Subscription
from massline.desk.people.models import Contact
from massline.square.envelopes.models import Envelope, EnvelopeQuerySet


def sign_ups_of(contact: Contact) -> EnvelopeQuerySet:
    """Every sign-up of this person, wishes to be told and those made twice too."""
    wishes = Subscription.objects.filter(contact=contact).values_list("envelope", flat=True)
    known = [contact.envelope, *contact.attendances.values_list("envelope", flat=True), *wishes]
    uuids = [uuid for uuid in known if uuid is not None]
    ours = Envelope.objects.filter(organisation__uuid=contact.organisation.uuid)
    return ours.filter(Q(uuid__in=uuids) | Q(same_as__in=uuids)).select_related("organisation", "slot")
