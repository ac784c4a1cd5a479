"""The living page of parts is drawn by the templates that pages include, in every state, and only organisers see it."""

import re

import pytest

from massline.desk.home.part_samples import SampleForm
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.interface_texts import PACKAGE
from tests.parts import field_errors, shows

PAGE = PACKAGE / "desk/home/templates/desk_home/parts_page.html"
INCLUDED = re.compile(r'{% include "([\w/]+\.html)"')


def test_every_part_on_the_page_is_one_that_pages_include() -> None:
    here = set(INCLUDED.findall(PAGE.read_text()))
    elsewhere = {
        name
        for path in PACKAGE.rglob("*.html")
        if path != PAGE
        for name in INCLUDED.findall(path.read_text())
    }
    assert len(here) >= 10
    assert here <= elsewhere


def test_the_page_shows_each_part_in_its_states(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    page = door.get(f"/{riverside.slug}/parts/")
    for name in re.findall(r'data-part="(part-\w[\w-]*)"', PAGE.read_text()):
        assert shows(page, name)
    for state in ("given", "first-done", "first-open", "example", "slip", "names-locked", "so-far"):
        assert shows(page, state)
    assert not field_errors(page, "sample_line")
    refused = door.get(f"/{riverside.slug}/parts/?refused=1")
    assert shows(refused, "error-summary")
    needed = [name for name, field in SampleForm.base_fields.items() if field.required]
    assert refused.content.decode().count('class="field wrong"') == len(needed)


@pytest.mark.parametrize("path", ["parts/", "parts/?refused=1"])
def test_members_do_not_see_it(path: str, riverside: Organisation, chen: Account) -> None:
    assert at_desk(chen).get(f"/{riverside.slug}/{path}").status_code == 404
