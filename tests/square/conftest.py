"""What stands on Riverside's square in our stories."""

import math
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from massline.engine.result_documents import canonical_bytes
from massline.square import rate_limits
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation, OpinionSnapshot, Participant
from massline.square.conversations.results import snapshot
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import Claim, ReportBack
from tests.kept_rows import made_once

SEEDS = [
    "The landlord should publish what he pays for the boiler.",
    "No one pays the increase until the heat works.",
    "Meetings must have an interpreter.",
]


@pytest.fixture(autouse=True)
def _fresh_limits_and_clock() -> Iterator[None]:
    """Counting starts anew in each story, and no story leaves its time zone to the next."""
    for limit in (rate_limits.sign_ups, rate_limits.words, rate_limits.votes):
        limit.reset()
    yield
    timezone.deactivate()


@pytest.fixture
def talk(face: PublicOrganisation) -> Conversation:
    return conversation_actions.open_conversation(
        organisation=face, question="What should change about the heating?", seeds=SEEDS
    )


def fill(talk: Conversation, *, people: int, statements: int, camps: int = 2, text: str = "") -> None:
    """Give a conversation many statements and people in camps who answer most of them, and its map."""
    draw = random.Random(5)
    for number in range(talk.statements.count(), statements):
        conversation_actions.add_statement(
            talk, text=text or f"Statement number {number} of a long list.", seed=True
        )
    asked = list(talk.statements.all())
    agreed = [0.0 if n % 3 else 2.5 for n in range(len(asked))]
    lean = [draw.choice((-2.5, 2.5)) if camps > 1 and n % 3 else 0.2 for n in range(len(asked))]
    pulls = [[pull if camp else -pull for pull in lean] for camp in range(camps)]
    crowd = Participant.objects.bulk_create(
        Participant(conversation=talk, key=f"{n:040x}") for n in range(people)
    )
    answers = []
    for n, participant in enumerate(crowd):
        for j, statement in enumerate(asked):
            if draw.random() < 0.4:
                continue
            yes = draw.random() < 1 / (1 + math.exp(-agreed[j] - pulls[n % camps][j]))
            answers.append(Answer(participant.pk, statement.pk, 1 if yes else -1))
    save_answers(answers, conversations=[talk.pk])
    snapshot.take_snapshot(talk)


def stored_whole(snapshot: OpinionSnapshot, document: dict[str, Any]) -> OpinionSnapshot:
    """Store another document in the place of a map's, whole, as earlier versions stored every map."""
    whole = OpinionSnapshot.objects.filter(pk=snapshot.pk)
    whole.update(body=canonical_bytes(document), statements=None)
    return whole.get()


@pytest.fixture
def mapped(talk: Conversation) -> Conversation:
    """A conversation of 160 people in two camps, with its map."""
    made_once(f"the map of {talk.slug}", lambda: fill(talk, people=160, statements=24))
    talk.refresh_from_db()
    return talk


@pytest.fixture
def next_saturday() -> datetime:
    day = timezone.localtime(timezone=ZoneInfo("Europe/Berlin")) + timedelta(days=7)
    return day.replace(hour=11, minute=0, second=0, microsecond=0)


@pytest.fixture
def meeting(face: PublicOrganisation, next_saturday: datetime) -> PublicEvent:
    begins = next_saturday - timedelta(days=2)
    return PublicEvent.objects.create(
        organisation=face,
        kind="mass_meeting",
        title="Mass meeting of all blocks",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        place="Harbour Hall",
    )


@pytest.fixture
def report(face: PublicOrganisation, talk: Conversation) -> ReportBack:
    found = ReportBack.objects.create(
        organisation=face,
        conversation=talk,
        slug="heating",
        title="The heat, the bills, and who decides",
        heard="Nine in ten want to see the bills.",
        unknown="We have hardly heard Block C.",
        next_step="We walk to the housing office.",
        rests_on={"voices": 61, "people": 70, "participants": 0, "votes": 0, "sections": 2, "sections_of": 5},
        digest="d" * 64,
    )
    quotes = [
        {
            "text": "My girl does  her homework\nin her coat. 🧥",
            "source": "Block B, at the door",
            "day": "2026-11-17",
        },
        {"text": "نحن نريد أن نرى الفواتير.", "source": "Block D", "day": "2026-11-16"},
    ]
    Claim.objects.create(report=found, order=1, text="We want to see the bills.", quotes=quotes)
    Claim.objects.create(report=found, order=2, text="Some would withhold rent.", minority=True)
    return found


@pytest.fixture
def walk(face: PublicOrganisation, next_saturday: datetime, report: ReportBack) -> PublishedCall:
    event = PublicEvent.objects.create(
        organisation=face,
        kind="action",
        title="Walk to the housing office",
        starts_at=next_saturday,
        ends_at=next_saturday + timedelta(hours=2),
        place="Harbour Square, by the clock",
    )
    return PublishedCall.objects.create(
        organisation=face,
        event=event,
        report=report,
        slug="heat",
        slogan="Fix the heat before the frost.",
        ask="Come, with your letter signed.",
        why="We want a repair date for every boiler, in writing.",
        called_by="Called by 214 households",
    )


def words_of(answer: Any) -> str:
    return str(answer.content.decode())
