"""A program: make a house whose doors were never opened, with what its worker does in the first minutes done.

python -m tests.e2e.prepared_house empty|demo    in the folder that MASSLINE_DATA names
"""

import sys

from massline.cli.up import get_ready


def main(what: str) -> None:
    get_ready(demo=what == "demo")
    from massline.jobs.registry import RECURRING_JOBS, job_context
    from massline.jobs.worker import databases, do_all

    for look in RECURRING_JOBS:
        with job_context(look.run.__name__):
            look.run()
    for database in databases():
        do_all(database)


if __name__ == "__main__":
    main(sys.argv[1])
