"""`massline upgrade` and `massline rollback`: another version beside the one in use, and back again."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from massline.cli.install.layout import DESK, SQUARE, STATE, link_of_version
from massline.cli.install.release_sums import check_release
from massline.cli.install.replaced_databases import BackupFiles, put_backup_in_place
from massline.cli.install.running_services import start_services, stop_services
from massline.cli.install.service_account import require_root, run_as
from massline.cli.install.settings_files import DRILL_IDENTITY
from massline.cli.install.written_files import put_file

RECORD = STATE / "upgrade.json"
NAMED = re.compile(r"^The data: +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Upgrade:
    """The last upgrade: both versions' folders, and the backup that was made between them."""

    before: str
    after: str
    data: str
    keys: str


@click.command()
@click.argument("wheel", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--requirements",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The lock of the release; requirements.lock beside the wheel otherwise.",
)
@click.option(
    "--find-links",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with every package, where this machine has no network.",
)
@click.option(
    "--signers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the key of whoever made the release (release ssh-ed25519 …): SHA256SUMS must be signed by it.",
)
def upgrade(wheel: Path, requirements: Path | None, find_links: Path | None, signers: Path | None) -> None:
    """Change to another version: back up, install it beside this one, upgrade the tables, check and start."""
    require_root()
    os.umask(0o022)
    link = link_of_version(Path(sys.prefix))
    if not link.is_symlink():
        raise click.ClickException(
            f"There is no {link}: only what `massline install` set up is upgraded by this."
        )
    before = link.resolve()
    lock = requirements or wheel.with_name("requirements.lock")
    if not lock.is_file():
        raise click.ClickException(f"There is no {lock}: name the lock of this release with --requirements.")
    check_release(wheel, lock, signers)
    after = make_environment(link.parent, wheel, lock, find_links)
    try:
        stop_services("massline-worker.service", "massline-backup.timer")
        data, keys = make_backup_before(before)
    except BaseException:
        shutil.rmtree(after)
        start_services()
        raise
    record = Upgrade(str(before), str(after), str(data), str(keys))
    # The worker reads it too, and keeps this backup.
    put_file(RECORD, json.dumps(asdict(record), indent=1) + "\n", 0o644)
    switch(link, after)
    prepare(after, "the worker stands still, and `massline rollback` goes back")
    start_services()
    click.echo(f"Now {after.name}; before it was {before.name}. `massline rollback` goes back to it.")
    sys.exit(run_as(DESK, after / "bin/massline", "doctor").returncode)


@click.command()
@click.option(
    "--keep-data", is_flag=True, help="Go back to the version alone: right where the tables did not change."
)
@click.option(
    "--without-keys",
    is_flag=True,
    help="Go back although the key bag is gone: no key-holder opens a contact then, only the sheets of paper do.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def rollback(keep_data: bool, without_keys: bool, yes: bool) -> None:
    """Go back to the version before the last upgrade, with the backup that was made of it."""
    require_root()
    if not RECORD.is_file():
        raise click.ClickException("No upgrade was made here, so there is nothing to go back to.")
    record = Upgrade(**json.loads(RECORD.read_text()))
    before, link = Path(record.before), link_of_version(Path(sys.prefix))
    backup = None if keep_data else find_recorded_backup(record, without_keys=without_keys)
    if backup:
        click.echo(
            f"Everything that was written since the backup {backup.data.name} is set aside. Invitations and logins are\n"
            "in no backup: whoever was invited and has not come in yet needs a new invitation, and everybody logs in again."
        )
        if not yes:
            click.confirm("Go back?", abort=True)
    try:
        stop_services()
        if backup:
            aside = put_backup_in_place(backup)
            click.echo(f"What was there is in {aside}. Remove it once nobody misses anything.")
        switch(link, before)
        prepare(before, "`massline as desk doctor` says more")
        RECORD.unlink()
    finally:
        start_services()
    click.echo(f"Back at {before.name}.")
    sys.exit(run_as(DESK, before / "bin/massline", "doctor").returncode)


def make_environment(folder: Path, wheel: Path, lock: Path, packages: Path | None) -> Path:
    """A virtual environment for the wheel's version, with exactly what its lock names; whole, or not there at all."""
    version = wheel.name.split("-")[1]
    names = (version if number == 1 else f"{version}-{number}" for number in range(1, 100))
    place = next(folder / name for name in names if not (folder / name).exists())
    near = ["--no-index", "--find-links", str(packages)] if packages else []
    pip = [str(place / "bin/python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    click.echo(f"Installing {version} into {place} …")
    try:
        for command in (
            [str(Path(sys.base_prefix) / "bin/python3"), "-m", "venv", str(place)],
            [*pip, *near, "--require-hashes", "-r", str(lock)],
            [*pip, "--no-deps", "--no-index", str(wheel)],
        ):
            subprocess.run(command, check=True)
    except subprocess.CalledProcessError as problem:
        shutil.rmtree(place, ignore_errors=True)
        raise click.ClickException("It could not be installed; nothing was changed.") from problem
    return place


def make_backup_before(version: Path) -> tuple[Path, Path]:
    """Back up as the version in use does it; return the data and the key bag."""
    start = datetime.now(UTC)
    done = run_as(DESK, version / "bin/massline", "backup", silent=True)
    if done.returncode:
        raise click.ClickException("No backup could be made, so nothing was changed.")
    data, keys = find_named_backup(os.fsdecode(done.stdout), since=start)
    click.echo(f"A backup was made: {data}")
    return data, keys


def find_recorded_backup(upgrade: Upgrade, *, without_keys: bool) -> BackupFiles:
    """The backup between both versions. Raises ClickException where a part of it is gone."""
    data, keys = Path(upgrade.data), Path(upgrade.keys)
    if not data.is_file():
        raise click.ClickException(f"The backup {data} is gone; --keep-data goes back to the version alone.")
    if not (without_keys or keys.is_file()):
        raise click.ClickException(
            f"The key bag {keys} is gone, and without it no key-holder can open a contact. Bring it back to that place, "
            "or say --without-keys (or --keep-data, for the version alone)."
        )
    return BackupFiles(data, keys if keys.is_file() else None, DRILL_IDENTITY)


def find_named_backup(said: str, *, since: datetime) -> tuple[Path, Path]:
    """The data and the key bag that `massline backup` says it made; never an older one, or another machine's."""
    named = NAMED.search(said)
    data = Path("/") / named[1] if named else None
    if data is None or not data.is_file() or data.name < f"massline-{since:%Y%m%dT%H%M%S}":
        raise click.ClickException("The backup that was made could not be found, so nothing was changed.")
    return data, data.with_name(data.name.replace(".data.", ".keys."))


def prepare(version: Path, then: str) -> None:
    """Bring the databases to a version. Raises ClickException, with what to do then, where that does not work."""
    for account, door in ((DESK, "desk"), (SQUARE, "square")):
        if run_as(account, version / "bin/massline", "prepare", "--door", door).returncode:
            raise click.ClickException(f"The {door} could not be prepared; {then}.")


def switch(link: Path, version: Path) -> None:
    """Let the link name another version, in one step."""
    fresh = link.with_name(f"{link.name}.part")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(version)
    fresh.replace(link)
