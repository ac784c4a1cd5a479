"""Pictures and loops of a call: drawn once for each language, and again after a change."""

import re
from io import BytesIO

import pytest
from django.db import OperationalError
from django.utils.translation import override
from PIL import Image, ImageSequence

from massline.square import rate_limits
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.square.calls.printed.printed_event import EventOnPaper
from massline.square.calls.sharing.models import SharePicture
from massline.square.conversations.models import Conversation
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient
from tests.square.calls.translated_walk import change
from tests.square.conftest import words_of


def test_the_picture_is_drawn_once_for_each_language_and_again_after_a_change(
    nobody: DoorClient, spoken: PublishedCall
) -> None:
    page = words_of(nobody.get(spoken.get_absolute_url()))
    address = spoken.get_picture_url()
    assert f'property="og:image" content="http://localhost:8000{address}"' in page
    answer = nobody.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(answer.content))
    assert picture.size == (1200, 630)
    assert len(answer.content) < 150_000
    assert nobody.get(address).content == answer.content
    assert SharePicture.objects.count() == 1
    assert nobody.get(f"{address}?in=tr").content == answer.content
    arabic = nobody.get(f"{address}?in=ar").content
    assert arabic != answer.content
    assert SharePicture.objects.count() == 2
    change(spoken, place="Town Hall")
    assert nobody.get(address).content != answer.content
    assert SharePicture.objects.count() == 2


def test_a_link_to_a_question_or_a_report_back_shows_its_picture(
    nobody: DoorClient, talk: Conversation, report: ReportBack
) -> None:
    for page in (talk, report):
        words = words_of(nobody.get(page.get_absolute_url()))
        (address,) = re.findall(r'property="og:image" content="http://localhost:8000([^"]+)"', words)
        assert Image.open(BytesIO(nobody.get(address).content)).size == (1200, 630)


def test_a_loop_is_drawn_once_whichever_language_its_readers_prefer(
    nobody: DoorClient, meeting: PublicEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/riverside/share/events/{meeting.uuid}/loop.webp"
    first = nobody.get(address)
    kept = SharePicture.objects.get()
    with override("es"):
        assert EventOnPaper(meeting).printed.rows[0] == ["What", "Mass meeting"]
    spanish = DoorClient("square", HTTP_ACCEPT_LANGUAGE="es").get(address)
    assert spanish.content == first.content
    assert SharePicture.objects.get().digest == kept.digest
    rate_limits.pictures.reset()
    monkeypatch.setattr(rate_limits.pictures.limiter, "per", 1)
    monkeypatch.setattr("massline.web.rate_limits.MANY_BEHIND_ONE", 1)
    assert nobody.get(address).status_code == 200
    other = address.replace("loop.webp", "wide.png")
    assert nobody.get(other).status_code == 200
    assert nobody.get(address.replace("loop.webp", "square.png")).status_code == 429
    assert nobody.get(other).status_code == 200


def test_the_loop_of_a_question_that_stays_open_leaves_out_when(
    nobody: DoorClient, talk: Conversation
) -> None:
    talk.language, talk.question, talk.closes_at = "zh", "冬天以前我们最需要什么？", None
    talk.save()
    loop = Image.open(BytesIO(nobody.get(f"/riverside/share/c/{talk.slug}/loop.webp").content))
    durations = [(frame.load(), frame.info["duration"])[1] for frame in ImageSequence.Iterator(loop)]
    assert len(durations) == 10
    assert sum(durations) == 10_000


def test_a_picture_is_shown_though_the_disk_is_full(
    nobody: DoorClient, walk: PublishedCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(SharePicture.objects, "update_or_create", full)
    assert nobody.get(walk.get_picture_url()).status_code == 200
    assert not SharePicture.objects.exists()
