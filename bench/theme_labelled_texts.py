"""Labelled short texts, read from the real data beside the checkout."""

import csv
import os
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(os.environ.get("MASSLINE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "themes"
_A_LANGUAGE = 240


@dataclass(frozen=True)
class Labelled:
    """Texts, the class somebody gave each by hand, and the language it was written in."""

    name: str
    texts: tuple[str, ...]
    classes: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(f"v{number:06d}" for number in range(len(self.texts)))


def _rows(path: str) -> list[dict[str, str]]:
    with (FOLDER / path).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _english(name: str, pairs: list[tuple[str, str]]) -> Labelled:
    spoken = [pair for pair in pairs if pair[0].strip()]
    return Labelled(
        name, tuple(text for text, _ in spoken), tuple(label for _, label in spoken), ("en",) * len(spoken)
    )


def _questions() -> Labelled:
    rows = _rows("covidq/questions.tsv")
    groups = Counter((row["category"], row["question_id"]) for row in rows)
    return _english(
        "covidq",
        [
            (row["question"], f"{row['category']}#{row['question_id']}")
            for row in rows
            if groups[row["category"], row["question_id"]] > 1
        ],
    )


def _arguments() -> Labelled:
    matches: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in _rows("argkp/matches.tsv"):
        matches.setdefault((row["split"], row["arg_id"]), []).append(row)
    single = [rows[0] for rows in matches.values() if len(rows) == 1]
    return _english("argkp", [(row["argument"], row["key_point_id"]) for row in single])


def _african_requests() -> Labelled:
    by_language: dict[str, list[dict[str, str]]] = {}
    for row in _rows("injongo-intent/test.tsv"):
        by_language.setdefault(row["lang"], []).append(row)
    chosen: list[dict[str, str]] = []
    for _, rows in sorted(by_language.items()):
        random.Random(0).shuffle(rows)
        chosen += rows[:_A_LANGUAGE]
    return _make_set("injongo", chosen, "text", "intent")


def _make_set(name: str, rows: list[dict[str, str]], text: str, label: str) -> Labelled:
    return Labelled(
        name,
        tuple(row[text] for row in rows),
        tuple(row[label] for row in rows),
        tuple(row["lang"] for row in rows),
    )


def labelled_sets() -> list[Labelled]:
    """The sets of the research note, cut as there, and SIB-200, on which nothing was chosen."""
    return [
        _english(
            "banking77",
            [(row["text"], row["intent"]) for row in _rows("banking77/all.tsv") if row["split"] == "test"],
        ),
        _arguments(),
        _questions(),
        _english(
            "clinc150",
            [(row["text"], row["intent"]) for row in _rows("clinc150/all.tsv") if row["split"] == "test"],
        ),
        _african_requests(),
        _make_set("sib200", _rows("sib200-22lang/test.tsv"), "text", "category"),
    ]
