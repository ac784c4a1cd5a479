"""`massline pulse`: which watched issues are breaking out, and what the next seven days may bring."""

from datetime import date
from pathlib import Path

import click

from massline.engine.not_enough import NotEnough
from massline.engine.pulse import DailyCounts, document, estimate
from massline.engine.pulse.document import SCHEMA, PulseDocument
from massline.engine.result_documents import Shortfall
from massline.files.command_options import (
    CommandOptions,
    day_order_option,
    estimate_options,
    progress_steps,
    source_argument,
)
from massline.files.document_output import deliver_document
from massline.files.pulse_page import pulse_page, summary
from massline.files.table_reader import read_columns

_DAY = "a day like 2026-11-21"
_AMOUNT = "a number from 0"


@click.command("pulse")
@source_argument()
@day_order_option
@estimate_options
def pulse(wanted: CommandOptions, source: Path, month_first: bool | None) -> None:
    """Print what is breaking out among the watched issues in SOURCE, and where it goes.

    SOURCE is a table (CSV, XLSX, ODS, Parquet) with the columns day, count and, where you have them, issue,
    first_seen_at (the day an event was first known) and announced (events announced for that day). Without a column
    count, as in tables of ACLED or the Crowd Counting Consortium, each row is one event.
    """
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        counts = read_counts(source, month_first=month_first)
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


def read_counts(path: Path, *, month_first: bool | None = None) -> DailyCounts:
    """Read `day, count [, issue, first_seen_at, announced]`; an empty count is a day with announcements only.

    Without a column count each row is one event, and a line on the standard error says so.
    """
    columns = read_columns(
        path, needed=("day",), known=("count", "issue", "first_seen_at", "announced"), aliases=("count",)
    )
    days = columns.filled("day", columns.days("day", month_first=month_first), _DAY)
    counts: list[float | None] = [1.0] * columns.rows
    if columns.has("count"):
        counts = columns.amounts("count", accepted=_AMOUNT)
    else:
        click.echo(
            f"{columns.source} has no column count, so each of its {columns.rows} rows is one event.",
            err=True,
        )
    issues = columns.text("issue") if columns.has("issue") else [""] * columns.rows
    seen: list[date | None] = [None] * columns.rows
    if columns.has("first_seen_at"):
        seen = columns.days("first_seen_at", month_first=month_first)
    announced = [0.0] * columns.rows
    if columns.has("announced"):
        announced = [number or 0.0 for number in columns.amounts("announced", accepted=_AMOUNT)]
    return DailyCounts.from_rows(zip(days, counts, issues, seen, announced, strict=True))
