"""`massline mood`: how the mood of each section moves, with how sure that is."""

from datetime import date
from pathlib import Path

import click

from massline.engine.mood import MoodReadings, document, estimate
from massline.engine.mood.document import SCHEMA, MoodDocument, MoodShortfall
from massline.engine.not_enough import NotEnough
from massline.files.command_options import (
    CommandOptions,
    day_order_option,
    estimate_options,
    progress_steps,
    source_argument,
)
from massline.files.document_output import deliver_document
from massline.files.mood_page import mood_page, summary
from massline.files.table_reader import read_columns
from massline.files.text_columns import parse_whole_number


@click.command("mood")
@source_argument()
@day_order_option
@click.option(
    "--every", type=click.IntRange(1), default=7, show_default=True, help="Days between reported days."
)
@estimate_options
def mood(wanted: CommandOptions, source: Path, every: int, month_first: bool | None) -> None:
    """Print the mood of each section in SOURCE over time, with intervals and lasting changes.

    SOURCE is a table (CSV, XLSX, ODS, Parquet) with the columns day (2026-11-21), section, category (a whole number, higher
    is further up the ladder; for votes 1, 0, -1), count and, where you have them, source, item, group.
    """
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        readings = read_readings(source, month_first=month_first)
        begin("Estimating")
        found = estimate(readings, seed=wanted.seed, every=every)
        begin("Writing")
        if isinstance(found, NotEnough):
            doc = MoodDocument(
                schema=SCHEMA,
                seed=wanted.seed,
                rests_on={"rows": readings.rows},
                left_out={},
                result=MoodShortfall(not_enough=found),
            )
        else:
            doc = document(found)
        deliver_document(doc, mood_page, "\n".join(summary(doc)), wanted)


def read_readings(path: Path, *, month_first: bool | None = None) -> MoodReadings:
    """Read `day, section, category, count [, source, item, group]`; equal rows are added up."""
    columns = read_columns(
        path, needed=("day", "section", "category", "count"), known=("source", "item", "group")
    )
    days = columns.filled("day", columns.days("day", month_first=month_first), "a day like 2026-11-21")
    categories = columns.read("category", parse_whole_number, "a whole number")
    counts = columns.filled("count", columns.amounts("count"), "a number from 0")
    rest = [
        columns.text(name) if columns.has(name) else [""] * columns.rows
        for name in ("source", "item", "group")
    ]
    rows: list[tuple[date, str, int, float, str, str, str]] = list(
        zip(days, columns.text("section"), categories, counts, *rest, strict=True)
    )
    return MoodReadings.from_rows(rows, add_up=True)
