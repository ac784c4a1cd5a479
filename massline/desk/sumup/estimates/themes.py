"""The themes of a round: voices of the desk and statements of the square, in one tree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet

from massline.core.disclosure import digest_of_rows, threshold
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.report_back import statements_of
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.estimates.vector_cache import remembering
from massline.engine import ENGINE_VERSION, privacy
from massline.engine.documents import canonical
from massline.engine.themes import ThemeInput, Themes, document, estimate, restored
from massline.jobs.models import enqueue

SEED = 1
ON_SQUARE = ""
MOST_ROWS = 10


@dataclass(frozen=True)
class Word:
    """One text to be put among the themes. `person` tells only that two texts are by the same one, or may be."""

    name: str
    text: str
    person: str
    section: str
    day: date
    language: str
    kind: str


def take_theme_snapshot(round_: ListeningRound) -> ThemeSnapshot:
    """Estimate the themes of everything said so far. One path for worker, button, demo and test.

    Where nothing was said since the last time, the last snapshot is given back. Themes that hold mostly the same
    words keep their ids, and the next snapshot tells which of its themes are new.
    """
    words, least = words_of(round_), threshold(round_.organisation)
    digest = digest_of_rows([(one.name, one.text, one.section) for one in words], least)
    latest = ThemeSnapshot.objects.filter(round=round_).order_by("-pk").first()
    embed = remembering()
    if latest and (latest.seen_digest, latest.engine_version, latest.embedder) == (
        digest,
        ENGINE_VERSION,
        embed.id,
    ):
        return latest
    found = _estimate(words, embed.encode, restored(latest.document) if latest else None, k=least.k)
    told = document(found)
    told["result"]["by_section"] = by_section(found, words, k=least.k)
    return ThemeSnapshot.objects.create(
        round=round_,
        seen=len(words),
        seen_digest=digest,
        engine_version=ENGINE_VERSION,
        seed=SEED,
        embedder=embed.id,
        body=canonical(told),
    )


def want_themes(round_: ListeningRound) -> None:
    """Ask the worker for the themes of a round; asked twice, it does them once."""
    enqueue("sumup.find_themes", using="desk", key=f"themes-{round_.pk}", round_pk=round_.pk)


def words_of(round_: ListeningRound) -> list[Word]:
    """Voices and shown statements of a round, by name.

    A report of n people holds the words of n people at most: its voices are dealt out among so many.
    """
    voices = Voice.objects.of_round(round_).order_by("report_id", "pk")
    return sorted([*_voices(voices), *_statements(round_)], key=lambda one: one.name)


def _voices(voices: "QuerySet[Voice]") -> Iterable[Word]:
    dealt: Counter[int] = Counter()
    for voice in voices.iterator():
        report = voice.report
        person = dealt[report.pk] % max(report.people, 1)
        dealt[report.pk] += 1
        section = report.section.name if report.section else "–"
        yield Word(
            f"v{voice.uuid}",
            voice.text,
            f"report {report.pk} {person}",
            section,
            report.day,
            voice.language,
            voice.kind,
        )


def _statements(round_: ListeningRound) -> Iterable[Word]:
    for one in statements_of(round_):
        author = f"author {one.author_id}" if one.author_id else f"statement {one.pk}"
        yield Word(f"s{one.uuid}", one.text, author, ON_SQUARE, one.made_on, one.language, "said")


def _estimate(words: Sequence[Word], encode: Any, previous: Themes | None, *, k: int) -> Themes:
    from massline.embed import detect

    texts = [one.text for one in words]
    guessed = detect(texts) if texts else []
    given = ThemeInput(
        ids=tuple(one.name for one in words),
        texts=tuple(texts),
        languages=tuple(one.language or guess for one, guess in zip(words, guessed, strict=True)),
        people=tuple(one.person for one in words),
        sections=tuple(one.section for one in words),
        days=tuple(one.day for one in words),
        kinds=tuple(one.kind for one in words),
    )
    vectors = encode(texts) if texts else np.zeros((0, 1), np.float32)
    return estimate(
        given,
        vectors,
        seed=SEED,
        previous=previous,
        k=k,
        phrase_vectors=encode,
    )


def by_section(found: Themes, words: Sequence[Word], *, k: int) -> dict[str, Any]:
    """How many texts of each broad theme came from which section; small cells, and what gives them away, are None.

    The largest themes have a row of their own, the others one together, so that every text is counted once.
    """
    section_of = {one.name: one.section for one in words}
    top = found.at(1)[:MOST_ROWS]
    rows = [theme.id for theme in top]
    rest = [voice for theme in found.at(1)[MOST_ROWS:] for voice in theme.voices]
    spoken = [*(theme.voices for theme in top), *([rest] if rest else [])]
    sections = sorted({section_of[voice] for voices in spoken for voice in voices})
    if not spoken or not sections:
        return {"sections": [], "rows": []}
    labels = [*rows, *(["others"] if rest else [])]
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for row, voices in enumerate(spoken):
        for voice in voices:
            counts[row, sections.index(section_of[voice])] += 1
    table = np.array([[counts[r, c] for c in range(len(sections))] for r in range(len(labels))], np.int64)
    cube = privacy.Cube(("theme", "section"), (tuple(labels), tuple(sections)), table)
    release = privacy.protect(cube, privacy.with_margins("theme", "section"), k=k)
    cells = release.table("theme", "section")
    return {
        "sections": sections,
        "rows": [
            {"theme": label, "cells": [cells[label, section] for section in sections]} for label in labels
        ],
    }
