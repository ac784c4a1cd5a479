"""What several rooms of the desk begin their stories with: the next mass meeting, a mail server, a lesson."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from massline.core.db import erasure
from massline.desk.act.events.models import Event
from massline.desk.guard.keys import courier_keys
from massline.desk.guard.keys.unlock import open_by_passphrase
from massline.desk.guard.keys.vault import Vault
from massline.desk.learn.lessons.actions import keep_lesson
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.rounds.actions import open_round
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.desk.act.mail_server import Post, post_office
from tests.desk.act.web_service import Service, serving
from tests.desk.decided_loop import plan_meeting
from tests.desk.learn.past_events import CLAIM, past_event, review_of


@pytest.fixture
def meeting(riverside: Organisation, bea: Account) -> Event:
    """Riverside's next mass meeting."""
    return plan_meeting(riverside, bea)


@pytest.fixture
def event(meeting: Event) -> Event:
    """What people come to, where it might be anything."""
    return meeting


@pytest.fixture
def lesson(riverside: Organisation, meeting: Event, bea: Account) -> Lesson:
    """What Riverside learned from a walk that is over, said at a review which leads to the meeting."""
    review = review_of(past_event(riverside, "Walk to the housing office"), meeting, bea)
    return keep_lesson(
        review=review, claim=CLAIM, context="Block C, a cold week", evidence="94 came, 40 said yes", by=bea
    )


@pytest.fixture
def round_(riverside: Organisation, bea: Account, today: date) -> ListeningRound:
    """A question that is open for a week."""
    return open_round(
        organisation=riverside,
        question="What about the heating?",
        closes_on=today + timedelta(days=7),
        by=bea,
        seeds=["Publish the bill."],
    )


@pytest.fixture
def bea_at(bea: Account) -> DoorClient:
    """Bea's browser at the desk."""
    return at_desk(bea)


@pytest.fixture
def vault(riverside: Organisation, amal: Account) -> Vault:
    """What Amal reads names with."""
    opened = open_by_passphrase(amal, riverside, PASSPHRASE)
    assert opened is not None
    return opened


@pytest.fixture
def couriers(tmp_path: Path, settings: Any) -> None:
    """A folder of its own in which keys lie ready, so that whoever signs up can be written to."""
    settings.DATA = tmp_path
    courier_keys.make_spare_keys()


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server, and Riverside writes through it."""
    with post_office() as office:
        settings.MAIL = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
        settings.MAIL_FROM = settings.DEFAULT_FROM_EMAIL = "Riverside <hello@riverside.example>"
        yield office


@pytest.fixture
def service() -> Iterator[Service]:
    """A gateway, a bot's interface or a homeserver."""
    with serving() as server:
        yield server


LogsCut = Callable[[Callable[[], object]], set[str]]


@pytest.fixture
def logs_cut_by(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> LogsCut:
    """Do something, and give the databases whose logs are cut as soon as it is committed."""

    def do(act: Callable[[], object]) -> set[str]:
        asked: set[str] = set()
        monkeypatch.setattr(erasure, "truncate_log", asked.add)
        with (
            django_capture_on_commit_callbacks(using="desk", execute=True),
            django_capture_on_commit_callbacks(using="square", execute=True),
        ):
            act()
        return asked

    return do
