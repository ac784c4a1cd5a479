"""Telling those who asked: each address is sealed to the worker while the names are unlocked; ending it on request."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from massline.core.contact_points import ContactMethod, ContactPoint
from massline.core.refusal import refuse
from massline.desk.act.announcements import refusal_reasons
from massline.desk.act.announcements.models import Announcement, Notice
from massline.desk.act.announcements.reach_by_channel import (
    kind_of_news,
    open_contact_points,
    subscribers_to_announce,
)
from massline.desk.act.events.models import Event
from massline.desk.act.messages import configured_channels
from massline.desk.act.messages.models import DeliveryState
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.guard.audit import chain
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, Section
from massline.jobs.models import enqueue
from massline.square.envelopes.actions import hash_token
from massline.square.envelopes.courier_copies import take_key_for
from massline.square.envelopes.models import CourierKey
from massline.square.envelopes.news_requests import NewsKind
from massline.square.envelopes.news_unsubscribe import StopLink, make_stop_links
from massline.square.envelopes.sealing import envelope_binding, new_manage_token, seal_contents
from massline.square.organisations.models import PublicOrganisation

AT_ONCE = 500
DELIVER = "act.announce"


@dataclass(frozen=True)
class _Addressed:
    contact: Contact
    point: ContactPoint
    secret: str


def announce_event(
    *,
    event: Event,
    vault: Vault,
    by: Account,
    section: Section | None = None,
    language: str = "",
    words: str = "",
) -> Announcement:
    """Tell everybody who asked for this kind of news and can be written to; the worker sends the messages.

    People who share a number or an address get one message for all of them.

    Raises Refused where nobody can be written to, and where the worker has no key ready.
    """
    configured = {channel.method for channel in configured_channels.list_configured_channels()}
    addressed, left = list[_Addressed](), 0
    first, sharing = dict[tuple[ContactMethod, str], str](), list[_Addressed]()
    for contact, point in open_contact_points(
        subscribers_to_announce(event, section=section, language=language), vault
    ):
        if point is not None and point.method in configured:
            way = (point.method, point.address)
            is_shared = way in first
            secret = first.setdefault(way, new_manage_token())
            (sharing if is_shared else addressed).append(_Addressed(contact, point, secret))
        else:
            left += point is not None and point.method == ContactMethod.TEXT
    refuse([] if addressed else [refusal_reasons.NobodyReachable()])
    face = PublicOrganisation.objects.get(uuid=event.organisation.uuid)
    kind = kind_of_news(event)
    announcement = Announcement(
        uuid=uuid4(),
        organisation=event.organisation,
        event=event,
        call=event.call,
        kind=kind,
        section=section,
        words=words.strip(),
        left_to_call=left,
        made_by=by,
    )
    key = take_key_for(announcement.uuid, face, event.ends_at.date())
    refuse([] if key is not None else [refusal_reasons.NotReady()])
    assert key is not None
    make_stop_links(face, kind, [one.secret for one in addressed])
    with transaction.atomic(using="desk"):
        told = _told_meanwhile(event)
        addressed, sharing = (
            [one for one in some if one.contact.pk not in told] for some in (addressed, sharing)
        )
        refuse([] if addressed else [refusal_reasons.NobodyReachable()])
        announcement.save()
        Notice.objects.bulk_create([_notice(announcement, one, key) for one in addressed], batch_size=AT_ONCE)
        Notice.objects.bulk_create(
            [_told_by_another(announcement, one) for one in sharing], batch_size=AT_ONCE
        )
        chain.append_line(event.organisation, by, f"told {len(addressed)} who asked to be told", announcement)
        enqueue(DELIVER, using="desk", key=f"{DELIVER} {announcement.pk}", announcement=announcement.pk)
    return announcement


def _told_meanwhile(event: Event) -> set[int]:
    """Contacts who were told of the event while the addresses were being opened; nobody else tells until this is done."""
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    return set(Notice.objects.filter(announcement__event=event).values_list("contact", flat=True))


def _notice(announcement: Announcement, addressed: _Addressed, key: CourierKey) -> Notice:
    uuid = uuid4()
    address = {
        "contact": str(addressed.point),
        "language": addressed.contact.language,
        "manage": addressed.secret,
    }
    return Notice(
        uuid=uuid,
        announcement=announcement,
        contact=addressed.contact,
        sealed=seal_contents(
            address, bytes(key.public_key), bound_to=envelope_binding(announcement.uuid, uuid)
        ),
        token_hash=hash_token(addressed.secret),
        method=addressed.point.method,
    )


def _told_by_another(announcement: Announcement, sharing: _Addressed) -> Notice:
    """The notice of somebody whose message goes to the same number or address as another's: no second one is sent.

    The link in that message is theirs too.
    """
    return Notice(
        announcement=announcement,
        contact=sharing.contact,
        token_hash=hash_token(sharing.secret),
        method=sharing.point.method,
        state=DeliveryState.SENT,
    )


def end_unsubscribed_news() -> int:
    """End what people stopped by the link in a message, for everybody whom that message was for.

    Returns how many links were ended. A link whose people are not found (those of a desk brought back from a backup
    may be) is not marked as ended: it is looked for again for as long as it lives.
    """
    pending = StopLink.objects.filter(stopped=True, seen=False).order_by("pk")
    ended, last = 0, 0
    while links := list(pending.filter(pk__gt=last)[:AT_ONCE]):
        last = links[-1].pk
        sharing = defaultdict[str, list[Notice]](list)
        for notice in Notice.objects.filter(token_hash__in=[link.token_hash for link in links]):
            sharing[notice.token_hash].append(notice)
        found = [link for link in links if link.token_hash in sharing]
        for link in found:
            _end_for_all(sharing[link.token_hash], NewsKind(link.kind))
        StopLink.objects.filter(pk__in=[link.pk for link in found]).update(seen=True)
        ended += len(found)
    return ended


def _end_for_all(notices: list[Notice], kind: NewsKind) -> None:
    with transaction.atomic(using="desk"):
        for notice in notices:
            end_news(notice.contact_id, kind)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(stopped=True)


def end_news(contact: int, kind: NewsKind) -> None:
    """End one kind of news for somebody: the wish, and every message of that kind that has not gone out."""
    wishes = Subscription.objects.filter(contact=contact)
    wishes.update(**{str(kind): False})
    wishes.filter(calls=False, meetings=False).delete()
    waiting = Notice.objects.filter(contact=contact, announcement__kind=kind, state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.LET_GO, sealed=None)
