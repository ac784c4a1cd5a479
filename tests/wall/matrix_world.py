"""The world of the matrix: two organisations, everybody who may ask, and the doors they ask at."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client, override_settings

from tests.conftest import PASSPHRASE
from tests.kept_rows import made_once
from tests.wall.compartments import Compartment, found
from tests.wall.loop import live
from tests.wall.route import HOLDER, MEMBER, NOBODY, ORGANISER, Route


@dataclass
class Actor:
    """Somebody at a door: their browser, their compartment, what they may do there, and whether it is unlocked."""

    name: str
    client: Client
    role: int
    own: Compartment
    foreign: Compartment
    unlocked: bool = False
    cookies: Any = None
    # One of each role is asked by every method; who has the same role elsewhere, or an open vault, reads and sends.
    is_brief: bool = False
    # What the last answer left open in the thread that gave it.
    left_open: str = ""

    def forbidden(self, route: Route) -> set[str]:
        """The marks that no answer to this actor may carry."""
        theirs, ours = self.foreign.marks, self.own.marks
        marks = {theirs.kept, theirs.nym, theirs.way} | (set() if route.names_all else {theirs.said})
        if not self.unlocked:
            marks |= {ours.nym, ours.way}
        if self.role == NOBODY:
            marks |= {ours.kept} | (set() if route.least == NOBODY else {ours.said})
        return marks


@dataclass
class World:
    riverside: Compartment
    harbour: Compartment
    actors: dict[str, list[Actor]] = field(default_factory=dict)


@contextmanager
def at_the_door(door: str) -> Iterator[None]:
    with override_settings(
        ROOT_URLCONF=f"massline.urls_{door}", MIDDLEWARE=settings.MIDDLEWARE_OF[door], DOOR=door
    ):
        yield


def make_world() -> World:
    """Riverside and Harbour have each lived a turn; everybody has come to the door."""
    riverside, harbour = made_once("two compartments", two_compartments, for_all_workers=True)
    world = World(riverside, harbour)
    with at_the_door("desk"):
        world.actors["desk"] = list(_people(riverside, harbour))
    world.actors["square"] = [
        Actor("nobody", _browser(), NOBODY, riverside, harbour),
        Actor("nobody at Harbour's", _browser(), NOBODY, harbour, riverside),
    ]
    return world


def two_compartments() -> tuple[Compartment, Compartment]:
    riverside = found("riverside", holder="amal", organiser="bea", member="chen")
    harbour = found("harbour", holder="dina", organiser="eli", member="fay")
    for home in (riverside, harbour):
        live(home)
    return riverside, harbour


def _people(riverside: Compartment, harbour: Compartment) -> Iterator[Actor]:
    yield Actor("nobody", _browser(), NOBODY, riverside, harbour)
    for name, account, role, home, other in (
        ("chen", riverside.member, MEMBER, riverside, harbour),
        ("bea", riverside.organiser, ORGANISER, riverside, harbour),
        ("amal", riverside.holder, HOLDER, riverside, harbour),
        ("dina", harbour.holder, HOLDER, harbour, riverside),
        ("amal, unlocked", riverside.holder, HOLDER, riverside, harbour),
    ):
        client = _browser()
        client.force_login(account)
        unlocked = name.endswith("unlocked")
        if unlocked:
            answer = client.post(f"/{home.slug}/guard/unlock/", {"passphrase": PASSPHRASE})
            assert answer.status_code == 302
        brief = unlocked or home is harbour
        yield Actor(name, client, role, home, other, unlocked, copy.deepcopy(client.cookies), brief)


def _browser() -> Client:
    return Client(raise_request_exception=False)
