"""`massline coverage`: who has been heard, who not, and where to go next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from massline.engine.coverage.document import document, round_coverage, section_in_room
from massline.engine.coverage.estimate import NEXT, compare_room_shares, estimate
from massline.files.command_options import CommandOptions, estimate_options, progress_steps, source_argument
from massline.files.coverage_page import coverage_page, summary
from massline.files.document_output import deliver_document
from massline.files.table_reader import read_columns
from massline.files.text_columns import Columns, parse_count
from massline.files.unreadable_file import Unreadable

_COUNT, _PEOPLE = "a whole number from 0", "a whole number from 1"


@dataclass(frozen=True)
class Heard:
    """One round: people there are, people heard and people who came to the meeting, by section.

    `doubted` are sections left out because more were heard there than live there: their headcount is wrong.
    """

    name: str
    headcount: dict[str, int]
    heard: dict[str, int]
    came: dict[str, int] | None
    doubted: tuple[str, ...] = ()


@click.command("coverage")
@source_argument()
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
def coverage(wanted: CommandOptions, source: Path, conversations: int, public: bool) -> None:
    """Print how many of each section in SOURCE were heard, and where to listen next.

    SOURCE is a table (CSV, XLSX, ODS, Parquet) with the columns section, headcount, heard; with came, to compare a meeting
    with those it speaks for; and with round (a day or a name that sorts), of which the last is told in full.
    """
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        rounds = read_rounds(source)
        begin("Estimating")
        found = [
            estimate(r.headcount, r.heard, conversations=conversations, seed=wanted.seed) for r in rounds
        ]
        last = rounds[-1]
        doc = document(found[-1], k=wanted.threshold.k, public=public)
        if last.doubted:
            doc = replace(
                doc, left_out={**doc.left_out, "sections_heard_beyond_headcount": len(last.doubted)}
            )
        if not public and last.came is not None:
            shares = tuple(section_in_room(share) for share in compare_room_shares(last.headcount, last.came))
            doc = replace(doc, result=replace(doc.result, room=shares))
        if not public and len(rounds) > 1:
            earlier = tuple(round_coverage(r.name, c) for r, c in zip(rounds, found, strict=True))
            doc = replace(doc, result=replace(doc.result, rounds=earlier))
        begin("Writing")
        deliver_document(doc, coverage_page, "\n".join(summary(doc)), wanted)


def read_rounds(path: Path) -> list[Heard]:
    """Read `section, headcount, heard [, came, round]`, one row a section and round, rounds in their sorted order."""
    columns = read_columns(path, needed=("section", "headcount", "heard"), known=("came", "round"))
    heard = columns.read("heard", _or_none, _COUNT)
    came = columns.read("came", _or_none, _COUNT) if columns.has("came") else None
    people = columns.read("headcount", parse_count, _PEOPLE)
    names = columns.text("round") if columns.has("round") else [""] * columns.rows
    sections = _sections(columns, names)
    doubted = [row for row in range(columns.rows) if heard[row] > people[row]]
    for row in doubted:
        sentence = (
            f"{columns.source}, row {row + 1}: {heard[row]} were heard in {sections[row]} of {people[row]} people; the "
            "headcount is too low"
        )
        if len(doubted) == columns.rows:
            raise Unreadable(f"{sentence}.")
        click.echo(f"{sentence}, so this section is left out.", err=True)
    found = []
    for name in sorted(set(names)) or [""]:
        all_rows = [row for row, other in enumerate(names) if other == name]
        rows = [row for row in all_rows if row not in doubted]
        found.append(
            Heard(
                name,
                {sections[row]: people[row] for row in rows},
                {sections[row]: heard[row] for row in rows},
                None if came is None else {sections[row]: came[row] for row in rows},
                tuple(sections[row] for row in all_rows if row in doubted),
            )
        )
    return found


def read_headcounts(columns: Columns) -> dict[str, int]:
    names = _sections(columns, [""] * columns.rows)
    return dict(zip(names, columns.read("headcount", parse_count, _PEOPLE), strict=True))


def _sections(columns: Columns, rounds: Sequence[str]) -> list[str]:
    """The sections' names, each once a round."""
    names = columns.text("section")
    seen: set[tuple[str, str]] = set()
    for row, key in enumerate(zip(names, rounds, strict=True), start=1):
        if not key[0]:
            raise Unreadable(f"{columns.source}, row {row}: section is empty; accepted is any name.")
        if key in seen:
            raise Unreadable(
                f"{columns.source}, row {row}: section {key[0]!r} was there before; accepted is one row each."
            )
        seen.add(key)
    return names


def _or_none(text: str) -> int:
    return parse_count(text) if text else 0
