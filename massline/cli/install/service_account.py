"""Runs a command as one of the house's services does: its account, its settings, its data folder."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from massline.cli.install.layout import DESK, SETTINGS, SQUARE, STATE, read_settings

DATA = {SQUARE: STATE / "square", DESK: STATE / "desk"}
FILES = {SQUARE: SETTINGS / "square.env", DESK: SETTINGS / "desk.env"}


def run_as(
    account: str, command: Path | str, *arguments: str, silent: bool = False
) -> "subprocess.CompletedProcess[bytes]":
    """Run `massline ARGUMENTS` under an account of a service and show what it says, or keep it and show only errors."""
    groups = [SQUARE] if account == DESK else []
    return subprocess.run(
        [str(command), *arguments],
        env=environment_of(account, os.environ),
        user=account,
        group=account,
        extra_groups=groups,
        umask=0o077,
        cwd="/",
        stdout=subprocess.PIPE if silent else None,
    )


def environment_of(account: str, environ: Mapping[str, str]) -> dict[str, str]:
    plain = {
        name: value for name, value in environ.items() if name in {"PATH", "LANG", "LC_ALL", "TERM", "TZ"}
    }
    file = FILES[account]
    if not file.is_file():
        raise click.ClickException(f"There is no {file} on this machine; `massline install` writes it.")
    return plain | read_settings(file) | {"MASSLINE_DATA": str(DATA[account])}


def require_root() -> None:
    if os.geteuid():
        raise click.ClickException("Only root can do this: it acts under the accounts of the services.")


@click.command("as", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("service", type=click.Choice(["square", "desk"]))
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, required=True)
def run_as_service(service: str, arguments: tuple[str, ...]) -> None:
    """Run a command as an installed service does, for example: massline as desk doctor."""
    require_root()
    account = SQUARE if service == "square" else DESK
    sys.exit(run_as(account, Path(sys.argv[0]).resolve(), *arguments).returncode)
