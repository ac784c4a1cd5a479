"""What is loaded before a door opens."""

import subprocess
import sys
from pathlib import Path

import pytest

from massline.web.startup_preload import form_template_names, own_template_names, preload_shared_data
from tests.ops.house import PATIENCE, environment

LOADED_ONCE = """
import gc, sys
import massline.wsgi
frozen, loaded = gc.get_freeze_count(), set(sys.modules)
from django.db import connections
from django.test import Client
assert all(one.connection is None for one in connections.all()), "a process must not inherit a connection"
Client(headers={"host": "localhost"}).get("/no/such/page/")
fresh = sorted(name for name in set(sys.modules) - loaded if name.startswith(("massline.desk", "massline.square", "django.db")))
print(frozen > 100_000, gc.isenabled(), fresh)
"""


def test_every_template_of_ours_is_found_and_can_be_read(caplog: pytest.LogCaptureFixture) -> None:
    names = own_template_names()
    assert {"web/desk.html", "sumup/sum_up.html", "reports/report.html"} <= set(names)
    assert {"django/forms/widgets/select.html", "django/forms/errors/list/ul.html"} <= set(
        form_template_names()
    )
    preload_shared_data()
    assert not caplog.records


@pytest.mark.parametrize("door", ["square", "desk"])
def test_a_door_is_loaded_before_the_first_comes(tmp_path: Path, door: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED_ONCE],
        env=environment(tmp_path, MASSLINE_DOOR=door, DJANGO_SETTINGS_MODULE="massline.settings"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.stdout == "True True []\n", done.stderr[-2000:] + done.stdout
