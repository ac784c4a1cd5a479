"""Jobs of elections: ballots are written anew each night, so that no version of a row tells when it was cast."""

from pathlib import Path

from django.conf import settings
from django.db import connections

from massline.core.db.row_versions import forget_row_versions
from massline.jobs.nightly import do_nightly
from massline.jobs.registry import every
from massline.square.elections.models import Ballot


@every(minutes=60, database="square")
def forget_order_of_ballots() -> None:
    """On PostgreSQL, which numbers row versions by their transaction; SQLite keeps no such number."""
    if connections["square"].vendor != "postgresql":
        return
    unfinished = Path(settings.DATA) / "ballot-versions.unfinished"
    do_nightly(
        "ballot-versions",
        lambda: forget_row_versions(((Ballot, "cast_on"),), using="square", unfinished=unfinished),
    )
