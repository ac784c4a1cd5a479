"""A refused form says so in the title and on top, with links to its fields; a page without errors says nothing."""

import re

import pytest

from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from tests.conftest import DoorClient, at_desk
from tests.desk.decided_loop import plan_meeting
from tests.parts import parts, shows


@pytest.mark.parametrize(
    "page",
    ["act/plan/", "listen/open/", "decide/record/", "call/how/"],
)
def test_the_summary_leads_to_fields_that_are_there(
    riverside: Organisation, amal: Account, page: str
) -> None:
    door = at_desk(amal)
    answer = door.post(f"/riverside/{page}", {"starts_at": "never", "legal_number": "1" * 99})
    text = answer.content.decode()
    assert answer.status_code != 302
    assert re.search(r"<title>\s*Error: ", text)
    assert shows(text, "error-summary")
    summary = text[text.index('id="errors"') : text.index("</div>", text.index('id="errors"'))]
    assert "autofocus" in summary
    linked = re.findall(r'href="#([^"]+)"', summary)
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(linked) <= ids
    assert linked or page in {"decide/record/"}


@pytest.mark.parametrize("page", ["act/plan/", "listen/open/", ""])
def test_a_fresh_page_has_no_summary(riverside: Organisation, amal: Account, page: str) -> None:
    text = at_desk(amal).get(f"/riverside/{page}").content.decode()
    assert not parts(text, "error-summary")
    assert "<title>Error" not in text


def test_a_neighbour_reads_on_top_what_is_missing(
    riverside: Organisation, bea: Account, nobody: DoorClient
) -> None:
    page = PublicEvent.objects.get(uuid=plan_meeting(riverside, bea).uuid).get_absolute_url()
    form_id = re.search(r'name="form_id" value="([^"]+)"', nobody.get(page).content.decode())
    assert form_id is not None
    text = nobody.post(page, {"form_id": form_id[1], "name": "Rosa"}).content.decode()
    assert re.search(r"<title>\s*Error: ", text)
    assert 'href="#id_contact"' in text
