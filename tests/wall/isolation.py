"""A page of one compartment stays the same, to the byte, whatever another compartment lives through.

A count, an order or a gap can tell of rows whose words it never shows; no canary finds it, this does.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import time_machine
from django.db import transaction
from django.utils import timezone

from tests.wall.addresses import OWN, cells_of, routes_of
from tests.wall.declared_desk import DESK
from tests.wall.loop import live
from tests.wall.matrix import Finding, ask, looked_up_once
from tests.wall.matrix_world import Actor, World, at_the_door
from tests.wall.route import NOBODY

# Tokens and the numbers of forms are drawn anew for each page, and a form may begin with the minute it is.
DRAWN = re.compile(rb'value="(?:[\w:.=-]{30,}|\d{4}-\d\d-\d\dT\d\d:\d\d)"')
# A page that offers a new secret each time, as words and as a picture.
NEW_EACH_TIME = {"guard:app"}


def overheard(world: World, only: tuple[str, ...] = ()) -> list[Finding]:
    """Let Harbour live another turn, and give every page of Riverside's desk that shows a difference."""
    readers = [
        actor for actor in world.actors["desk"] if actor.own is world.riverside and actor.role > NOBODY
    ]
    with at_the_door("desk"), looked_up_once(), ExitStack() as undone:
        for door in ("square", "desk"):
            undone.enter_context(transaction.atomic(using=door))
            undone.callback(transaction.set_rollback, True, using=door)
        # Looked at in the same minute, however long the turn takes: a form begins with the hour it is.
        now = timezone.now()
        with time_machine.travel(now, tick=False):
            before = [dict(_pages(actor, only)) for actor in (readers[0], readers[-1])]
        live(replace(world.harbour, rows={}))
        with time_machine.travel(now, tick=False):
            after = [dict(_pages(actor, only)) for actor in (readers[0], readers[-1])]
    return [
        Finding("overheard", route, reader.name, "GET", path)
        for reader, then, later in zip((readers[0], readers[-1]), before, after, strict=True)
        for (route, path), page in then.items()
        if page != later[route, path]
    ]


def _pages(actor: Actor, only: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], bytes]]:
    for name, pattern in routes_of("desk").items():
        route = DESK.get(name)
        if (
            route is None
            or "GET" not in route.methods
            or name == "call:material"
            or name in NEW_EACH_TIME
            or (only and name not in only)
        ):
            continue
        for cell in cells_of(pattern, route, actor.own, actor.foreign):
            if cell.kind == OWN:
                path = cell.address(name, "desk")
                answer, _written = ask(actor, "GET", path, {})
                yield (name, path), DRAWN.sub(b"", answer.content)
