"""Both doors on SQLite, killed under load. python -m drills.killed_sqlite KILLS runs it in this process's own house."""

from drills.isolated_run import apart, give
from drills.result import Result
from massline.cli.bootstrap import open_house

LONG, SHORT = 1000, 40


def run(short: bool) -> list[Result]:
    return apart("drills.killed_sqlite", SHORT if short else LONG)


def inside(kills: int) -> list[Result]:
    open_house("desk")
    from drills import kill_loop, stage

    came = kill_loop.kill_again_and_again(stage.build(), kills, kill_loop.kill_doors, seed=7)
    return kill_loop.results("SQLite", kills, came)


if __name__ == "__main__":
    give(inside)
