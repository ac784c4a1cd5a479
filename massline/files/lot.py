"""`massline lot`: the fairest chances that quotas allow, the list of panels, and the one that dice name."""

import csv
import io
from pathlib import Path

import click

from massline.core.formula_guard import guard_cell
from massline.engine.lot import (
    DICE,
    PanelList,
    Pool,
    Quota,
    document,
    gather_pool,
    leximin_probabilities,
    list_panels,
)
from massline.files.command_options import CommandOptions, estimate_options, progress_steps, source_argument
from massline.files.document_output import deliver_document, write_file
from massline.files.lot_page import lot_page, summary
from massline.files.table_reader import read_all_columns, read_columns
from massline.files.text_columns import parse_count
from massline.files.unreadable_file import Unreadable


@click.command("lot")
@source_argument()
@click.option(
    "--quotas",
    "quotas_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="A table with the columns feature, value, min, max: how many on the panel have each value.",
)
@click.option("--size", type=click.IntRange(1), required=True, help="How many a panel has.")
@click.option(
    "--list",
    "list_out",
    type=click.Path(path_type=Path),
    help="Write the list of panels here (CSV), to publish before the dice are thrown.",
)
@click.option(
    "--dice",
    default="",
    help="What five dice showed in the room, such as 35216; without it, nobody is drawn.",
)
@estimate_options
def lot(
    wanted: CommandOptions, source: Path, quotas_file: Path, size: int, list_out: Path | None, dice: str
) -> None:
    """Draw a panel from the people in SOURCE.

    SOURCE is a table (CSV, XLSX, ODS, Parquet), one row a person: a column id, which is published, and a column for each
    feature of the quotas, which is not. Chance comes from --dice alone, so --seed changes nothing.
    """
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        pool = read_pool(source, read_quotas(quotas_file), size=size)
        begin("Estimating")
        chances = leximin_probabilities(pool)
        panels = list_panels(pool, chances)
        doc = document(pool, chances, panels, dice=dice)
        begin("Writing")
        if list_out is not None:
            write_file(list_out, panel_list_csv(panels, size))
        deliver_document(doc, lot_page, "\n".join(summary(doc)), wanted)


def read_quotas(path: Path) -> list[Quota]:
    """Read `feature, value, min, max`, one row a quota."""
    columns = read_columns(path, needed=("feature", "value", "min", "max"))
    least = columns.read("min", parse_count, "a whole number from 0")
    most = columns.read("max", parse_count, "a whole number from 0")
    rows = zip(columns.text("feature"), columns.text("value"), least, most, strict=True)
    return [Quota(feature=f, value=v, least=low, most=high) for f, v, low, high in rows]


def read_pool(path: Path, quotas: list[Quota], *, size: int) -> Pool:
    """Read the people of a pool, each with an id of their own."""
    columns = read_all_columns(path)
    features = sorted({quota.feature for quota in quotas})
    if missing := [name for name in ["id", *features] if not columns.has(name)]:
        raise Unreadable(f"{columns.source} has no column {' nor '.join(missing)}.")
    values = {feature: columns.text(feature) for feature in features}
    people: dict[str, dict[str, str]] = {}
    for row, id in enumerate(columns.text("id")):
        if not id or id in people:
            raise columns.bad(row + 1, "id", id, "an id that no other row has")
        people[id] = {feature: values[feature][row] for feature in features}
    return gather_pool(people, quotas, size=size)


def panel_list_csv(panels: PanelList, size: int) -> bytes:
    """The list as CSV: what five dice show, and who is on that panel."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f"{DICE} dice", *(f"person {number}" for number in range(1, size + 1))])
    writer.writerows([guard_cell(cell) for cell in line] for line in panels.lines())
    return out.getvalue().encode()
