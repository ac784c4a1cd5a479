"""Only pages import pages, so that no verb, model or rule hangs on one: found by what a module does, not by its name."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any

import grimp
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

DOORS = ("massline.urls_desk", "massline.urls_square")
# django-ninja answers these routes by a function of its own.
ANSWERED_BY_NINJA = "massline.desk.api.endpoints"


def routed_functions(resolver: URLResolver) -> Iterator[Any]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback
        else:
            yield from routed_functions(pattern)


def is_url_list(module: str) -> bool:
    return module.endswith("urls") and hasattr(import_module(module), "urlpatterns")


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("massline", cache_dir=None)


@pytest.fixture(scope="module")
def pages(imports: grimp.ImportGraph) -> set[str]:
    """Modules that answer a route of either door, and those that list routes."""
    routed = [function for door in DOORS for function in routed_functions(get_resolver(door))]
    answering = {
        (function.func if isinstance(function, partial) else function).__module__ for function in routed
    }
    lists = {module for module in imports.modules if is_url_list(module)}
    return (answering | lists | {*DOORS, ANSWERED_BY_NINJA}) & imports.modules


def imported_pages(imports: grimp.ImportGraph, pages: set[str]) -> set[tuple[str, str]]:
    """Importer and page, wherever what is no page imports one: who imports through others starts with such a step."""
    return {
        (module, page)
        for module in imports.modules - pages
        for page in imports.find_modules_directly_imported_by(module) & pages
    }


def test_what_is_no_page_imports_none(imports: grimp.ImportGraph, pages: set[str]) -> None:
    assert imported_pages(imports, pages) == set()


def test_modules_called_views_are_pages(imports: grimp.ImportGraph, pages: set[str]) -> None:
    called = {module for module in imports.modules if module.endswith((".views", "_views"))}
    assert called - pages == {"massline.engine.line.minority_views", "massline.web.error_views"}


@pytest.mark.parametrize(
    "importer",
    [
        "massline.desk.people.mandate_actions",
        "massline.desk.people.contact_welcome",
        "massline.square.reports.approved_replies",
        "massline.desk.listen.conversations.redaction_model",
        "massline.desk.act.growth.forms",
    ],
)
@pytest.mark.parametrize("page", ["massline.desk.act.growth.person_views", "massline.square.home.well_known"])
def test_a_breach_is_found_in_a_module_of_any_name(
    imports: grimp.ImportGraph, pages: set[str], importer: str, page: str
) -> None:
    imports.add_import(importer=importer, imported=page)
    try:
        assert imported_pages(imports, pages) == {(importer, page)}
    finally:
        imports.remove_import(importer=importer, imported=page)
