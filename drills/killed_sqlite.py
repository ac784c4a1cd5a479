"""Both doors on SQLite, killed under load. python -m drills.killed_sqlite KILLS runs it in this process's own house."""

from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from massline.cli.django_setup import setup_django

LONG, SHORT = 1000, 20


def run(short: bool) -> list[Result]:
    return run_isolated("drills.killed_sqlite", SHORT if short else LONG)


def measure(kills: int) -> list[Result]:
    setup_django("desk")
    from drills import house_fixture, kill_loop

    came = kill_loop.kill_repeatedly(house_fixture.build_stage(), kills, kill_loop.kill_doors, seed=7)
    return kill_loop.list_results("SQLite", kills, came)


if __name__ == "__main__":
    print_results(measure)
