"""Every form of the desk that changes a stored row, sent as it was opened before somebody else saved."""

import logging
import time

import pytest

from tests.wall.matrix_world import at_the_door, make_world
from tests.wall.stale_forms import edit_forms


def test_no_form_that_was_opened_earlier_overwrites_what_came_after(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    world = make_world()
    t = time.time()
    with at_the_door("desk"):
        edits = list(edit_forms(world.actors["desk"][-1]))
    print(time.time() - t, len(edits))
    for edit in edits:
        print(edit)
    assert [edit for edit in edits if edit.fault] == []
