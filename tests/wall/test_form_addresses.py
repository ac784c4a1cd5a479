"""A page that a refused form brings back stands at that form's address: every other form on it names its own.

A form without an address sends to where its page stands. Once a motion that was carried was recorded as rejected so: the
page had come back at the address that closes the vote, and what was typed into the form of the counts went there.
"""

from collections.abc import Iterator

from tests.open_forms import Form, forms_of
from tests.wall.addresses import OWN, cells_of, routes_of
from tests.wall.declared_desk import OF_DOOR
from tests.wall.matrix import ask
from tests.wall.matrix_world import at_the_door, make_world


def unnamed_forms(page: str, address: str) -> list[Form]:
    """Forms whose address is that of the page, where another form of the page is the one that was refused there."""
    sent = [form for form in forms_of(page.partition("<main")[2]) if form.method == "post"]
    return [form for form in sent if not form.action] if address in {form.action for form in sent} else []


def refused_pages(door: str) -> Iterator[tuple[str, str]]:
    """Send nothing to every address that only takes forms; give these addresses and the pages that come back."""
    world = make_world()
    reader = [actor for actor in world.actors[door] if actor.own is world.riverside][-1]
    with at_the_door(door):
        for name, pattern in routes_of(door).items():
            route = OF_DOOR[door][name]
            if "GET" in route.methods or "POST" not in route.methods or route.key:
                continue
            for cell in cells_of(pattern, route, reader.own, reader.foreign):
                if cell.kind == OWN:
                    address = cell.address(name, door)
                    answer, _written = ask(reader, "POST", address, {})
                    if answer.headers.get("Content-Type", "").startswith("text/html"):
                        yield address, answer.content.decode()


def test_every_form_of_a_page_that_comes_back_names_its_address() -> None:
    pages = dict(refused_pages("desk"))
    assert len(pages) > 30
    found = {at: unnamed[0].values for at, page in pages.items() if (unnamed := unnamed_forms(page, at))}
    assert found == {}


def test_an_unnamed_form_beside_the_refused_one_is_found() -> None:
    page = '<main><form method="post"></form><form method="post" action="/close/"></form></main>'
    assert unnamed_forms(page, "/counts/") == []
    assert len(unnamed_forms(page, "/close/")) == 1
