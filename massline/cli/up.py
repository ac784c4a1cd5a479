"""The whole house on one machine: both doors and the worker, started and stopped together."""

import os
import threading

import click

from massline.cli.bootstrap import environment_of, open_house
from massline.cli.ports import answers, need_free
from massline.cli.process_group import Family

SOON_SECONDS = 0.05


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
    """Start everything: both doors and the worker. Ctrl-C stops it."""
    if square_port == desk_port:
        raise click.ClickException("The square and the desk need two different ports.")
    for port in (square_port, desk_port):
        need_free(host, port)
    name_addresses(host, square_port, desk_port)
    link = get_ready(demo)
    family = Family()
    family.heed_signals()
    try:
        start(family, host, square_port, desk_port)
        if opened(family, host, (square_port, desk_port)):
            greet(link)
            family.ended.wait()
        dead = None if family.told_to_stop else family.first_to_die()
    finally:
        family.stop()
    if dead is not None:
        raise click.ClickException(
            f"{dead.name} ended by itself ({_how(dead.process.returncode)}), so everything was stopped; "
            "its last words are above."
        )
    click.echo("Stopped. Everything is kept.")


def name_addresses(host: str, square_port: int, desk_port: int) -> None:
    """Links on pages and posters carry the real ports, unless a public address is set."""
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host
    os.environ.setdefault("MASSLINE_SQUARE_URL", f"http://{shown}:{square_port}")
    os.environ.setdefault("MASSLINE_DESK_URL", f"http://{shown}:{desk_port}")


def get_ready(demo: bool) -> str | None:
    """Prepare the house; give the one-time link where one is needed."""
    open_house("desk")
    from django.conf import settings

    from massline.cli import first_start
    from massline.desk.people.scope import everything

    first_start.need_data_folder()
    first_start.prepare_databases(click.echo)
    first_start.prepare_static(click.echo)
    with everything("the first start"):
        if demo and first_start.is_first_start():
            secret: str | None = first_start.build_demo(click.echo)
        else:
            secret = first_start.way_in()
    return first_start.link_of(secret, settings.DESK_URL) if secret else None


def start(family: Family, host: str, square_port: int, desk_port: int) -> None:
    square, desk = environment_of("square", os.environ), environment_of("desk", os.environ)
    family.start("The square", ["serve", "square", "--host", host, "--port", str(square_port)], square)
    family.start("The desk", ["serve", "desk", "--host", host, "--port", str(desk_port)], desk)
    family.start("The worker", ["work"], desk)


def opened(family: Family, host: str, ports: tuple[int, int]) -> bool:
    """Wait until both doors answer; False where told to stop or one of the family ended before."""
    pause = threading.Event()
    while not family.ended.is_set():
        if all(answers(host, port) for port in ports):
            return True
        pause.wait(SOON_SECONDS)
    return False


def greet(link: str | None) -> None:
    from django.conf import settings

    from massline.cli import first_start

    lines = [
        ("The square (for everybody)", f"{settings.SQUARE_URL}/"),
        ("The desk (for organisers)", f"{settings.DESK_URL}/"),
    ]
    if link:
        lines.append((f"Your way in, once, {first_start.days_left()} days", link))
    for what, address in lines:
        click.echo(f"{what + ':':<31}{address}")
    click.echo(f"Everything is kept in {settings.DATA}. Ctrl-C stops it.")


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
