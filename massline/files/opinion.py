"""`massline opinion`: from votes to what unites, what divides and where people stand."""

from dataclasses import replace
from pathlib import Path

import click

from massline.engine.opinion import document, estimate
from massline.files.command_options import CommandOptions, estimate_options, progress_steps, source_argument
from massline.files.document_output import deliver_document
from massline.files.opinion_page import opinion_page, summary
from massline.files.votes_table import read_votes


@click.command("opinion")
@source_argument(folders=True)
@click.option("--participants", is_flag=True, help="Add everybody's id and place to the document.")
@estimate_options
def opinion(wanted: CommandOptions, source: Path, participants: bool) -> None:
    """Print what unites and what divides the people in SOURCE, and in which groups they vote.

    SOURCE is a table (CSV, XLSX, ODS, Parquet) with the columns participant, statement, value (+1 agree, 0 pass,
    -1 disagree, or the usual words for it) and, where you have them, section, weight, voted_at, text; or a Polis
    export: its folder, a zip, or one of its files.
    """
    with progress_steps(wanted, 3) as begin:
        begin("Reading")
        votes = read_votes(source)
        begin("Estimating")
        found = estimate(votes.table, seed=wanted.seed)
        begin("Writing")
        doc = document(found, texts=votes.texts, participants=participants)
        doc = replace(doc, left_out={**doc.left_out, **votes.left_out})
        least = wanted.threshold
        deliver_document(
            doc,
            lambda d: opinion_page(d, threshold=least, topic=votes.topic),
            "\n".join(summary(doc, threshold=least)),
            wanted,
        )
