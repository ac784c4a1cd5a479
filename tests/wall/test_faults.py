"""One row that cannot be meant leaves every other page, list, feed, calendar, export, sheet and answer of the API standing."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from massline.desk.api.key_and_webhook_actions import make_key
from massline.desk.api.models import ApiScope
from massline.desk.call.materials.catalogue import PUBLIC_PAGE_SHEETS
from massline.desk.call.materials.sheets import Sheet
from massline.desk.contacts.exports.actions import ExportFormat
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.listen.import_export import export as words
from massline.desk.people.models import Account, Section
from tests.conftest import DoorClient
from tests.desk.guard.proposals import agree
from tests.wall.addresses import OWN, cells_of, routes_of
from tests.wall.compartments import Compartment
from tests.wall.declared_desk import OF_DOOR
from tests.wall.faults import FAULTS, break_a_row_of_each_kind
from tests.wall.matrix import ask, looked_up_once
from tests.wall.matrix_world import Actor, World, at_the_door, make_world


@pytest.fixture
def world(caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.CRITICAL, "django.request")
    return make_world()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_row_that_cannot_be_meant_takes_no_page_from_the_others(kind: str, world: World) -> None:
    broken = break_a_row_of_each_kind(world.riverside, FAULTS[kind])
    assert broken
    found = [f"{where}: {what}" for where, what in fallen(world)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("kind", FAULTS)
def test_a_row_that_cannot_be_meant_takes_no_export_from_the_others(kind: str, world: World) -> None:
    home = world.riverside
    DualControlProposal.objects.waiting().delete()
    second = Account.objects.get(name=f"second holder of {home.slug}")
    agree(home.organisation, "export", home.holder, second, most=500)
    program = _program(home)
    assert break_a_row_of_each_kind(home, FAULTS[kind])
    found = [f"{where}: {what}" for where, what in fallen_exports(world, program)]
    assert found == [], "\n".join(found)


# Kits of calls and events have every sheet; what was asked and answered has those of a public page.
KITS = {
    "call:material": frozenset(Sheet),
    "act:material": frozenset(Sheet),
    "call:round_material": PUBLIC_PAGE_SHEETS,
    "call:report_material": PUBLIC_PAGE_SHEETS,
}


@pytest.mark.parametrize("kind", ["broken text", "no text"])
def test_a_row_that_cannot_be_meant_takes_no_sheet_from_the_others(kind: str, world: World) -> None:
    assert break_a_row_of_each_kind(world.riverside, FAULTS[kind])
    found = [f"{where}: {what}" for where, what in fallen_sheets(world)]
    assert found == [], "\n".join(found)


def fallen_sheets(world: World) -> Iterator[tuple[str, str]]:
    """Ask for every sheet of every kit, and for the sheets that are printed by a form."""
    reader, home = world.actors["desk"][-1], world.riverside
    with at_the_door("desk"), looked_up_once():
        for name, sheets in KITS.items():
            route = OF_DOOR["desk"][name]
            pk = home.rows[route.rows["pk"][0]]
            for sheet in sorted(sheets):
                address = reverse(name, args=[home.slug, pk, sheet], urlconf="massline.urls_desk")
                answer, _written = ask(reader, "GET", address, {})
                for what in faults_of(answer):
                    yield address, what
        round_ = f"/{home.slug}/listen/{home.rows['round']}"
        section = str(Section.objects.filter(organisation=home.organisation).latest("pk").pk)
        for address, form in (
            (f"{round_}/sheets/", {"section": section, "sheets": "1"}),
            (f"{round_}/ways/", {"level": "card", "name": "Stairs", "most": "8"}),
        ):
            answer, _written = ask(reader, "POST", address, form)
            kind = answer.headers.get("Content-Type", "").partition(";")[0]
            yield from ((address, what) for what in faults_of(answer))
            if kind != "application/pdf":
                yield address, f"{kind} instead of a sheet"


def _program(home: Compartment) -> DoorClient:
    """A program of the organisation that may read whatever the API tells."""
    until = timezone.localdate() + timedelta(days=9)
    _key, secret = make_key(
        organisation=home.organisation,
        name="A map",
        scopes=ApiScope.values,
        expires_on=until,
        by=home.holder,
    )
    return DoorClient("desk", HTTP_AUTHORIZATION=f"Bearer {secret}")


def fallen_exports(world: World, program: DoorClient) -> Iterator[tuple[str, str]]:
    """Ask for every file that is sent for by a form, and for every answer of the API."""
    reader, home = world.actors["desk"][-1], world.riverside
    round_ = f"/{home.slug}/listen/{home.rows['round']}"
    sent = [(f"/{home.slug}/people/take-out/", {"shape": shape.value}) for shape in ExportFormat]
    sent += [(f"{round_}/take-out/", {"shape": shape.value}) for shape in words.ExportFormat]
    sent += [(f"/{home.slug}/learn/lessons/{home.rows['lesson']}/file/", {})]
    with at_the_door("desk"), looked_up_once():
        for address, form in sent:
            answer, _written = ask(reader, "POST", address, form)
            for what in faults_of(answer):
                yield f"{address} {form}", what
            if "Content-Disposition" not in answer.headers:
                yield f"{address} {form}", "no file"
    for name, route in OF_DOOR["desk"].items():
        if route.key and "GET" in route.methods:
            address = reverse(name, urlconf="massline.urls_desk")
            for what in faults_of(program.get(address)):
                yield address, what


def fallen(world: World) -> Iterator[tuple[str, str]]:
    """Ask every address that can be read, and say what does not stand."""
    for door in OF_DOOR:
        readers = [actor for actor in world.actors[door] if actor.own is world.riverside][-1:]
        with at_the_door(door), looked_up_once():
            for reader in readers:
                yield from _fallen_at(door, reader)


def _fallen_at(door: str, reader: Actor) -> Iterator[tuple[str, str]]:
    for name, pattern in routes_of(door).items():
        route = OF_DOOR[door][name]
        if "GET" not in route.methods or route.key:
            continue
        for cell in cells_of(pattern, route, reader.own, reader.foreign):
            if cell.kind == OWN:
                answer, _written = ask(reader, "GET", cell.address(name, door), {})
                for what in faults_of(answer):
                    yield cell.address(name, door), what


def faults_of(answer: Any) -> Iterator[str]:
    """What is wrong with an answer: broken, gone, or no file of the kind it says it is."""
    if answer.status_code not in {200, 302}:
        problem = getattr(answer, "exc_info", None)
        yield f"{answer.status_code} {problem[1]!r}" if problem else str(answer.status_code)
        return
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.status_code == 200 and not reads_as(kind, body):
        yield f"no {kind}"


def reads_as(kind: str, body: bytes) -> bool:
    if kind.endswith("xml"):
        try:
            return ET.fromstring(body) is not None
        except ET.ParseError:
            return False
    if kind.endswith("json"):
        return json.loads(body) is not None
    if kind == "application/pdf":
        return body.startswith(b"%PDF") and b"%%EOF" in body[-64:]
    if kind == "text/calendar":
        lines = body.decode().replace("\r\n ", "").split("\r\n")
        whole = lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
        return whole and lines.count("END:VCALENDAR") == 1 and all(":" in line for line in lines[:-1])
    return kind != "text/html" or b"</html>" in body[-40:] or b"<html" not in body
