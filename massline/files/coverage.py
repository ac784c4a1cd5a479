"""`massline coverage`: who has been heard, who not, and where to go next."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from massline.engine.coverage import NEXT, RoomShare, document, estimate, room
from massline.files.columns import Columns, Unreadable, count, read_columns
from massline.files.coverage_page import coverage_page, summary
from massline.files.running import Wanted, deliver, estimate_options, steps

_COUNT = "a whole number from 0"


@dataclass(frozen=True)
class Heard:
    """Per section: how many there are, how many were heard, and how many came to the meeting, if counted."""

    headcount: dict[str, int]
    heard: dict[str, int]
    came: dict[str, int] | None


@click.command("coverage")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--next",
    "conversations",
    type=click.IntRange(0),
    default=NEXT,
    show_default=True,
    help="Conversations to place next.",
)
@click.option("--public", is_flag=True, help="Hide what few people said, for a page anybody may see.")
@estimate_options
def coverage(wanted: Wanted, source: Path, conversations: int, public: bool) -> None:
    """Say who has been heard in SOURCE.

    SOURCE is a CSV or Parquet file with the columns section, headcount, heard and, to compare a meeting with
    those it speaks for, came.
    """
    with steps(wanted, 3) as begin:
        begin("Reading")
        told = read_heard(source)
        begin("Estimating")
        doc = document(
            estimate(told.headcount, told.heard, conversations=conversations, seed=wanted.seed), public=public
        )
        if told.came is not None and not public:
            doc["result"]["room"] = [_room(share) for share in room(told.headcount, told.came)]
        begin("Writing")
        deliver(doc, coverage_page, "\n".join(summary(doc)), wanted)


def read_heard(path: Path) -> Heard:
    """Read `section, headcount, heard [, came]`; each section stands in one row."""
    columns = read_columns(path, needed=("section", "headcount", "heard"), known=("came",))
    names = sections(columns)
    heard = columns.read("heard", _or_none, _COUNT)
    came = columns.read("came", _or_none, _COUNT) if columns.has("came") else None
    return Heard(
        headcounts(columns),
        dict(zip(names, heard, strict=True)),
        None if came is None else dict(zip(names, came, strict=True)),
    )


def headcounts(columns: Columns) -> dict[str, int]:
    return dict(
        zip(sections(columns), columns.read("headcount", count, "a whole number from 1"), strict=True)
    )


def sections(columns: Columns) -> list[str]:
    """The sections' names, each once."""
    names = columns.text("section")
    for row, name in enumerate(names, start=1):
        if not name:
            raise Unreadable(f"{columns.source}, row {row}: section is empty; accepted is any name.")
        if names.index(name) != row - 1:
            raise Unreadable(
                f"{columns.source}, row {row}: section {name!r} was there before; accepted is one row each."
            )
    return names


def _or_none(text: str) -> int:
    return count(text) if text else 0


def _room(share: RoomShare) -> Mapping[str, Any]:
    numbers = {k: float(f"{v:.9g}") if isinstance(v, float) else v for k, v in asdict(share).items()}
    return {**numbers, "standing": share.standing}
