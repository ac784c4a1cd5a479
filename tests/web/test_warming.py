"""What is loaded before a door opens."""

import pytest

from massline.web.warming import own_templates, warm


def test_every_template_of_ours_is_found_and_can_be_read(caplog: pytest.LogCaptureFixture) -> None:
    names = own_templates()
    assert {"web/desk.html", "sumup/sum_up.html", "reports/report.html"} <= set(names)
    warm()
    assert not caplog.records
