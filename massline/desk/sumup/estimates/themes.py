"""Estimates of the themes of a round, from voices of the desk and statements of the square."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet

from massline.core.disclosure_threshold import digest_of_rows, threshold
from massline.desk.listen.rounds.models import Channel, ListeningRound, Voice
from massline.desk.sumup.claims.report_back import shown_statements_of_round
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.estimates.vector_cache import cached_embedder
from massline.embed.embedder_interface import Vectors
from massline.engine import ENGINE_VERSION, privacy
from massline.engine.result_documents import canonical_bytes
from massline.engine.themes import ThemeInput, Themes, document, estimate, estimate_of
from massline.engine.themes.document import SectionGrid, ThemeCells
from massline.jobs.models import enqueue

SEED = 1
ON_SQUARE = ""
# Rows of an imported file: nobody knows whether each is another person.
ENTRY = "entry "
MOST_ROWS = 10


@dataclass(frozen=True)
class ThemeText:
    """A text for the theme estimate. Texts with the same `person` are, or may be, by the same person."""

    name: str
    text: str
    person: str
    section: str
    day: date
    language: str
    kind: str


def take_theme_snapshot(round_: ListeningRound) -> ThemeSnapshot:
    """Estimate the themes of all texts so far; return the latest snapshot if nothing is new.

    Themes with mostly the same texts keep their ids, and themes that are new since the last snapshot are marked.
    """
    words, least = theme_texts(round_), threshold(round_.organisation)
    has_imported = any(text.person.startswith(ENTRY) for text in words)
    rows = [(text.name, text.text, text.section) for text in words]
    digest = digest_of_rows(("people apart from entries", rows) if has_imported else rows, least)
    latest = ThemeSnapshot.objects.filter(round=round_).order_by("-pk").first()
    embed = cached_embedder()
    if latest and (latest.seen_digest, latest.engine_version, latest.embedder) == (
        digest,
        ENGINE_VERSION,
        embed.id,
    ):
        return latest
    vectors = embed.encode([text.text for text in words]) if words else np.zeros((0, 1), np.float32)
    previous = estimate_of(latest.estimate) if latest else None
    estimated = _estimate(words, vectors, embed.encode, previous, k=least.k)
    content, entries = document(estimated), count_entries(words, vectors)
    content = replace(
        content,
        rests_on=replace(content.rests_on, people=content.rests_on.people - entries, entries=entries),
        result=replace(content.result, by_section=count_by_section(estimated, words, k=least.k)),
    )
    return ThemeSnapshot.objects.create(
        round=round_,
        seen=len(words),
        seen_digest=digest,
        engine_version=ENGINE_VERSION,
        seed=SEED,
        embedder=embed.id,
        body=canonical_bytes(content),
    )


def has_kept_its_texts(round_: ListeningRound) -> bool:
    """True if a round has at least as many texts as its latest estimate; themes of words since deleted stay as they are."""
    latest = ThemeSnapshot.objects.filter(round=round_).order_by("-pk").first()
    return latest is not None and len(theme_texts(round_)) >= latest.seen


def request_themes(round_: ListeningRound) -> None:
    """Enqueue the theme estimate of a round; requests while one is waiting are merged."""
    enqueue("sumup.find_themes", using="desk", key=f"themes-{round_.pk}", round_pk=round_.pk)


def theme_texts(round_: ListeningRound) -> list[ThemeText]:
    """Voices and shown statements of a round, sorted by name.

    The voices of a report of n people are assigned to at most n persons in turn.
    """
    voices = Voice.objects.of_round(round_).order_by("report_id", "pk")
    return sorted([*_voices(voices), *_statements(round_)], key=lambda text: text.name)


def _voices(voices: "QuerySet[Voice]") -> Iterable[ThemeText]:
    dealt: Counter[int] = Counter()
    for voice in voices.iterator():
        report = voice.report
        person = dealt[report.pk] % max(report.people, 1)
        dealt[report.pk] += 1
        section = report.section.name if report.section else "–"
        yield ThemeText(
            f"v{voice.uuid}",
            voice.text,
            f"{ENTRY if report.channel == Channel.FILE else 'report '}{report.pk} {person}",
            section,
            report.day,
            voice.language,
            voice.kind,
        )


def _statements(round_: ListeningRound) -> Iterable[ThemeText]:
    for statement in shown_statements_of_round(round_):
        known = statement.mark or statement.author_id
        author = f"author {known}" if known else f"statement {statement.pk}"
        yield ThemeText(
            f"s{statement.uuid}",
            statement.text,
            author,
            ON_SQUARE,
            statement.made_on,
            statement.language,
            "said",
        )


def count_entries(words: Sequence[ThemeText], vectors: Vectors) -> int:
    """Rows of imported files with a text that the estimate keeps; it leaves out texts without letters or figures."""
    kept = (text for text, vector in zip(words, vectors, strict=True) if text.text.strip() and vector.any())
    return len({text.person for text in kept if text.person.startswith(ENTRY)})


def _estimate(
    words: Sequence[ThemeText], vectors: Vectors, encode: Any, previous: Themes | None, *, k: int
) -> Themes:
    from massline.embed import detect_languages

    texts = [text.text for text in words]
    guessed = detect_languages(texts) if texts else []
    given = ThemeInput(
        ids=tuple(text.name for text in words),
        texts=tuple(texts),
        languages=tuple(text.language or guess for text, guess in zip(words, guessed, strict=True)),
        people=tuple(text.person for text in words),
        sections=tuple(text.section for text in words),
        days=tuple(text.day for text in words),
        kinds=tuple(text.kind for text in words),
    )
    return estimate(
        given,
        vectors,
        seed=SEED,
        previous=previous,
        k=k,
        phrase_vectors=encode,
    )


def count_by_section(estimated: Themes, words: Sequence[ThemeText], *, k: int) -> SectionGrid:
    """Numbers of texts by broad theme and section; None for small cells and cells that would reveal them.

    The largest themes have a row each and the others one together, so that every text is counted once.
    """
    section_of = {text.name: text.section for text in words}
    top = estimated.at(1)[:MOST_ROWS]
    rows = [theme.id for theme in top]
    rest = [voice for theme in estimated.at(1)[MOST_ROWS:] for voice in theme.voices]
    spoken = [*(theme.voices for theme in top), *([rest] if rest else [])]
    sections = sorted({section_of[voice] for voices in spoken for voice in voices})
    if not spoken or not sections:
        return SectionGrid()
    labels = [*rows, *(["others"] if rest else [])]
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for row, voices in enumerate(spoken):
        for voice in voices:
            counts[row, sections.index(section_of[voice])] += 1
    table = np.array([[counts[r, c] for c in range(len(sections))] for r in range(len(labels))], np.int64)
    cube = privacy.Cube(("theme", "section"), (tuple(labels), tuple(sections)), table)
    release = privacy.choose_shown_cells(cube, privacy.add_margins("theme", "section"), k=k)
    cells = release.table("theme", "section")
    return SectionGrid(
        sections=tuple(sections),
        rows=tuple(
            ThemeCells(theme=label, cells=tuple(cells[label, section] for section in sections))
            for label in labels
        ),
    )
