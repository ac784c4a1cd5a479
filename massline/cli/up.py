"""`massline up`: both doors and the worker on one machine, started and stopped together."""

import os
import threading

import click

from massline.cli.django_setup import door_environment, setup_django
from massline.cli.ports import is_listening, require_free_port
from massline.cli.process_group import ProcessGroup

POLL_SECONDS = 0.05


@click.command()
@click.option(
    "--demo/--empty",
    default=True,
    show_default=True,
    help="On the first start, with or without a demonstration.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address both doors listen on.")
@click.option(
    "--square-port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port of the square.",
)
@click.option(
    "--desk-port",
    type=click.IntRange(1, 65535),
    default=8001,
    show_default=True,
    help="The port of the desk.",
)
def up(demo: bool, host: str, square_port: int, desk_port: int) -> None:
    """Start everything: the public site, the organisers’ site and the worker. Ctrl-C stops it."""
    if square_port == desk_port:
        raise click.ClickException("The square and the desk need two different ports.")
    for port in (square_port, desk_port):
        require_free_port(host, port)
    set_default_addresses(host, square_port, desk_port)
    link = prepare_first_start(demo)
    family = ProcessGroup()
    family.heed_signals()
    try:
        start_processes(family, host, square_port, desk_port)
        if wait_until_listening(family, host, (square_port, desk_port)):
            show_addresses(link)
            family.ended.wait()
        dead = None if family.told_to_stop else family.first_to_die()
    finally:
        family.stop()
    if dead is not None:
        raise click.ClickException(
            f"{dead.name} ended by itself ({_describe_exit(dead.process.returncode)}), so everything was stopped; "
            "its last words are above."
        )
    click.echo("Stopped. Everything is kept.")


def set_default_addresses(host: str, square_port: int, desk_port: int) -> None:
    """Set the addresses in links to the real ports, unless public addresses are set."""
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host
    os.environ.setdefault("MASSLINE_SQUARE_URL", f"http://{shown}:{square_port}")
    os.environ.setdefault("MASSLINE_DESK_URL", f"http://{shown}:{desk_port}")


def prepare_first_start(demo: bool) -> str | None:
    """Prepare the installation; return the one-time link if one is needed."""
    setup_django("desk")
    from django.conf import settings

    from massline.cli import first_start
    from massline.desk.people.scope import scope_to_everything

    first_start.ensure_data_folder()
    first_start.prepare_databases(click.echo)
    first_start.prepare_static(click.echo)
    with scope_to_everything("the first start"):
        if demo and first_start.is_first_start():
            secret: str | None = first_start.build_demo(click.echo)
        else:
            secret = first_start.first_link_secret()
    return first_start.build_link(secret, settings.DESK_URL) if secret else None


def start_processes(family: ProcessGroup, host: str, square_port: int, desk_port: int) -> None:
    square, desk = door_environment("square", os.environ), door_environment("desk", os.environ)
    family.start("The square", ["serve", "square", "--host", host, "--port", str(square_port)], square)
    family.start("The desk", ["serve", "desk", "--host", host, "--port", str(desk_port)], desk)
    family.start("The worker", ["work"], desk)


def wait_until_listening(family: ProcessGroup, host: str, ports: tuple[int, int]) -> bool:
    """Wait until both doors listen; False if a signal arrived or a process ended before."""
    pause = threading.Event()
    while not family.ended.is_set():
        if all(is_listening(host, port) for port in ports):
            return True
        pause.wait(POLL_SECONDS)
    return False


def show_addresses(link: str | None) -> None:
    from django.conf import settings

    from massline.cli import first_start

    lines = [
        ("The square (for everybody)", f"{settings.SQUARE_URL}/"),
        ("The desk (for organisers)", f"{settings.DESK_URL}/"),
    ]
    if link:
        lines.append((f"Your way in, once, {first_start.link_lifetime_days()} days", link))
    for what, address in lines:
        click.echo(f"{what + ':':<31}{address}")
    click.echo(f"Everything is kept in {settings.DATA}. Ctrl-C stops it.")


def _describe_exit(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
