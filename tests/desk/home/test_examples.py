"""An empty list teaches: one example marked as such, at least one thing to press, one red act at most, no empty select."""

import re

import pytest

from massline.desk.home.examples import EXAMPLES
from massline.desk.people.models import Account, Organisation
from tests.conftest import at_desk
from tests.interface_texts import PACKAGE
from tests.parts import shows

EMPTY_PAGES = {
    "listen/": ["rounds"],
    "listen/watches/": ["watches"],
    "listen/needs/": ["needs"],
    "sum-up/": ["sum_ups"],
    "sum-up/answers/": ["answers"],
    "decide/": ["demands", "decisions"],
    "decide/principles/": ["principles"],
    "decide/time/": ["assessments"],
    "decide/motions/": ["motions"],
    "decide/elections/": ["elections"],
    "decide/plans/": ["plans"],
    "decide/promises/": ["promises"],
    "decide/slogans/": ["slogans"],
    "call/": ["calls"],
    "act/": ["events"],
    "act/lists/": ["phone_lists"],
    "act/programmes/": ["programmes"],
    "learn/": ["reviews"],
    "people/": ["people"],
    "people/mandates/": ["mandates"],
}
# Pages that only show what is collected elsewhere; they say where.
COLLECTED_ELSEWHERE = {"listen/needs/", "learn/", "people/"}
SELECT = re.compile(r"<select.*?</select>", re.DOTALL)
OPTION = re.compile(r'<option value="[^"]+')


@pytest.mark.parametrize("path", EMPTY_PAGES)
def test_an_empty_page_shows_an_example_and_something_to_press(
    path: str, riverside: Organisation, bea: Account
) -> None:
    page = at_desk(bea).get(f"/{riverside.slug}/{path}")
    assert page.status_code == 200
    for name in EMPTY_PAGES[path]:
        assert shows(page, "example", EXAMPLES[name]().what)
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    acts = re.findall(r'class="(btn[^"]*)"', main)
    assert sum("main" in act.split() for act in acts) <= 1
    assert path in COLLECTED_ELSEWHERE or acts, "nothing to press"
    for select in SELECT.findall(main):
        assert OPTION.search(select), "a list to choose from with nothing in it"


def test_every_example_is_shown_where_its_list_is_empty() -> None:
    templates = [path.read_text() for path in PACKAGE.rglob("*.html")]
    used = {name for text in templates for name in re.findall(r'{% example "(\w+)" %}', text)}
    assert used == set(EXAMPLES)
    assert {name for names in EMPTY_PAGES.values() for name in names} == set(EXAMPLES)
