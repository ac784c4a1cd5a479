"""How many people an announcement reaches, by which way, and who is left for the phone: known before anything is sent."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from massline.core.contact_points import ContactMethod, ContactPoint, parse_contact_point
from massline.desk.act.announcements.models import Notice
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.act.messages import configured_channels
from massline.desk.contacts.decrypted_contacts import open_name_and_point
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact, Section
from massline.desk.people.querysets import ContactQuerySet
from massline.square.calls.states import EventKind
from massline.square.envelopes.news_requests import NewsKind

AT_ONCE = 500
WAYS = {
    ContactMethod.MAIL: _("E-mail"),
    ContactMethod.TEXT: _("Text message"),
    ContactMethod.TELEGRAM: _("Telegram"),
    ContactMethod.MATRIX: _("Matrix"),
}


@dataclass(frozen=True)
class Reach:
    """People by the way that reaches them; `to_call` left a number, `out_of_reach` nothing that this site can use."""

    by_way: list[tuple[str, int]]
    to_call: int
    out_of_reach: int

    @property
    def by_message(self) -> int:
        return sum(count for _label, count in self.by_way)

    @property
    def total(self) -> int:
        return self.by_message + self.to_call + self.out_of_reach


def channel_label(method: str) -> str:
    return str(WAYS.get(ContactMethod(method), method))


def kind_of_news(event: Event) -> NewsKind:
    return NewsKind.MEETINGS if event.kind == EventKind.MASS_MEETING else NewsKind.CALLS


def subscribers_to_announce(
    event: Event, *, section: Section | None = None, language: str = ""
) -> ContactQuerySet:
    """People with consent who asked for this kind of news, did not sign up for it and were not told of it yet."""
    contacts = Contact.objects.of(event.organisation).with_consent()
    contacts = contacts.filter(**{f"subscription__{kind_of_news(event)}": True})
    if section is not None:
        contacts = contacts.filter(subscription__section=section)
    if language:
        contacts = contacts.filter(language=language)
    signed_up = Attendance.objects.filter(event=event).values("contact")
    noticed = Notice.objects.filter(announcement__event=event).values("contact")
    return contacts.exclude(pk__in=signed_up).exclude(pk__in=noticed).order_by("pk")


def open_contact_points(
    contacts: ContactQuerySet, vault: Vault
) -> Iterator[tuple[Contact, ContactPoint | None]]:
    """Open the contact point of each; None where nobody could be written to or called by it."""
    for contact in contacts.select_related("organisation").iterator(chunk_size=AT_ONCE):
        _name, point = open_name_and_point(contact, vault)
        yield contact, parse_contact_point(point, country=contact.organisation.phone_country)


def measure_reach(contacts: ContactQuerySet, vault: Vault) -> Reach:
    """Count by way; the points are opened for it, and nothing of them is kept."""
    configured = {channel.method for channel in configured_channels.list_configured_channels()}
    ways, to_call, out_of_reach = Counter[ContactMethod](), 0, 0
    for _contact, point in open_contact_points(contacts, vault):
        if point is not None and point.method in configured:
            ways[point.method] += 1
        elif point is not None and point.method == ContactMethod.TEXT:
            to_call += 1
        else:
            out_of_reach += 1
    return Reach([(channel_label(way), count) for way, count in ways.most_common()], to_call, out_of_reach)
