"""Addresses from the resolver of a door, and the objects each of them is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.wall.compartments import Compartment
from tests.wall.route import METHODS, NOBODY, Route

OWN, HIDDEN, MISSING = "own", "hidden", "missing"
ABSENT: dict[str, object] = {
    "secret": "nobody-was-ever-given-this",
    "uuid": UUID(int=7),
    "claim": UUID(int=7),
    "sheet": "poster",
    "code": "no-such-code",
    "source": "p",
    "slug": "no-such-words",
    "name": "no-such-schema",
    "key": f"v{UUID(int=7)}",
    "kind": "calls",
    "file": "wide.png",
    "design": "band",
}
# What is not the name of a row of one compartment alone: the same value is good in any.
SHARED = {"number", "sheet", "code", "source", "kind", "file", "design"}
BRIEF = ("GET", "POST")


@dataclass(frozen=True)
class Cell:
    """One object in one address: somebody's own, one they may not know of, or one that is not there."""

    kind: str
    what: str
    filled: tuple[tuple[str, object], ...]
    methods: tuple[str, ...] = METHODS

    def address(self, name: str, door: str) -> str:
        return reverse(name, kwargs=dict(self.filled), urlconf=f"massline.urls_{door}")


def routes_of(door: str) -> dict[str, URLPattern]:
    """Every address of a door by its full name; one without a name goes by its pattern."""
    return dict(_walk(get_resolver(f"massline.urls_{door}"), ""))


def _walk(resolver: URLResolver, room: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{one.namespace}:" if one.namespace else room)
        else:
            yield f"{room}{one.name or one.pattern}", one


def cells_of(pattern: URLPattern, route: Route, own: Compartment, foreign: Compartment) -> Iterator[Cell]:
    """What is missing comes first: everything hidden is held against it.

    A missing row and an own one are asked by every method. Hidden ones are read, sent to, and asked by one of the
    other methods in turn, which one place of the house answers for all pages.
    """
    parts = pattern.pattern.converters
    has_org, public = "org" in parts, route.least == NOBODY
    lost = {part: _absent(pattern, part) for part in parts if part != "org"}
    if lost:
        yield _cell(MISSING, "missing row", own.slug, has_org, lost)
    elif has_org:
        yield _cell(MISSING, "missing organisation", "no-such-org", True, {})
    for n, rows in enumerate(_filled(route, own)):
        yield _cell(OWN, "own", own.slug, has_org, rows, BRIEF if n else METHODS)
    if not has_org:
        return
    others = cycle(method for method in METHODS if method not in BRIEF)
    ours_too = list(_filled(route, own))
    for rows in _filled(route, foreign):
        # What both have in common, a language for one, names nobody's row.
        if lost and not (public and rows in ours_too):
            also = next(others)
            yield _cell(HIDDEN, "foreign row in own organisation", own.slug, True, rows, (*BRIEF, also))
        if not public:
            yield _cell(HIDDEN, "foreign organisation", foreign.slug, True, rows, BRIEF if lost else METHODS)
    if lost and not (public and ours_too == list(_filled(route, foreign))):
        ours = ours_too[0]
        yield _cell(HIDDEN, "own row in foreign organisation", foreign.slug, True, ours, BRIEF)
        yield from _mixed(route, own, foreign)


def _mixed(route: Route, own: Compartment, foreign: Compartment) -> Iterator[Cell]:
    """An own row with a foreign one beneath it, and the other way round."""
    named = [part for part in route.rows if part not in SHARED]
    if len(named) < 2:
        return
    for ours, theirs in ((own, foreign), (foreign, own)):
        rows = next(_filled(route, ours)) | {named[-1]: next(_filled(route, theirs))[named[-1]]}
        yield _cell(HIDDEN, "own and foreign rows in one address", own.slug, True, rows, BRIEF)


def _cell(
    kind: str,
    what: str,
    slug: str,
    has_org: bool,
    rows: dict[str, object],
    methods: tuple[str, ...] = METHODS,
) -> Cell:
    filled = ({"org": slug} if has_org else {}) | rows
    return Cell(kind, what, tuple(filled.items()), methods)


def _filled(route: Route, home: Compartment) -> Iterator[dict[str, object]]:
    for n in range(max((len(keys) for keys in route.rows.values()), default=1)):
        yield {part: home.rows[keys[min(n, len(keys) - 1)]] for part, keys in route.rows.items()}


def _absent(pattern: URLPattern, part: str) -> object:
    whole_number = type(pattern.pattern.converters[part]).__name__ == "IntConverter"
    return 987_654 if whole_number else ABSENT[part]
