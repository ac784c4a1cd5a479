"""Every form of the desk that changes a stored row, sent as it was opened before somebody else saved."""

import logging

import pytest

from tests.wall.matrix_world import at_the_door, make_world
from tests.wall.stale_forms import edit_forms

# A row of the sender's own, which nobody else can change.
OWN = {"/riverside/decide/demands/1/": "what each member holds of a demand is theirs alone"}
LEAST = 30


def test_no_form_that_was_opened_earlier_overwrites_what_came_after(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    world = make_world()
    with at_the_door("desk"):
        edits = list(edit_forms(world.actors["desk"][-1]))
    faults = {edit.sends_to: edit for edit in edits if edit.fault}
    assert {address: edit for address, edit in faults.items() if address not in OWN} == {}
    assert len(edits) - len(faults) >= LEAST
    assert set(faults) == set(OWN)
    assert any(edit.sends_to.endswith("/tried/") for edit in edits)
