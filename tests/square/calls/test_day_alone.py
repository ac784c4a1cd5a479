"""No row of the square, alone or beside another, says at which hour somebody answered, wrote or signed up."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections
from django.utils import timezone
from time_machine import travel

from massline.jobs.worker import do_all
from massline.square.conversations.models import Conversation, Vote
from massline.square.conversations.results.models import OpinionSnapshot
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient
from tests.square.calls.sign_up_pages import sign_up
from tests.square.conversations.test_voting import answer_next, say

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T](\d\d:\d\d):\d\d(?:\.\d+)?")


def moments() -> dict[tuple[str, str], set[str]]:
    """Every moment in every row of the square's tables, by table and column."""
    found: dict[tuple[str, str], set[str]] = {}
    with connections["square"].cursor() as cursor:
        for table in connections["square"].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    for hit in MOMENT.finditer(str(value)):
                        found.setdefault((table, column), set()).add(hit[0])
    return found


def test_no_row_dates_an_answer_to_the_hour(talk: Conversation, walk: Any, private: bytes) -> None:
    """Case Q3: each map was kept with the microsecond, which with the order of rows dated every vote."""
    noon = datetime.combine(timezone.localdate() + timedelta(days=1), datetime.min.time(), ZoneInfo("UTC"))
    before = moments()
    assert before["conversations_conversation", "opens_at"], "the hour at which organisers opened it is found"
    for hour in (9, 11, 13, 15, 17, 19):
        with travel(noon + timedelta(hours=hour, minutes=7)):
            for _ in range(2):
                door = DoorClient("square")
                answer_next(door, talk, 1)
                say(door, talk, f"The stairs need light by {hour}.")
            sign_up(DoorClient("square"), walk.get_absolute_url())
            do_all("square")
    assert Vote.objects.count() == 12
    assert Envelope.objects.count() == 6
    assert OpinionSnapshot.objects.exists()
    told = {place: found - before.get(place, set()) for place, found in moments().items()}
    assert {
        place: sorted(found)
        for place, found in told.items()
        if any(not re.search(r"[ T]\d\d:00:00(\.0+)?$", one) for one in found)
    } == {}
