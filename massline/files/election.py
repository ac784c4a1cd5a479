"""`massline election`: the count of ballots by one of five methods, with every round's table."""

from pathlib import Path
from typing import cast

import click

from massline.engine.elections import METHODS, Method, count_election, document
from massline.engine.elections.count import APPROVING, EQUAL_RANKS, ONE_SEAT
from massline.files.ballots_table import ballots_csv, read_ballots
from massline.files.command_options import CommandOptions, estimate_options, progress_steps, source_argument
from massline.files.document_output import deliver_document, write_file
from massline.files.election_page import election_page, summary


@click.command("election")
@source_argument()
@click.option(
    "--method",
    type=click.Choice(METHODS),
    required=True,
    help="How ballots are counted: docs/methods/elections.md says which method is good for what.",
)
@click.option("--seats", type=click.IntRange(1), default=1, show_default=True, help="How many are elected.")
@click.option(
    "--candidate",
    "candidates",
    multiple=True,
    help="Who stands, once for each; in columns of ranks, ballots that name others are invalid. Without it, everybody in the table.",
)
@click.option(
    "--anonymous",
    type=click.Path(path_type=Path),
    help="Write the merged ballots here (CSV), to publish: this command counts that file to the same bytes.",
)
@estimate_options
def election(
    wanted: CommandOptions,
    source: Path,
    method: str,
    seats: int,
    candidates: tuple[str, ...],
    anonymous: Path | None,
) -> None:
    """Count the ballots in SOURCE.

    SOURCE is a table (CSV, XLSX, ODS, Parquet), one row a ballot: columns rank1, rank2, … with names, or a column for each
    candidate with ranks (1 is the first choice) or crosses (1, x, yes). A column count says how many ballots a row
    stands for, a column invalid why they do not count. --seed is the number drawn in the room; ties fall by it.
    """
    chosen = cast(Method, method)
    if seats > 1 and chosen in ONE_SEAT:
        raise click.BadParameter(f"{chosen} elects one; for several take stv.", param_hint="--seats")
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        ballots = read_ballots(
            source, approvals=chosen in APPROVING, equal_ranks=chosen in EQUAL_RANKS, candidates=candidates
        )
        begin("Counting")
        counted = count_election(ballots, method=chosen, seats=seats, seed=wanted.seed)
        doc = document(counted, ballots, seed=wanted.seed)
        begin("Writing")
        if anonymous is not None:
            write_file(anonymous, ballots_csv(ballots))
        deliver_document(doc, election_page, "\n".join(summary(doc)), wanted)
