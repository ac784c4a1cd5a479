"""`massline pulse`: which watched issues are breaking out, and what the next seven days may bring."""

from pathlib import Path

import click

from massline.engine.documents import Shortfall
from massline.engine.not_enough import NotEnough
from massline.engine.pulse import DailyCounts, document, estimate
from massline.engine.pulse.document import SCHEMA, PulseDocument
from massline.files.options import CommandOptions, deliver_document, estimate_options, progress_steps
from massline.files.pulse_page import pulse_page, summary
from massline.files.table import parse_day, read_columns

_DAY = "a day like 2026-11-21"
_AMOUNT = "a number from 0"


@click.command("pulse")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@estimate_options
def pulse(wanted: CommandOptions, source: Path) -> None:
    """Take the pulse of the watched issues in SOURCE.

    SOURCE is a CSV or Parquet file with the columns day, count and, where you have them, issue, first_seen_at
    (the day an event was first known) and announced (events announced for that day).
    """
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        counts = read_counts(source)
        begin("Estimating")
        found = estimate(counts, seed=wanted.seed)
        begin("Writing")
        if isinstance(found, NotEnough):
            doc = PulseDocument(
                schema=SCHEMA,
                seed=wanted.seed,
                rests_on={"rows": counts.rows},
                left_out={},
                result=Shortfall(not_enough=found),
            )
        else:
            doc = document(found)
        deliver_document(doc, lambda d: pulse_page(d, counts), "\n".join(summary(doc)), wanted)


def read_counts(path: Path) -> DailyCounts:
    """Read `day, count [, issue, first_seen_at, announced]`; an empty count is a day with announcements only."""
    columns = read_columns(path, needed=("day", "count"), known=("issue", "first_seen_at", "announced"))
    nothing = [""] * columns.rows
    days = columns.read("day", parse_day, _DAY)
    counts = columns.read("count", lambda text: _amount(text) if text else None, _AMOUNT)
    issues = columns.text("issue") if columns.has("issue") else nothing
    seen = (
        columns.read("first_seen_at", lambda text: parse_day(text) if text else None, _DAY)
        if columns.has("first_seen_at")
        else [None] * columns.rows
    )
    announced = (
        columns.read("announced", lambda text: _amount(text) if text else 0.0, _AMOUNT)
        if columns.has("announced")
        else [0.0] * columns.rows
    )
    return DailyCounts.from_rows(zip(days, counts, issues, seen, announced, strict=True))


def _amount(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise ValueError(text)
    return number
