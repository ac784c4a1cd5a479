"""Notices that wait when a contact point changes: the old address goes at once, the new one is written to."""

from typing import Any

from django.db import transaction

from massline.core.contact_points import ContactPoint, parse_contact_point
from massline.core.db.erasure import erase_after_commit
from massline.desk.act.announcements.models import Notice
from massline.desk.act.messages import configured_channels
from massline.desk.act.messages.models import DeliveryState
from massline.desk.contacts.decrypted_contacts import open_name_and_point
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Contact
from massline.square.envelopes.actions import hash_token
from massline.square.envelopes.models import CourierKey
from massline.square.envelopes.news_requests import NewsKind
from massline.square.envelopes.news_unsubscribe import make_stop_links
from massline.square.envelopes.sealing import envelope_binding, new_manage_token, seal_contents
from massline.square.organisations.models import PublicOrganisation


def address_waiting_notices(contact: Contact, vault: Vault, point: str, **_signal: Any) -> None:
    """Address what waits for this contact to the new point, and let it go where no message reaches that.

    So is a notice whose message is on its way: if that fails, the next one goes to the new point. Whoever shared the old address gets the message there, as they would have.
    """
    unsent = [DeliveryState.WAITING, DeliveryState.GOING]
    waiting = Notice.objects.filter(contact=contact, state__in=unsent).exclude(sealed=None)
    country = contact.organisation.phone_country
    _name, old = open_name_and_point(contact, vault)
    before, after = (parse_contact_point(written, country=country) for written in (old, point))
    if before == after:
        return
    with transaction.atomic(using="desk"):
        for notice in waiting.select_related("announcement__organisation").select_for_update(of=("self",)):
            sharing = Notice.objects.filter(
                announcement=notice.announcement_id, token_hash=notice.token_hash
            ).exclude(pk=notice.pk)
            heir = sharing.select_related("announcement__organisation", "contact").first()
            _address(notice, contact, after)
            if heir is not None:
                _address(heir, heir.contact, before)
                sharing.exclude(pk=heir.pk).update(token_hash=heir.token_hash)
        erase_after_commit("desk")


def _address(notice: Notice, contact: Contact, point: ContactPoint | None) -> None:
    """Seal an address to the worker's key of this announcement, with a link of its own to end such news."""
    announcement = notice.announcement
    key = CourierKey.objects.filter(about=announcement.uuid).first()
    configured = {channel.method for channel in configured_channels.list_configured_channels()}
    if point is None or key is None or point.method not in configured:
        notice.sealed, notice.state = None, DeliveryState.LET_GO
        notice.save(update_fields=["sealed", "state"])
        return
    secret = new_manage_token()
    face = PublicOrganisation.objects.get(uuid=announcement.organisation.uuid)
    make_stop_links(face, NewsKind(announcement.kind), [secret])
    address = {"contact": str(point), "language": contact.language, "manage": secret}
    binding = envelope_binding(announcement.uuid, notice.uuid)
    notice.sealed = seal_contents(address, bytes(key.public_key), bound_to=binding)
    notice.token_hash, notice.method = hash_token(secret), point.method
    if notice.state != DeliveryState.GOING:
        notice.state, notice.tries = DeliveryState.WAITING, 0
    notice.save(update_fields=["sealed", "token_hash", "method", "state", "tries"])
