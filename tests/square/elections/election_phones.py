"""Elections on the square, and phones that came in by a card."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from massline.square.conversations.access_codes.actions import create_batch
from massline.square.conversations.trust_levels import Level
from massline.square.elections import actions
from massline.square.elections.models import PublishedElection
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient
from tests.square.conversations.test_access_codes import come_in

OPTIONS = (("Rosa", "block B"), ("Ines", ""), ("Tom", "block D"))


def put_up(face: PublicOrganisation, method: str, **more: Any) -> PublishedElection:
    facts: dict[str, Any] = {
        "uuid": uuid4(),
        "title": "Who speaks for us?",
        "decides": "Two of us go to the office.",
        "who": "Everyone in blocks A to E",
        "method": method,
        "seats": 1,
        "options": OPTIONS,
        "closes_at": timezone.now() + timedelta(days=1),
    }
    return actions.publish_election(face, actions.ElectionFacts(**facts | more))


def with_card(election: PublishedElection) -> DoorClient:
    card = create_batch(conversation=election.page, level=Level.CARD, name="Hall", most=1).codes[0]
    phone = DoorClient("square")
    arrived = come_in(phone, election.page, card).headers["Location"]
    assert phone.get(arrived).headers["Location"] == election.get_absolute_url()
    return phone
