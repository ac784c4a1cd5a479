"""The link to an online room stands on the page of who has a place, and on no other page, feed, file or row."""

import logging
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.http import HttpResponse

from massline.core.sealed_columns import sealed_columns
from massline.desk.act import jobs
from massline.desk.act.events.join_link_actions import set_join_link
from massline.desk.act.events.models import Event
from massline.desk.people.models import Account
from massline.jobs.worker import do_all
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient
from tests.desk.act.sign_up_crowd import say_yes
from tests.wall.addresses import OWN, cells_of, routes_of
from tests.wall.declared_desk import OF_DOOR
from tests.wall.matrix import ask, looked_up_once
from tests.wall.matrix_world import Actor, World, at_the_door, make_world
from tests.wall.test_seizure import traces

LINK = "https://video.example.org/room-7f3a91c2d4"
# Enough of it to come in by, however it is written.
MARK = "7f3a91c2d4"


@pytest.fixture
def world(caplog: pytest.LogCaptureFixture, nobody: DoorClient) -> World:
    """Every event of Riverside that is ahead is online too, and somebody has signed up for each."""
    caplog.set_level(logging.CRITICAL, "django.request")
    world = make_world()
    for event in Event.objects.of(world.riverside.organisation).coming_up():
        Event.objects.filter(pk=event.pk).update(joining="mixed")
        PublicEvent.objects.filter(uuid=event.uuid).update(joining="mixed")
        event.refresh_from_db()
        set_join_link(event=event, link=LINK, by=world.riverside.organiser)
        if PublicEvent.objects.get(uuid=event.uuid).takes_sign_ups:
            world.riverside.rows["mine"] = say_yes(nobody, event, "Rosa", "rosa@post.example")
    do_all("desk")
    jobs.seal_links_for_new_sign_ups()
    return world


def test_the_page_of_who_has_a_place_shows_it(world: World, nobody: DoorClient) -> None:
    assert LINK in nobody.get(f"/manage/{world.riverside.rows['mine']}/").content.decode()
    assert Envelope.objects.exclude(sealed_link=None).exists()


def test_no_page_feed_or_file_that_a_stranger_or_a_member_may_read_holds_it(world: World) -> None:
    read = list(readable(world))
    assert len(read) > 150
    assert {"text/calendar", "application/atom+xml", "application/pdf", "image/png"} <= {
        kind for _address, kind, _body in read
    }
    assert [address for address, _kind, body in read if MARK in body] == []


def readable(world: World) -> Iterator[tuple[str, str, str]]:
    """Address, kind and text of every answer that strangers get at both doors, members at theirs, and other holders."""
    for door, names in {"square": {"nobody"}, "desk": {"nobody", "chen", "dina"}}.items():
        readers = [actor for actor in world.actors[door] if actor.name in names]
        with at_the_door(door), looked_up_once():
            for reader in readers:
                yield from _readable_by(door, reader, world)


def _readable_by(door: str, reader: Actor, world: World) -> Iterator[tuple[str, str, str]]:
    for name, pattern in routes_of(door).items():
        route = OF_DOOR[door][name]
        if "GET" not in route.methods or route.key:
            continue
        for cell in cells_of(pattern, route, world.riverside, world.harbour):
            if cell.kind == OWN:
                address = cell.address(name, door)
                answer, _written = ask(reader, "GET", address, {})
                kind = answer.headers.get("Content-Type", "").partition(";")[0]
                yield address, kind, text_of(answer, kind)


def text_of(answer: Any, kind: str) -> str:
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "application/pdf":
        body = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True).stdout
    return f"{HttpResponse(headers=answer.headers).serialize_headers()!r} {body.decode(errors='replace')}"


@pytest.mark.parametrize("database", ["square", "desk"])
def test_no_row_holds_it_in_the_open(world: World, database: str) -> None:
    wanted = set(traces(LINK)) | {MARK.encode()}
    found = [place for place, stored in stored_values(database) if any(trace in stored for trace in wanted)]
    assert found == []


def stored_values(database: str) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, as bytes."""
    for table in connections[database].introspection.table_names():
        with connections[database].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    stored = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield f"{table}.{column}", stored


def test_what_holds_it_is_declared_as_sealed() -> None:
    by = {
        (model.__name__, column.column): column.by
        for model in apps.get_models()
        for column in sealed_columns(model)
    }
    assert by["Envelope", "sealed_link"] == "link"
    assert by["JoinLink", "sealed"] == "server"


def test_the_activity_log_says_that_it_was_changed_and_not_to_what(world: World, amal: Account) -> None:
    logged = [value for place, value in stored_values("desk") if place.startswith("guard_auditline")]
    assert any(b"link to join" in value for value in logged)
    assert not any(MARK.encode() in value for value in logged)
