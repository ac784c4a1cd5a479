"""The matrix finds what we plant, each leak by its own name, and nothing where nothing is planted."""

import logging

import pytest
from django.urls import clear_url_caches
from django.urls.utils import get_callable

from tests.wall.isolation import overheard
from tests.wall.matrix import Finding, undeclared, walk
from tests.wall.matrix_world import World, make_world
from tests.wall.planted_leaks import LEAKS, Leak


def test_no_page_of_riverside_tells_what_harbour_lives_through(world: World) -> None:
    assert overheard(world) == []


def test_every_planted_leak_is_found_and_called_by_its_name(world: World) -> None:
    found = {leak.name: {one.kind for one in planted(world, leak)} for leak in LEAKS}
    assert [leak.name for leak in LEAKS if leak.kind not in found[leak.name]] == []
    # A planted view that only falls over would prove nothing.
    assert [leak.name for leak in LEAKS if "broke" in found[leak.name]] == ["an empty post breaks"]
    assert len(found) >= 12


def test_what_was_planted_is_gone_again(world: World) -> None:
    for leak in LEAKS[:2]:
        assert planted(world, leak) != []
        assert look(world, leak) == []


def planted(world: World, leak: Leak) -> list[Finding]:
    with pytest.MonkeyPatch.context() as patch:
        leak.plant(patch, world)
        forget()
        found = look(world, leak)
    forget()
    return found


def forget() -> None:
    """Django remembers addresses and error pages; a planted one must not outlive its test."""
    clear_url_caches()
    get_callable.cache_clear()  # type: ignore[attr-defined]


def look(world: World, leak: Leak) -> list[Finding]:
    if leak.kind == "overheard":
        return overheard(world, (leak.route,))
    if leak.kind in {"undeclared", "no such route"}:
        return undeclared(leak.door)
    return walk(world, leak.door, (leak.route,))


@pytest.fixture
def world(caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.CRITICAL, "django.request")
    return make_world()
