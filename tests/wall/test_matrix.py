"""No address opens to a role its declaration does not name; hidden looks like missing; no compartment shows in another."""

import logging

import pytest
from django.apps import apps
from django.db import models

from tests.trials import Trials
from tests.wall.addresses import OWN, cells_of, routes_of
from tests.wall.declared_desk import DESK, OF_DOOR
from tests.wall.matrix import methods_of, part_of, undeclared, walk
from tests.wall.matrix_world import World, make_world
from tests.wall.route import METHODS

# Hashes and codes that we draw, names of languages and zones, and what the audit says of a row: nobody's words.
OURS = {
    "address",
    "answer_hash",
    "code",
    "colour",
    "confidence",
    "country",
    "digest",
    "embedder",
    "engine_version",
    "form_id",
    "key",
    "kind",
    "known",
    "language",
    "offers",
    "password",
    "previous",
    "public",
    "public_key",
    "section",
    "seen_digest",
    "sent_digest",
    "session_data",
    "session_key",
    "source_digest",
    "subject",
    "shown_level",
    "shown_section",
    "timezone",
    "token_hash",
    "verb",
    "version",
    "votes_digest",
}
PARTS = 6


@pytest.fixture
def world(caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.CRITICAL, "django.request")
    return make_world()


def test_every_address_is_declared_and_every_declaration_has_an_address() -> None:
    assert [undeclared(door) for door in OF_DOOR] == [[], []]


# In parts, so that they can run beside each other.
@pytest.mark.parametrize("part", range(PARTS))
def test_at_the_desk_nothing_answers_that_was_not_declared(world: World, part: int, trials: Trials) -> None:
    assert walk(world, "desk", part_of("desk", part, PARTS), full=trials.full) == []


def test_at_the_square_nothing_answers_that_was_not_declared(world: World) -> None:
    assert walk(world, "square", full=True) == []


def test_where_unanswered_methods_take_turns_every_address_is_asked_for_an_own_row_by_each(
    world: World,
) -> None:
    for name, pattern in routes_of("desk").items():
        asked = {
            method
            for turn, actor in enumerate(world.actors["desk"])
            for number, cell in enumerate(cells_of(pattern, DESK[name], actor.own, actor.foreign))
            for method in methods_of(actor, cell, turn + number)
            if cell.kind == OWN
        }
        assert asked == set(METHODS), name


def test_every_text_that_a_compartment_owns_carries_its_mark(world: World) -> None:
    bare = [
        f"{home.slug}: {column}"
        for home in (world.riverside, world.harbour)
        for column in texts()
        if not column.model._base_manager.filter(**{f"{column.name}__contains": f"zxq{home.slug}"}).exists()
    ]
    assert bare == [], "; ".join(bare)


def texts() -> "list[models.Field[str, str]]":
    """Every column that holds words of people; what we choose or draw ourselves is none of theirs."""
    rooms = [
        app for app in apps.get_app_configs() if app.name.startswith(("massline.desk.", "massline.square."))
    ]
    columns = [column for app in rooms for model in app.get_models() for column in model._meta.fields]
    return [
        column
        for column in columns
        if type(column) in {models.CharField, models.TextField}
        and not column.choices
        and column.name not in OURS
        and f"{column.model.__name__}.{column.name}"
        not in {
            "PaperSet.public",
            "PaperSheet.digest",
            "SourceDay.source",
            "PutOff.item",
            "UrgentRequest.version",
            "Statement.mark",
        }
    ]
