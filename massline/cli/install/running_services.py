"""Stops and starts the services of an installed house."""

import subprocess
from collections.abc import Collection
from pathlib import Path

import click

from massline.cli.install.layout import UNITS, is_booted_by_systemd

PROCESSES = ("massline-square.service", "massline-desk.service", "massline-worker.service")
TIMER = "massline-backup.timer"


def call(*command: str) -> None:
    """Run a program of the system. Raises ClickException with what it says."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError as problem:
        raise click.ClickException(f"The program {command[0]} is not here.") from problem
    if done.returncode:
        raise click.ClickException(f"{' '.join(command)} did not work: {done.stderr.strip()[-300:]}")


def enable_services(changed: Collection[Path]) -> None:
    """Start everything now and at each start of the machine; what runs is restarted where a file of it changed."""
    if not _systemd_runs():
        return
    call("systemctl", "daemon-reload")
    call("systemctl", "enable", "--quiet", "massline.target", TIMER, *PROCESSES)
    if affects_processes(changed):
        start_services()
    else:
        call("systemctl", "start", "massline.target", TIMER, *PROCESSES)
        click.echo(
            "Nothing changed for the services, so none was restarted: systemctl restart massline.target does."
        )
    # Caddy reads its file again without leaving anybody waiting, also where a run before this one ended early.
    call("systemctl", "reload-or-restart", "caddy.service")


def affects_processes(changed: Collection[Path]) -> bool:
    """True if one of the files is a unit or holds settings."""
    return any(path.parent == UNITS or path.suffix == ".env" for path in changed)


def start_services() -> None:
    """Start everything, and restart what runs already."""
    if _systemd_runs():
        call("systemctl", "start", "massline.target", TIMER)
        call("systemctl", "restart", *PROCESSES)


def stop_services(*names: str) -> None:
    """Stop these, or all that touch the databases."""
    if _systemd_runs():
        call("systemctl", "stop", *(names or (TIMER, "massline-backup.service", *PROCESSES)))


def _systemd_runs() -> bool:
    runs = is_booted_by_systemd()
    if not runs:
        click.echo("systemd does not run here, so no service is started or stopped.")
    return runs
