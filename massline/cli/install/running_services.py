"""Stops and starts the services of an installed house."""

import subprocess

import click

from massline.cli.install.layout import is_booted_by_systemd

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


def enable_services() -> None:
    """Start everything now and at each start of the machine."""
    if not _systemd_runs():
        return
    call("systemctl", "daemon-reload")
    call("systemctl", "enable", "--quiet", "massline.target", TIMER, *PROCESSES)
    start_services()
    call("systemctl", "reload-or-restart", "caddy.service")


def start_services() -> None:
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
