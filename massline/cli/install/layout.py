"""Where an installed house keeps what, and which account each of its services runs under."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from massline.cli.install.environment_file import parse_environment

SETTINGS = Path("/etc/massline")
STATE = Path("/var/lib/massline")
BACKUPS = Path("/var/backups/massline")
UNITS = Path("/etc/systemd/system")
PROXY_FILE = Path("/etc/caddy/Caddyfile")
SQUARE, DESK = "massline-square", "massline-desk"
# Folders that the services cannot look into: accounts' own, and what goes with a login.
OWN_FOLDERS = tuple(Path(folder) for folder in ("/root", "/home", "/run/user"))


@dataclass(frozen=True)
class Service:
    """A process of the house: its account, its data folder, its settings and what it may write."""

    name: str
    about: str
    account: str
    command: str
    settings: str
    data: Path
    writes: tuple[Path, ...]
    memory: str
    hides: tuple[Path, ...] = ()

    @property
    def unit(self) -> str:
        return f"massline-{self.name}.service"


@dataclass(frozen=True)
class House:
    """What `massline install` was told: the two names, where the command is, ports and databases."""

    square: str
    desk: str
    command: Path
    square_port: int = 8000
    desk_port: int = 8001
    workers: int = 2
    square_db: str = f"sqlite://{STATE}/shared/square.sqlite3"
    square_db_for_desk: str = f"sqlite://{STATE}/shared/square.sqlite3"
    desk_db: str = f"sqlite://{STATE}/desk/desk.sqlite3"
    local_certificates: bool = False
    onion: bool = False

    @property
    def is_on_sqlite(self) -> bool:
        return self.desk_db.startswith("sqlite:")


def services(house: House) -> tuple[Service, ...]:
    """The square knows nothing of the desk; the desk's process does not see the worker's courier keys."""
    shared, square, desk = STATE / "shared", STATE / "square", STATE / "desk"
    return (
        Service(
            name="square",
            about="the square, for everybody",
            account=SQUARE,
            command=f"serve square --port {house.square_port} --workers {house.workers}",
            settings="square.env",
            data=square,
            writes=(square, shared),
            memory="1G",
            hides=(desk, BACKUPS),
        ),
        Service(
            name="desk",
            about="the desk, for organisers",
            account=DESK,
            command=f"serve desk --port {house.desk_port}",
            settings="desk.env",
            data=desk,
            writes=(desk, shared),
            memory="1G",
            hides=(desk / "courier", BACKUPS),
        ),
        Service(
            name="worker",
            about="the worker",
            account=DESK,
            command="work",
            settings="desk.env",
            data=desk,
            writes=(desk, shared, BACKUPS),
            memory="3G",
        ),
        Service(
            name="backup",
            about="a backup where one is due",
            account=DESK,
            command="backup --if-due",
            settings="desk.env",
            data=desk,
            writes=(desk, shared, BACKUPS),
            memory="1G",
        ),
    )


def read_settings(file: Path) -> dict[str, str]:
    """The settings in a file as systemd reads it."""
    return parse_environment(file.read_text())


def link_of_version(prefix: Path) -> Path:
    """The link that names the version in use: `current`, beside the folder of each version."""
    return prefix.parent / "current"


def installed_command() -> Path:
    """The command by which services start: through the link, so that an upgrade need not change the units."""
    return link_of_version(Path(sys.prefix)) / "bin/massline"


def require_reachable_command() -> None:
    """Raise ClickException if the accounts of the services could not start this installation."""
    prefix = Path(sys.prefix)
    if not (prefix / "bin/massline").exists():
        raise click.ClickException(
            f"There is no command in {prefix / 'bin'}: install the wheel into a virtual environment first (docs/run.md)."
        )
    folders = (prefix, *prefix.parents)
    own = next((folder for folder in folders if folder in OWN_FOLDERS), None)
    if own is not None:
        raise click.ClickException(
            f"Massline is in {prefix}, and services cannot look into {own}. Install it into /opt/massline/VERSION."
        )
    closed = [folder for folder in folders if not folder.stat().st_mode & 0o001]
    if closed:
        raise click.ClickException(
            f"The accounts of the services cannot enter {closed[-1]}: chmod 755 {closed[-1]}"
        )


def is_booted_by_systemd() -> bool:
    return os.path.isdir("/run/systemd/system")
