"""`massline themes`: what many people speak of, in their own words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import numpy as np

from massline.embed import NAMES, WeightsMissing, choose_embedder, detect_languages
from massline.engine.themes import ThemeInput, document, estimate
from massline.files.options import CommandOptions, deliver_document, estimate_options, progress_steps
from massline.files.table import Unreadable, parse_day, read_columns
from massline.files.themes_page import summary, themes_page

_BATCH = 256


@click.command("themes")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
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
def themes(wanted: CommandOptions, source: Path, model: str | None, threads: int) -> None:
    """Find the themes in SOURCE; no text leaves this machine.

    SOURCE is a CSV or Parquet file with the columns id, text and, where you have them, language, person,
    section, day, kind ("question").
    """
    texts = read_texts(source)
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


def read_texts(path: Path) -> ThemeInput:
    """Read `id, text [, language, person, section, day, kind]`; a missing language is detected."""
    columns = read_columns(
        path, needed=("id", "text"), known=("language", "person", "section", "day", "kind")
    )
    ids, texts = columns.text("id"), columns.verbatim("text")
    seen: dict[str, int] = {}
    for row, name in enumerate(ids, start=1):
        if not name:
            raise Unreadable(f"{columns.source}, row {row}: id is empty; accepted is any id of its own.")
        if seen.setdefault(name, row) != row:
            raise Unreadable(
                f"{columns.source}, row {row}: id {name!r} was there in row {seen[name]}; accepted is one each."
            )
    days: list[date | None] | None = None
    if columns.has("day"):
        days = columns.read(
            "day", lambda text: parse_day(text) if text else None, "a day like 2026-11-21 or nothing"
        )
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
