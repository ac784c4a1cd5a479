"""`massline install`: the services, settings and proxy of a house on this machine."""

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from massline.cli.install.layout import (
    DESK,
    SETTINGS,
    SQUARE,
    House,
    installed_command,
    link_of_version,
    read_settings,
    require_reachable_command,
)
from massline.cli.install.running_services import call, enable_services
from massline.cli.install.service_account import require_root, run_as
from massline.cli.install.settings_files import (
    OWNER_IDENTITY,
    below,
    make_backup_keys,
    proxy_files,
    settings_files,
)
from massline.cli.install.units import unit_files
from massline.cli.install.written_files import RECORD, WrittenFiles, put_file
from massline.cli.restore import leave_out_password

COMMAND = Path("/usr/local/bin/massline")
CHOICES = SETTINGS / "choices.json"
DATABASES = ("square_db", "square_db_for_desk", "desk_db")
HOST_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


@click.command()
@click.option("--square", help="The public name, for example riverside.example; asked for otherwise.")
@click.option("--desk", help="The organisers' name, for example desk.riverside.example.")
@click.option(
    "--square-port", type=click.IntRange(1, 65535), help="Where the square listens behind Caddy; 8000."
)
@click.option("--desk-port", type=click.IntRange(1, 65535), help="The same for the desk; 8001.")
@click.option("--workers", type=click.IntRange(1, 64), help="The square's processes; 2.")
@click.option(
    "--square-db", help="The square's database on PostgreSQL, by the square's own role; no password."
)
@click.option("--square-db-for-desk", help="The same database, by the desk's role; no password.")
@click.option("--desk-db", help="The desk's database on PostgreSQL; no password.")
@click.option(
    "--databases",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file for you alone (mode 600) with the same three, also with passwords: lines square_db=…, "
    "square_db_for_desk=…, desk_db=….",
)
@click.option("--local-certificates", is_flag=True, default=None, help="Caddy's own authority, for a trial.")
@click.option(
    "--onion", is_flag=True, default=None, help="Write what Tor needs for the square as an onion service."
)
@click.option("--recipient", "recipients", multiple=True, help="Who else can open backups (age1…).")
@click.option(
    "--replace", is_flag=True, help="Take our file where somebody changed it; theirs stays as .before."
)
@click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("/"),
    help="Only write the files, below this folder, to look at them or for an image.",
)
def install(
    recipients: tuple[str, ...], databases: Path | None, replace: bool, root: Path, **choices: Any
) -> None:
    """Set up this machine: services, settings, proxy and backup keys; then start and check everything."""
    os.umask(0o022)
    here = root == Path("/")
    if here:
        require_root()
        require_reachable_command()
    given = {name: choice for name, choice in choices.items() if choice is not None}
    house = choose_house(root, given | read_databases(databases, given))
    is_first = not below(root, RECORD).exists()
    changed = write_files(house, root, recipients, replace=replace)
    if not here:
        click.echo("Only files were written; nothing of this machine was changed.")
        return
    start(house, changed, is_first=is_first)


def read_databases(file: Path | None, given: Mapping[str, Any]) -> dict[str, str]:
    """The addresses in a file; passwords stand there alone, because everybody on a machine can see its commands."""
    for name in DATABASES:
        if name in given and leave_out_password(given[name]) != given[name]:
            raise click.ClickException(
                "Everybody on this machine can see what a command is given, so name addresses with a password in a file "
                "(--databases)."
            )
    if file is None:
        return {}
    if file.stat().st_mode & 0o077:
        raise click.ClickException(f"Others may read {file}: chmod 600 {file}, and change its passwords.")
    addresses = read_settings(file)
    if set(addresses) != set(DATABASES):
        raise click.ClickException(f"{file} needs three lines: {'=…, '.join(DATABASES)}=…")
    return addresses


def choose_house(root: Path, choices: dict[str, Any]) -> House:
    """What was chosen now, else what was chosen the last time; the two names are asked for."""
    file = below(root, CHOICES)
    known = (json.loads(file.read_text()) if file.is_file() else {}) | choices
    for door in ("square", "desk"):
        name = known.get(door) or click.prompt(f"The name of the {door} (for example {door}.example)")
        known[door] = name.strip().lower()
        if not HOST_NAME.fullmatch(known[door]):
            raise click.ClickException(f"{name} is not the name of a host, like riverside.example.")
    if known["square"] == known["desk"]:
        raise click.ClickException("The square and the desk need two different names.")
    if 0 < sum(name in known for name in DATABASES) < len(DATABASES):
        raise click.ClickException(
            "On PostgreSQL name all three: --square-db, --square-db-for-desk, --desk-db (or --databases)."
        )
    return House(**known | {"command": installed_command()})


def write_files(house: House, root: Path, recipients: tuple[str, ...], *, replace: bool) -> set[Path]:
    """Write everything, saying what happens to each file; return those that changed."""
    keys = make_backup_keys(root, recipients)
    written = WrittenFiles.read(root, replace=replace)
    open_files = unit_files(house) | proxy_files(house)
    closed_files = settings_files(house, root, keys.recipients) | keys.fresh
    for path, text in closed_files.items():
        click.echo(written.write(path, text, 0o600))
    for path, text in open_files.items():
        click.echo(written.write(path, text, 0o644))
    version = link_of_version(Path(sys.prefix))
    for path, target in ((version, sys.prefix), (COMMAND, str(house.command))):
        link = below(root, path)
        if not (link.is_symlink() or link.exists()):
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(target)
            click.echo(f"written:   {link} → {target}")
    choices = asdict(house) | {"command": str(house.command)}
    if house.is_on_sqlite:
        choices = {name: choice for name, choice in choices.items() if name not in DATABASES}
    put_file(below(root, CHOICES), json.dumps(choices, indent=1) + "\n", 0o600)
    written.remember()
    if OWNER_IDENTITY in keys.fresh:
        click.echo(
            f"\nCarry {below(root, OWNER_IDENTITY)} away to another machine or a stick, and delete it here: with it you\n"
            "open the backups when this machine is gone. The key beside it (drill.identity) tries them every week."
        )
    return written.changed


def start(house: House, changed: set[Path], *, is_first: bool) -> None:
    """Make the accounts and folders, prepare the databases, start the services, and let the doctor look."""
    call("systemd-sysusers", "/etc/sysusers.d/massline.conf")
    call("systemd-tmpfiles", "--create", "/etc/tmpfiles.d/massline.conf")
    for account, door in ((DESK, "desk"), (SQUARE, "square")):
        if run_as(account, house.command, "prepare", "--door", door).returncode:
            raise click.ClickException(f"The {door} could not be prepared; its words are above.")
    run_as(DESK, house.command, "backup", "--if-due")
    enable_services(changed)
    if is_first:
        run_as(DESK, house.command, "first-login")
    sys.exit(run_as(DESK, house.command, "doctor").returncode)
