"""The least a handler can do: one Django view that inserts one row durably, served as the square is.

How fast a machine is differs from one to the next by more than our own code, so the square is held against this, in the
same run. `python -m drills.baseline_insert_view PORT` serves it on the database that BARE_DB names.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import re_path

from massline.core.db.sqlite import prefer_bundled_sqlite
from massline.core.env import env_database

TABLE = {
    "sqlite": "CREATE TABLE IF NOT EXISTS bare_row (id INTEGER PRIMARY KEY AUTOINCREMENT, sealed BLOB NOT NULL)",
    "postgresql": "CREATE TABLE IF NOT EXISTS bare_row (id BIGSERIAL PRIMARY KEY, sealed BYTEA NOT NULL)",
}


def insert(request: HttpRequest) -> HttpResponseRedirect:
    from django.db import connection

    with connection.cursor() as cursor:
        row = request.POST["contact"].encode().ljust(400)
        cursor.execute("INSERT INTO bare_row (sealed) VALUES (%s)", [row])
    response = HttpResponseRedirect("/manage/aaaaaaaaaaaaaaaaaaaaaaaaaa/thanks/")
    response["Content-Length"] = "0"
    return response


urlpatterns = [re_path("", insert)]


def configure() -> None:
    import django
    from django.conf import settings

    if settings.configured:  # in the process that answers, forked from the one that serves
        return
    prefer_bundled_sqlite()
    settings.configure(
        DATABASES={"default": env_database("BARE_DB", Path(os.environ["MASSLINE_DATA"]) / "bare.sqlite3")},
        ROOT_URLCONF="drills.baseline_insert_view",
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[],
        SECRET_KEY="bare",
    )
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE[connection.vendor])
    connection.close()


def serve(port: int) -> None:
    configure()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from massline.cli.serve import THREADS, YIELDS

    os.nice(YIELDS["square"])
    Server(
        "drills.baseline_insert_view:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS["square"],
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


@contextmanager
def open_bare(env: dict[str, str], port: int) -> Iterator[None]:
    """Serve the bare handler in a process of its own until the block ends."""
    from drills.vote_throughput import wait_for

    process = subprocess.Popen([sys.executable, "-m", "drills.baseline_insert_view", str(port)], env=env)
    try:
        wait_for(process, port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
elif os.environ.get("BARE_HANDLER"):
    from django.core.wsgi import get_wsgi_application

    configure()
    application = get_wsgi_application()
