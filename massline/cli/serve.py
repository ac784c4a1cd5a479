"""`massline serve` and `massline work`: one door, or the worker, as its own process."""

import importlib
import os
import signal
import sys
import threading
from types import FrameType

import click

from massline.cli.django_setup import setup_django
from massline.cli.ports import require_free_port

# Votes share commits: the more requests wait for the disk at once, the more votes one commit stores.
THREADS = {"square": 64, "desk": 4}
# How long a thread of Python may go on before another asks it to stop (5 ms by default). The square's threads wait for the
# disk together; where each is stopped in the middle, they only wake one another.
SWITCH_SECONDS = {"square": 0.05, "desk": 0.005}
# If both doors share a machine and the square is flooded, organisers are served first and maps are computed last.
YIELDS = {"square": 5, "desk": 0, "worker": 10}

until_closed = click.option(
    "--until-stdin-closes", is_flag=True, hidden=True, help="End when the process that started this one does."
)
door_argument = click.argument("door", type=click.Choice(["square", "desk"]))


@click.command()
@door_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port; 8000 for the square, 8001 for the desk."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that answer, at the square.",
)
@until_closed
def serve(door: str, host: str, port: int | None, workers: int, until_stdin_closes: bool) -> None:
    """Start one site: the square (public pages) or the desk (organisers’ pages)."""
    if door == "desk" and workers > 1:
        # Each process counts wrong passphrases for itself, so more processes would allow more guesses.
        click.echo("The desk runs in one process, whatever --workers says: that is for the square.", err=True)
        workers = 1
    port = port or (8000 if door == "square" else 8001)
    require_free_port(host, port)
    if until_stdin_closes:
        end_with_parent()
    os.nice(YIELDS[door])
    setup_django(door)
    click.echo(f"The {door} is at http://{host}:{port}")
    serve_requests(host, port, workers)


def serve_requests(host: str, port: int, workers: int) -> None:
    """Answer requests until stopped. The application is loaded first, so that forked processes share it."""
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from massline.web import rate_limits

    importlib.import_module("massline.wsgi")
    rate_limits.divide_allowances_among(workers)
    sys.setswitchinterval(SWITCH_SECONDS[settings.DOOR])
    server = Server(
        "massline.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS[settings.DOOR],
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=3,
    )
    server.serve()


@click.command()
@click.option(
    "--door",
    type=click.Choice(["square", "desk"]),
    default="desk",
    show_default=True,
    help="The desk's worker does the jobs of both databases, the square's only those of the square.",
)
@until_closed
def work(door: str, until_stdin_closes: bool) -> None:
    """Start the worker: it estimates maps, reads feeds, sends messages and deletes what has expired."""
    if until_stdin_closes:
        end_with_parent()
    os.nice(YIELDS["worker"])
    setup_django(door)
    from massline.jobs import worker

    stop = threading.Event()

    def told_to_stop(number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            name = signal.Signals(number).name
            os.write(
                sys.stderr.fileno(),
                f"The worker was told to stop ({name}); it finishes what it began.\n".encode(),
            )
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, told_to_stop)
    worker.work(stop)


def end_with_parent() -> None:
    """Stop once standard input closes, which it does whenever the parent process ends."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()
