"""`massline line`: which demands unite many, how far they go, and which break a principle."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from massline.engine.line import Comparison, Mark, demand_answers, document, estimate
from massline.engine.line.interval_estimate import Id
from massline.engine.line.principles import MARKS
from massline.engine.opinion.map_schema import SCHEMA, MapDocument, restore_map
from massline.files.command_options import CommandOptions, estimate_options, progress_steps
from massline.files.coverage import read_headcounts
from massline.files.document_output import deliver_document
from massline.files.line_page import line_page, summary
from massline.files.table_reader import read_columns
from massline.files.text_columns import Columns
from massline.files.unreadable_file import Unreadable
from massline.files.votes_table import read_votes

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("line")
@click.argument("source", type=_FILE)
@click.option(
    "--principles", type=_FILE, help="statement, principle, mark (keeps, touches, breaks) [, member]"
)
@click.option(
    "--comparisons", type=_FILE, help="further, less [, member]: which of two demands goes further."
)
@click.option("--sections", type=_FILE, help="section, headcount: to weigh sections by their people.")
@click.option(
    "--votes",
    "ballots",
    type=click.Path(exists=True, path_type=Path),
    help="The votes SOURCE rests on; slates need them.",
)
@estimate_options
def line(
    wanted: CommandOptions,
    source: Path,
    principles: Path | None,
    comparisons: Path | None,
    sections: Path | None,
    ballots: Path | None,
) -> None:
    """Print the few demands in SOURCE that unite most people. SOURCE: a document of `massline opinion --json`."""
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        answers = demand_answers(read_document(source))
        ids = {str(row.id): row.id for row in answers}
        marks = read_marks(principles, ids) if principles else []
        compared = read_comparisons(comparisons, ids) if comparisons else []
        people = (
            read_headcounts(read_columns(sections, needed=("section", "headcount"))) if sections else None
        )
        votes = read_votes(ballots).table if ballots else None
        begin("Estimating")
        found = estimate(
            answers,
            k=wanted.threshold.k,
            marks=marks,
            comparisons=compared,
            headcount=people,
            votes=votes,
            seed=wanted.seed,
        )
        begin("Writing")
        doc = document(found)
        deliver_document(doc, line_page, "\n".join(summary(doc)), wanted)


def read_document(path: Path) -> MapDocument:
    """Read an opinion document, also of an earlier engine."""
    try:
        stored = json.loads(path.read_bytes())
        schema = stored["schema"]
    except (ValueError, KeyError, TypeError) as error:
        raise _not_a_document(path) from error
    if schema != SCHEMA:
        raise Unreadable(f"{path.name} is {schema}; accepted is {SCHEMA}.")
    try:
        return restore_map(stored)
    except (ValueError, TypeError, AttributeError) as error:
        raise _not_a_document(path) from error


def _not_a_document(path: Path) -> Unreadable:
    return Unreadable(f"{path.name} is not a document; accepted is what `massline opinion --json` writes.")


def read_marks(path: Path, ids: Mapping[str, Id]) -> list[Mark]:
    columns = read_columns(path, needed=("statement", "principle", "mark"), known=("member",))
    demands = _demands(columns, "statement", ids)
    marks = columns.read("mark", _mark, "keeps, touches or breaks")
    members = columns.text("member") if columns.has("member") else [""] * columns.rows
    rows = zip(demands, columns.text("principle"), marks, members, strict=True)
    return [Mark(demand, principle, mark, member) for demand, principle, mark, member in rows]


def read_comparisons(path: Path, ids: Mapping[str, Id]) -> list[Comparison]:
    columns = read_columns(path, needed=("further", "less"), known=("member",))
    further, less = _demands(columns, "further", ids), _demands(columns, "less", ids)
    for row, (one, other) in enumerate(zip(further, less, strict=True), start=1):
        if one == other:
            raise columns.bad(row, "less", str(other), "another statement than further")
    members = columns.text("member") if columns.has("member") else [""] * columns.rows
    return [Comparison(f, s, m) for f, s, m in zip(further, less, members, strict=True)]


def _demands(columns: Columns, name: str, ids: Mapping[str, Id]) -> list[Id]:
    def known(text: str) -> Id:
        if text not in ids:
            raise ValueError(text)
        return ids[text]

    return columns.read(name, known, "the id of a statement in the opinion document")


def _mark(text: str) -> str:
    if text.lower() not in MARKS:
        raise ValueError(text)
    return text.lower()
