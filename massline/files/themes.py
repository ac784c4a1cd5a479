"""`massline themes`: what many people speak of, in their own words."""

from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from massline.embed import NAMES, WeightsMissing, choose_embedder, detect_languages
from massline.engine.themes import ThemeInput, document, estimate
from massline.files.command_options import (
    CommandOptions,
    day_order_option,
    estimate_options,
    progress_steps,
    source_argument,
)
from massline.files.document_output import deliver_document
from massline.files.table_reader import read_columns
from massline.files.themes_page import summary, themes_page
from massline.files.unreadable_file import Unreadable

_BATCH = 256


@click.command("themes")
@source_argument()
@day_order_option
@click.option(
    "--embedder",
    "model",
    type=click.Choice(NAMES),
    help="How texts become vectors; else the best that is here.",
)
@click.option(
    "--threads", type=click.IntRange(1), default=1, show_default=True, help="Threads for the vectors."
)
@estimate_options
def themes(
    wanted: CommandOptions, source: Path, model: str | None, threads: int, month_first: bool | None
) -> None:
    """Print the themes of the texts in SOURCE. No text leaves this machine.

    SOURCE is a table (CSV, XLSX, ODS, Parquet) with the column text and, where you have them, id, language, person,
    section, day, kind ("question"). Without a column id, texts are numbered by row.
    """
    texts = read_texts(source, month_first=month_first)
    try:
        chosen = choose_embedder(model, threads=threads)
    except WeightsMissing as error:
        raise click.ClickException(f"{error}".rstrip(".") + ".") from error
    with progress_steps(wanted, 2 + -(-len(texts.ids) // _BATCH)) as begin:
        vectors = np.zeros((len(texts.ids), chosen.dim), np.float32)
        for start in range(0, len(texts.ids), _BATCH):
            begin("Reading meaning")
            batch = texts.texts[start : start + _BATCH]
            vectors[start : start + len(batch)] = chosen.encode(batch)
        begin("Estimating")
        found = estimate(texts, vectors, seed=wanted.seed, k=wanted.threshold.k, phrase_vectors=chosen.encode)
        begin("Writing")
        doc = document(found)
        doc = replace(doc, result=replace(doc.result, embedder=chosen.id))
        words = dict(zip(texts.ids, texts.texts, strict=True))
        deliver_document(doc, lambda d: themes_page(d, words), "\n".join(summary(doc)), wanted)


def read_texts(path: Path, *, month_first: bool | None = None) -> ThemeInput:
    """Read `text [, id, language, person, section, day, kind]`; a missing language is detected, a missing id counted."""
    columns = read_columns(
        path,
        needed=("text",),
        known=("id", "language", "person", "section", "day", "kind"),
        aliases=("language",),
    )
    texts = columns.verbatim("text")
    ids = columns.text("id") if columns.has("id") else [str(row) for row in range(1, columns.rows + 1)]
    seen: dict[str, int] = {}
    for row, name in enumerate(ids, start=1):
        if not name:
            raise Unreadable(f"{columns.source}, row {row}: id is empty; accepted is any id of its own.")
        if seen.setdefault(name, row) != row:
            raise Unreadable(
                f"{columns.source}, row {row}: id {name!r} was there in row {seen[name]}; accepted is one each."
            )
    days = columns.days("day", month_first=month_first) if columns.has("day") else None
    return ThemeInput(
        ids=tuple(ids),
        texts=tuple(texts),
        languages=tuple(_languages(columns.text("language") if columns.has("language") else None, texts)),
        people=_people(columns.text("person"), ids) if columns.has("person") else None,
        sections=tuple(columns.text("section")) if columns.has("section") else None,
        days=tuple(days) if days is not None else None,
        kinds=tuple(columns.text("kind")) if columns.has("kind") else None,
    )


def _languages(given: list[str] | None, texts: list[str]) -> list[str]:
    found = detect_languages(texts)
    return [name or guess for name, guess in zip(given, found, strict=True)] if given else found


def _people(names: list[str], ids: list[str]) -> tuple[str, ...]:
    """A voice without a name counts as a person of its own."""
    return tuple(name or f"voice {identity}" for name, identity in zip(names, ids, strict=True))
