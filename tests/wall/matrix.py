"""Every address × every role × every method × every object, each answer held against the declaration.

What is found is given back, not raised: the same functions say that a clean house is clean and that a planted
leak leaks.
"""

import copy
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import connections, transaction
from django.http import HttpResponse, SimpleCookie

from massline.desk.guard.accounts.idle_sessions import USED
from massline.desk.people.models import Account
from massline.desk.people.scope import OutOfScope, Unscoped, current_scope, no_scope
from massline.desk.people.sessions import DeskSession, SessionStore
from tests.wall.addresses import BRIEF, HIDDEN, MISSING, OWN, Cell, cells_of, routes_of
from tests.wall.declared_desk import OF_DOOR
from tests.wall.matrix_world import Actor, World, at_the_door
from tests.wall.route import FORM, NOBODY, Route

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*')
# One place of the house answers these for all pages: by the page's own answer to GET, or by a refusal.
IN_TURN = ("HEAD", "PUT", "DELETE", "PATCH")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Looking at a page counts as using the open vault, so that it does not close under somebody's hands.
KEEPS_OPEN = "guard_unlock"


@dataclass(frozen=True)
class Finding:
    """One answer that is not what was declared."""

    kind: str
    route: str
    who: str = ""
    method: str = ""
    what: str = ""
    said: str = ""


def undeclared(door: str) -> list[Finding]:
    """Addresses that nobody declared, and declarations that no address stands behind."""
    routes, declared = routes_of(door), OF_DOOR[door]
    found = [Finding("undeclared", name) for name in routes if name not in declared]
    return found + [Finding("no such route", name) for name in declared if name not in routes]


def part_of(door: str, n: int, of: int) -> tuple[str, ...]:
    """Give the n-th of so many equal parts of a door's addresses."""
    return tuple(routes_of(door))[n::of]


def walk(world: World, door: str, only: tuple[str, ...] = (), *, full: bool = False) -> list[Finding]:
    """Ask everything a door may be asked; with `only`, of these addresses alone.

    Unless `full`, methods that one place answers for all pages take turns, and a hidden row is either read or sent to:
    each address is asked by all methods, each time by somebody else or for another row.
    """
    findings: list[Finding] = []
    with at_the_door(door), looked_up_once():
        for name, pattern in routes_of(door).items():
            route = OF_DOOR[door].get(name)
            if route is None or (only and name not in only):
                continue
            for turn, actor in enumerate(world.actors[door]):
                cells = list(cells_of(pattern, route, actor.own, actor.foreign))
                findings += _ask_all(door, name, route, actor, cells, None if full else turn)
    return findings


def _ask_all(
    door: str, name: str, route: Route, actor: Actor, cells: list[Cell], turn: int | None
) -> Iterator[Finding]:
    missing: dict[str, object] = {}
    for number, cell in enumerate(cells):
        path = cell.address(name, door)
        for method in methods_of(actor, cell, None if turn is None else turn + number):
            sent = route.data if method == "POST" else {}
            empty = sent and (turn is None or cell.kind == OWN)
            if empty and ask(actor, method, path, {})[0].status_code >= 500:
                yield Finding("broke", name, actor.name, method, cell.what, "nothing was sent")
            answer, written = ask(actor, method, path, sent)
            if cell.kind == MISSING:
                missing[method] = face_of(answer, path)
            faults = list(_faults(door, route, actor, method, cell, answer))
            refused = method == "POST" and cell.kind == OWN and answer.status_code < 400
            written = [sql for sql in written if not (route.notes and f'"{route.notes}"' in sql)]
            if written and not refused:
                faults.append(("wrote", written[0][:80]))
            if is_hidden(route, actor, method, cell):
                if method not in missing and cells[0].kind == MISSING:
                    lost = cells[0].address(name, door)
                    missing[method] = face_of(ask(actor, method, lost, sent)[0], lost)
                if face_of(answer, path) != missing.get(method):
                    faults.append(("told apart", f"{answer.status_code} for a hidden row"))
            if actor.left_open:
                faults.append(("left open", actor.left_open))
            for kind, said in faults:
                yield Finding(kind, name, actor.name, method, cell.what, said)


def methods_of(actor: Actor, cell: Cell, turn: int | None) -> tuple[str, ...]:
    """Give the methods by which this actor asks for this object; with a turn, one of those that take turns."""
    asked: tuple[str, ...] = BRIEF if actor.is_brief else cell.methods
    if turn is None:
        return asked
    if len(asked) > len(BRIEF) + 1:
        asked = (*BRIEF, IN_TURN[turn % len(IN_TURN)])
    if cell.kind == HIDDEN:
        return (BRIEF[turn % 2], *asked[len(BRIEF) :])
    return asked


