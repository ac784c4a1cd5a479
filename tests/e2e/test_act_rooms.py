"""Programmes, the test of structure and the legal desk, used on a phone in the house of the demo."""

import pytest

from tests.e2e.act import moment
from tests.e2e.walker import Walker


@pytest.mark.browser
def test_programmes_structure_and_the_legal_desk_on_a_phone(noor: Walker) -> None:
    noor.unfold_every_page()
    help_each_other(noor)
    put_it_to_the_test(noor)
    sit_at_the_desk(noor)


def help_each_other(noor: Walker) -> None:
    """A need becomes a programme, the programme a session, and an offer meets an ask."""
    noor.go("/riverside/act/programmes/")
    noor.fill(name="Heaters on loan", need="Nine flats have no heat at night.")
    noor.press("Start it")
    noor.reads("Nine flats have no heat at night.")
    noor.page.locator("main [name=kind]").first.select_option(index=0)
    noor.fill(words="A heater until Friday")
    noor.press("Note it")
    noor.reads("A heater until Friday")
    noor.page.locator("main [name=kind]").first.select_option(index=1)
    noor.fill(words="Two heaters, one with a timer")
    noor.press("Note it")
    noor.reads("Two heaters, one with a timer")
    noor.fill(starts_at=moment(2, 17), ends_at=moment(2, 18), place="The laundry", run_by="Block C")
    noor.press("Set it")
    noor.reads("The laundry")


def put_it_to_the_test(noor: Walker) -> None:
    noor.go("/riverside/act/structure/")
    noor.fill(deed="Sign the letter in the open", begins_on=moment(0, 9)[:10], ends_on=moment(9, 9)[:10])
    noor.press("Save the test")
    noor.reads("Sign the letter in the open")


def sit_at_the_desk(noor: Walker) -> None:
    noor.go("/riverside/act/legal/")
    noor.press("I’ll take this shift")
    noor.press("Give up this shift")
    noor.fill(post="The corner of Mill Lane")
    noor.press("Save", exact=True)
    noor.reads("The corner of Mill Lane")
    noor.fill(what="Three vans, engines off", street="Harbour Square, east side")
    noor.press("Save the report")
    noor.reads("Three vans, engines off")
    noor.press("Save the check")
    noor.fill(word="Blue scarf", taken="Ten past five", where="The station at the quay")
    noor.press("Save and lock it")
    noor.reads("Saved and locked. A key-holder can read it; call the lawyer now.")
    assert "Blue scarf" not in noor.text
