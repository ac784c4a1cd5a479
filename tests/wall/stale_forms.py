"""Forms that change a stored row, found by sending them: what was sent stands in the same field when the page opens again.

Each is sent a second time as it was opened before: then both texts stand side by side, and the first one is kept.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.http import SimpleCookie
from django.utils import timezone

from massline.desk.people.scope import no_scope
from tests.open_forms import Form, Values, forms_of
from tests.parts import shows
from tests.wall.addresses import OWN, cells_of, routes_of
from tests.wall.declared_desk import OF_DOOR
from tests.wall.matrix_world import Actor

MOST_FIELDS = 3
TOLD = ("changed-meanwhile", "reworded-meanwhile")
# Fields of a form that are no part of what it stores.
NO_FIELD = {"csrfmiddlewaretoken", "opened_with", "uuid"}


@dataclass(frozen=True)
class Edit:
    """A form that changes a stored row: its page, and what was wrong when it was sent as opened before; else empty."""

    page: str
    sends_to: str
    field: str
    fault: str = ""


def edit_forms(actor: Actor) -> Iterator[Edit]:
    """Every form of the desk that changes a row, on the pages of this actor's own organisation."""
    done: set[tuple[str, str]] = set()
    for name, pattern in routes_of("desk").items():
        route = OF_DOOR["desk"][name]
        if "GET" not in route.methods or route.key:
            continue
        for cell in cells_of(pattern, route, actor.own, actor.foreign):
            if cell.kind == OWN:
                for edit in _edits_of(actor, cell.address(name, "desk")):
                    if (edit.sends_to, edit.field) not in done:
                        done.add((edit.sends_to, edit.field))
                        yield edit


def _edits_of(actor: Actor, address: str) -> Iterator[Edit]:
    with undone(actor):
        page = _get(actor, address)
    for form in forms_of(page):
        if form.method == "post" and "/log-out/" not in form.action:
            for field in islice(_writable(form), MOST_FIELDS):
                with undone(actor):
                    edit = _try(actor, address, form, field)
                if edit is not None:
                    yield edit
                    break


def _try(actor: Actor, address: str, form: Form, field: str) -> Edit | None:
    """Send the form twice as it was opened; None where the first time changed nothing that the page shows again."""
    sends_to, before = form.action or address, form.values.get(field, [""])
    first, second = islice(_others(form, field), 2)
    if actor.client.post(sends_to, _sent(form, field, first)).status_code not in {200, 302}:
        return None
    if _now(actor, address, form, field) != [first] or before == [first]:
        return None
    answer = actor.client.post(sends_to, _sent(form, field, second), follow=True)
    if answer.status_code >= 500:
        return Edit(address, sends_to, field, f"{answer.status_code}")
    if not any(shows(answer, name) for name in TOLD):
        return Edit(address, sends_to, field, "not told")
    if _now(actor, address, form, field) != [first]:
        return Edit(address, sends_to, field, "overwritten")
    page = answer.content.decode()
    if not any(second in again.values.get(field, []) for again in forms_of(page)):
        return Edit(address, sends_to, field, "lost what was typed")
    return Edit(address, sends_to, field)


def _sent(form: Form, field: str, value: str) -> Values:
    return {**form.pressed(), field: [value]}


def _get(actor: Actor, address: str) -> str:
    answer: Any = actor.client.get(address)
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.content.decode() if is_page else ""


def _now(actor: Actor, address: str, form: Form, field: str) -> list[str]:
    """What the field holds when its page is opened again."""
    again = [other for other in forms_of(_get(actor, address)) if other.action == form.action]
    return next((other.values[field] for other in again if field in other.values), [])


def _writable(form: Form) -> Iterator[str]:
    for name, kind in form.kinds.items():
        is_written = name not in NO_FIELD and kind not in {"hidden", "checkbox", "password"}
        if is_written and len(list(islice(_others(form, name), 2))) == 2:
            yield name


def _others(form: Form, field: str) -> Iterator[str]:
    """Values that this field could take instead of its own."""
    kind, value = form.kinds[field], (form.values.get(field) or [""])[0]
    if kind in {"select", "radio"}:
        yield from (choice for choice in form.choices.get(field, []) if choice and choice != value)
    elif kind == "number":
        start = int(value) if value.isdecimal() else 3
        yield from (str(start + more) for more in (1, 2))
    elif kind == "date":
        start_day = date.fromisoformat(value) if value else timezone.localdate() + timedelta(days=20)
        yield from ((start_day + timedelta(days=more)).isoformat() for more in (1, 2))
    elif kind in {"text", "textarea", "search"}:
        yield from (f"{value} {more}".strip() for more in ("First", "Second"))


@contextmanager
def undone(actor: Actor) -> Iterator[None]:
    """Undo whatever is changed within, as in a thread that serves."""
    actor.client.cookies = SimpleCookie(actor.cookies or {})
    with ExitStack() as stack:
        stack.enter_context(no_scope())
        for door in ("square", "desk"):
            stack.enter_context(transaction.atomic(using=door))
            stack.callback(transaction.set_rollback, True, using=door)
        yield
