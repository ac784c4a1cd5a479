"""Both doors on PostgreSQL: the doors are killed, a connection's process is, the server is, all under load.

python -m drills.killed_postgres KILLS runs it in this process's own house.
"""

import os
import random
from typing import TYPE_CHECKING

from drills.isolated_run import print_results, run_isolated
from drills.postgres_server import PostgresServer, run_server
from drills.result import Result
from massline.cli.django_setup import setup_django

if TYPE_CHECKING:
    from drills.door_processes import Door

LONG, SHORT = 200, 10


def run(short: bool) -> list[Result]:
    return run_isolated("drills.killed_postgres", SHORT if short else LONG)


def measure(kills: int) -> list[Result]:
    with run_server() as postgres:
        os.environ["MASSLINE_SQUARE_DB"] = f"{postgres.address}/square"
        os.environ["MASSLINE_DESK_DB"] = f"{postgres.address}/desk"
        setup_django("desk")
        from django.conf import settings

        for name in ("square", "desk"):  # who looks from outside asks each time anew
            del settings.DATABASES[name]["OPTIONS"]["pool"]
        from django.db import connections

        from drills import house_fixture, kill_loop

        built = house_fixture.build_stage()
        connections.close_all()
        postgres.write_down()
        came = kill_loop.kill_repeatedly(built, kills, lambda *where: strike(postgres, *where), seed=7)
        came.found.broken.update(postgres.broken())
        return kill_loop.list_results("PostgreSQL", kills, came)


def strike(postgres: PostgresServer, square: "Door", desk: "Door", draw: random.Random) -> str:
    """Three times of four the doors, else the server: one of its processes, all of them, or an immediate stop."""
    from drills.kill_loop import kill_doors

    how = draw.choices(("doors", "backend", "server", "stop"), (9, 1, 1, 1))[0]
    if how == "backend" and postgres.kill_a_backend():
        postgres.wait_until_ready()
        return "connection's process"
    if how == "server":
        postgres.kill_all()
        postgres.start()
        return "server by kill -9"
    if how == "stop":
        postgres.stop_at_once()
        postgres.start()
        return "server by immediate stop"
    return kill_doors(square, desk, draw)


if __name__ == "__main__":
    print_results(measure)
