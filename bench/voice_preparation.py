"""Preparation of a voice for the themes: vectors, flags for personal data, language."""

import json
import time
from collections import Counter
from typing import Any

import numpy as np

from bench.theme_labelled_texts import FOLDER, labelled_sets
from massline.embed.character_hashing import LetterEmbedder
from massline.embed.e5.model import E5
from massline.embed.language_identification import detect_languages
from massline.embed.pii.flags import find_flags
from massline.embed.static_vectors import StaticEmbedder

_SIB_CODES = {"amh": "am", "arb": "ar", "ben": "bn", "deu": "de", "eng": "en", "fra": "fr", "hat": "ht", "hau": "ha", "hin": "hi", "ind": "id", "pes": "fa", "por": "pt", "quy": "qu", "rus": "ru", "spa": "es", "swh": "sw", "tgl": "tl", "tur": "tr", "ukr": "uk", "vie": "vi", "yor": "yo", "zho": "zh"}  # fmt: skip


def time_embedders(e5: E5) -> dict[str, Any]:
    """Texts a CPU-second of each embedder, on short English requests."""
    texts = labelled_sets()[3].texts[:1500]
    out = {}
    for embedder in (e5, StaticEmbedder(), LetterEmbedder()):
        start = time.process_time()
        embedder.encode(texts)
        out[embedder.id] = {"texts_per_cpu_s": round(len(texts) / (time.process_time() - start))}
    return out


def measure_flags() -> dict[str, Any]:
    """Recall and false alarms by kind on pii-mini."""
    rows = [json.loads(line) for line in (FOLDER / "pii-mini" / "pii.jsonl").read_text().splitlines()]
    wanted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for row in rows:
        found = find_flags(row["text"], language=row["lang"])
        for start, end, kind in row["spans"]:
            wanted[kind] += 1
            hit[kind] += any(
                f.kind == kind.lower() and f.start <= start + 1 and f.end >= end - 1 for f in found
            )
        for flag in found:
            false[flag.kind] += not any(
                flag.start < end and start < flag.end for start, end, _ in row["spans"]
            )
    recall = {kind.lower(): round(hit[kind] / wanted[kind], 3) for kind in wanted}
    return {"recall": recall, "false_alarms": dict(false)}


def measure_languages() -> float:
    """Share of SIB-200 whose language is recognised."""
    sib = labelled_sets()[-1]
    found = detect_languages(sib.texts)
    return round(
        float(np.mean([_SIB_CODES[a[:3]] == b for a, b in zip(sib.languages, found, strict=True)])), 4
    )
