"""Names that outlive a move: addresses of both doors, jobs that wait in queues, tables that hold data.

They stand in tests/names.txt. Whoever changes one on purpose changes the line there in the same commit; what queued
jobs, printed addresses and stored rows call by the old name needs a way on.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver

from massline.jobs import registry

NAMES = Path(__file__).with_name("names.txt")


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = "") -> Iterator[str]:
    """Every address as `namespace:name path`."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, path, inside)
        else:
            yield f"{space}{pattern.name} /{path}"


def names() -> dict[str, list[str]]:
    found = {
        f"address {door}": list(addresses(import_module(f"massline.urls_{door}").urlpatterns))
        for door in ("square", "desk")
    }
    found["job"] = list(registry.JOB_TYPES)
    found["round of the worker"] = [
        f"{one.database} every {one.minutes:g} min: {one.run.__name__}" for one in registry.RECURRING_JOBS
    ]
    found["table"] = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    return {kind: sorted(set(lines)) for kind, lines in found.items()}


def kept() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in NAMES.read_text().splitlines():
        if line.startswith("# "):
            here = found.setdefault(line[2:], [])
        elif line:
            here.append(line)
    return found


@pytest.mark.parametrize("kind", kept())
def test_every_name_is_as_it_was_frozen(kind: str) -> None:
    now, then = names()[kind], kept()[kind]
    assert sorted(set(then) - set(now)) == [], f"These are gone: {kind}"
    assert sorted(set(now) - set(then)) == [], f"These are new; write them into {NAMES.name}: {kind}"


def test_every_kind_of_name_is_frozen() -> None:
    assert list(kept()) == list(names())
    assert all(len(lines) > 5 for lines in kept().values())


def test_a_name_that_changes_is_seen() -> None:
    assert "conversations:vote /<slug:org>/c/<slug:slug>/vote/" in names()["address square"]
    assert "conversations.take_snapshot" in names()["job"]
    assert "people_contact" in names()["table"]
