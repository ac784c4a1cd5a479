"""Opening a hall for a meeting, and printing its cards. Cards are printed once and stored nowhere."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.phone_votes import refusal_reasons
from massline.desk.decide.phone_votes.models import PhoneVoteHall, find_open_phone_vote
from massline.desk.guard.audit import chain
from massline.desk.listen.access_codes.card_sheet import render_card_sheet
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.conversations.access_codes.actions import create_batch
from massline.square.conversations.phone_votes import actions as square_hall
from massline.square.conversations.trust_levels import Level
from massline.square.organisations.models import PublicOrganisation

OPEN_AFTER_MEETING = timedelta(days=1)
OPEN_WITHOUT_DATE = timedelta(days=7)


def open_phone_vote(
    *, organisation: Organisation, meeting: str, by: Account, meeting_uuid: UUID | None = None
) -> PhoneVoteHall:
    """Open the page on which a meeting votes, or return the one that is open for it.

    Raises Refused for an organisation without a public face: phones vote on the square.
    """
    face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
    if face is None:
        raise Refused([shared_refusal_reasons.NotPublic()])
    refuse([] if meeting.strip() else [shared_refusal_reasons.NoWords("meeting")])
    hall = find_open_phone_vote(organisation, meeting=meeting.strip(), meeting_uuid=meeting_uuid)
    if hall is not None:
        return hall
    with transaction.atomic(using="desk"):
        page = square_hall.open_phone_vote_page(
            organisation=face, meeting=meeting.strip(), closes_at=_closes_at(meeting_uuid)
        )
        hall = PhoneVoteHall.objects.create(
            organisation=organisation, meeting=meeting.strip(), meeting_uuid=meeting_uuid, slug=page.slug
        )
        chain.append_line(organisation, by, "opened a hall", hall)
    return hall


def _closes_at(meeting_uuid: UUID | None) -> datetime:
    event = PublicEvent.objects.filter(uuid=meeting_uuid).first() if meeting_uuid else None
    if event is None:
        return timezone.now() + OPEN_WITHOUT_DATE
    return max(event.starts_at, timezone.now()) + OPEN_AFTER_MEETING


def print_voting_cards(*, hall: PhoneVoteHall, level: Level, most: int, by: Account) -> bytes:
    """Make cards for so many people and return the sheet to print. Raises Refused once the hall is over."""
    page = hall.page
    if page is None or page.key is None or not page.is_open():
        raise Refused([refusal_reasons.HallGone()])
    with transaction.atomic(using="desk"):
        batch = create_batch(conversation=page, level=level, name=hall.meeting[:60], most=most)
        chain.append_line(hall.organisation, by, f"printed {most} cards for a hall", hall)
    return render_card_sheet(page, batch)
