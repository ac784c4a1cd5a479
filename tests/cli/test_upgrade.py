"""`massline upgrade` and `massline rollback` name the backup between two versions, and leave everything whole."""

from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from massline.cli.install.upgrade import find_named_backup

START = datetime(2026, 12, 1, 9, 30, 5, 700000, tzinfo=UTC)


def test_the_backup_is_the_one_that_was_just_made_wherever_the_settings_put_it(tmp_path: Path) -> None:
    for name in ("massline-20261201T093005.data.age", "massline-20270101T000000.data.age"):
        (tmp_path / name).touch()
    made, old = tmp_path / "massline-20261201T093005.data.age", tmp_path / "massline-20261130T000000.data.age"
    said = f"The desk: 3 rows in 2 tables\nThe data:    {made}\nThe key bag: somewhere\n"
    assert find_named_backup(said, since=START) == (made, tmp_path / "massline-20261201T093005.keys.age")
    for other in (said.replace(made.name, old.name), said.replace(str(made), f"{made}.gone"), ""):
        old.touch()
        with pytest.raises(click.ClickException, match="could not be found"):
            find_named_backup(other, since=START)
