"""A process that loads a door once and forks it as often as asked, each fork to be killed.

Each opening forks, then listens exactly as `massline serve` does; only the loading of Python's modules is
shared, so that a thousand restarts take minutes and not hours.

python -m drills.fork_server square 8000 [DAYS]      one line on standard input opens the door; the answer is its process
"""

import importlib
import os
import signal
import sys
from contextlib import suppress
from datetime import timedelta

from drills.processor_time import adopt_orphans, reap_children
from massline.cli.django_setup import setup_django
from massline.cli.serve import serve_requests


def main(door: str, port: int, days: float = 0.0) -> None:
    setup_django(door)
    from django.conf import settings

    importlib.import_module("massline.wsgi")
    importlib.import_module(settings.ROOT_URLCONF)
    # Those whose parent was killed come to us, and leave no trace when they end but the time they worked.
    adopt_orphans()
    signal.signal(signal.SIGCHLD, lambda *_: reap_children())
    born = 0
    while sys.stdin.readline():
        born = os.fork()
        if born == 0:
            serve_door(port, days)
        print(born, flush=True)
    with suppress(ProcessLookupError):
        os.killpg(born, signal.SIGKILL)


def serve_door(port: int, days: float) -> None:
    """Be the door, with a clock that may be wrong by some days, until killed."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what the server says is not an answer
    if days:
        import time_machine
        from django.utils import timezone

        time_machine.travel(timezone.now() + timedelta(days=days), tick=True).start()
    serve_requests("127.0.0.1", port, 1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *[float(days) for days in sys.argv[3:]])