@contextmanager
def looked_up_once() -> Iterator[None]:
    """Whose session a cookie names is looked up once for all requests of a walk, since none of them changes it."""
    sessions: dict[str | None, DeskSession | None] = {}
    accounts: dict[object, Account | None] = {}
    of_session, of_account = SessionStore._get_session_from_db, ModelBackend.get_user

    def session(store: SessionStore) -> DeskSession | None:
        key = store.session_key
        if key not in sessions:
            sessions[key] = of_session(store)
        return sessions[key]

    def account(backend: ModelBackend, pk: object) -> Account | None:
        if pk not in accounts:
            accounts[pk] = of_account(backend, pk)
        return copy.copy(accounts[pk])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SessionStore, "_get_session_from_db", session)
        patch.setattr(ModelBackend, "get_user", account)
        yield


def _faults(
    door: str, route: Route, actor: Actor, method: str, cell: Cell, answer: HttpResponse
) -> Iterator[tuple[str, str]]:
    status = answer.status_code
    if status >= 500:
        yield _why_broken(answer), str(status)
    elif status not in expected(door, route, actor, method, cell):
        yield "status", str(status)
    elif (
        status == 302
        and must_log_in(door, route, actor)
        and not answer.headers["Location"].startswith("/login/?next=")
    ):
        yield "status", answer.headers["Location"]
    whole = b"\n".join([answer.content, str(answer.headers).encode(), answer.cookies.output().encode()])
    for mark in sorted(actor.forbidden(route)):
        if mark.encode() in whole:
            yield ("name" if mark in {actor.own.marks.nym, actor.own.marks.way} else "canary"), mark


def _why_broken(answer: HttpResponse) -> str:
    """Name what fell over: rows that were asked for with no scope open, written outside of it, or anything else."""
    problem = (getattr(answer, "exc_info", None) or [None])[0]
    return {Unscoped: "unscoped", OutOfScope: "out of scope"}.get(problem, "broke")


def is_hidden(route: Route, actor: Actor, method: str, cell: Cell) -> bool:
    """Must this answer look like that for a row which is not there?"""
    too_low = actor.role < route.needed(method) and bool(cell.filled)
    return cell.kind == HIDDEN or (cell.kind == OWN and too_low)


def must_log_in(door: str, route: Route, actor: Actor) -> bool:
    return door == "desk" and actor.role == NOBODY and route.least > NOBODY


def expected(door: str, route: Route, actor: Actor, method: str, cell: Cell) -> frozenset[int]:
    """The answers that the declaration allows."""
    if must_log_in(door, route, actor):
        # What was typed waits in the page of the login.
        return frozenset({302, 403} if method == "POST" else {302})
    if method not in route.methods:
        # A page that asks for access first is not there for whoever may not see it, by any method.
        hidden = (
            door == "desk"
            and route.methods == FORM
            and route.least > NOBODY
            and not may_see(route, actor, cell)
        )
        return frozenset({404 if hidden else 405})
    if route.key:
        return frozenset({401})
    if cell.kind == OWN and actor.role >= route.needed(method):
        return frozenset({200, 302}) | (route.also if method == "POST" else frozenset())
    return frozenset({404})


def may_see(route: Route, actor: Actor, cell: Cell) -> bool:
    """May this actor see such pages of the organisation in the address, whatever row it names?"""
    org = dict(cell.filled).get("org", actor.own.slug)
    return org == actor.own.slug and actor.role >= route.least


def face_of(answer: HttpResponse, path: str) -> object:
    """Everything an answer shows, but for the address asked for, the token that is drawn anew each time, and the time.

    The cookie with the minute of the last use comes with the first answer of a minute, whatever was asked for.
    """
    location = answer.headers.get("Location", "")
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in {"Location", "Expires", "Content-Length"}
    }
    body = TOKEN.sub(rb"\1", answer.content).replace(path.encode(), b"")
    return (
        answer.status_code,
        location.startswith("/login/"),
        body,
        sorted(headers.items()),
        {name for name in answer.cookies if not name.endswith(USED)},
    )


def ask(actor: Actor, method: str, path: str, data: dict[str, str]) -> tuple[HttpResponse, list[str]]:
    """Send one request as this actor, undo whatever it changed, and give the answer and what it wrote."""
    written: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and KEEPS_OPEN not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    actor.client.cookies = SimpleCookie(actor.cookies or {})
    with ExitStack() as undone:
        # As in a thread that serves: nothing is open before, and nothing may be after.
        undone.enter_context(no_scope())
        for door in ("square", "desk"):
            undone.enter_context(transaction.atomic(using=door))
            undone.enter_context(connections[door].execute_wrapper(note))
            undone.callback(transaction.set_rollback, True, using=door)
        answer: HttpResponse = getattr(actor.client, method.lower())(path, data)
        left = current_scope()
        actor.left_open = left.why if left else ""
    return answer, written
