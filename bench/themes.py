"""Themes on labelled sets, beside BERTopic 0.17 as it comes, on the same vectors; and speed, labels, flags, languages."""

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_rand_score, v_measure_score

from bench.results_store import store_results
from bench.theme_labelled_texts import Labelled, labelled_sets
from bench.voice_preparation import measure_flags, measure_languages, time_embedders
from massline.embed.e5.model import E5
from massline.embed.language_identification import detect_languages
from massline.embed.vector_cache import CachedEmbedder
from massline.engine import themes
from massline.engine.languages import LANGUAGES
from massline.engine.result_documents import canonical_bytes
from massline.engine.themes.stemming import stem_word

Vectors = npt.NDArray[np.float32]

BUILD = Path(__file__).parents[1] / "build"
BERTOPIC = BUILD / "bertopic" / "bin" / "python"
BERTOPIC_NEEDS = (
    "umap-learn",
    "hdbscan",
    "pandas<3",
    "plotly",
    "scikit-learn",
    "tqdm",
    "numpy",
    "scipy",
    "pyyaml",
    "llvmlite",
)
BARS = {
    "banking77": (0.780, 0.471),
    "argkp": (0.789, 0.454),
    "covidq": (0.804, 0.373),
    "clinc150": (0.888, 0.663),
    "injongo": (0.418, 0.105),
}
LABEL_BARS = {"banking77": 0.89, "clinc150": 0.79, "covidq": 0.60}


def run() -> dict[str, Any]:
    """Measure everything, write bench/results/themes.json and give it back."""
    BUILD.mkdir(exist_ok=True)
    e5 = E5()
    cached = CachedEmbedder(e5, BUILD / "bench-vectors.db")
    sets = {}
    for labelled in labelled_sets():
        spoken = tuple(detect_languages(labelled.texts))
        sets[labelled.name] = _measure_set(labelled, cached.encode(labelled.texts), spoken, e5.encode)
    found = {
        "sets": sets,
        "embedders": time_embedders(e5),
        "pii_mini": measure_flags(),
        "languages_sib200": measure_languages(),
        "large": json.loads(_run_alone("print(json.dumps(measure_large()))")),
    }
    store_results("themes", found)
    return found


def _measure_set(
    labelled: Labelled,
    vectors: Vectors,
    languages: tuple[str, ...],
    encode: Callable[[Sequence[str]], Vectors],
) -> dict[str, Any]:
    given = themes.ThemeInput(labelled.ids, labelled.texts, languages=languages)
    themes.estimate(given, vectors, seed=1, k=5)
    seconds = float("inf")
    for _ in range(3):  # the turn least disturbed by whoever else uses the machine
        start = time.process_time()
        found = themes.estimate(given, vectors, seed=1, k=5)
        seconds = min(seconds, time.process_time() - start)
    fine = found.at(found.depth)
    of = {voice: number for number, theme in enumerate(fine) for voice in theme.voices}
    ours = [of[voice] for voice in labelled.ids]
    beside = _run_bertopic(labelled, vectors)
    theirs = beside.pop("label_hits")
    out: dict[str, Any] = {
        "texts": len(labelled.texts),
        "classes": len(set(labelled.classes)),
        "massline": {**_agreement(labelled, ours), "cpu_s": round(seconds, 2)},
        "same_bytes_in_another_order": _same_bytes(given, vectors, canonical_bytes(themes.document(found))),
        "bar": BARS.get(labelled.name),
        "bertopic": beside,
    }
    if len(set(labelled.languages)) > 1:
        out["v_language"] = round(v_measure_score(labelled.languages, ours), 3)
    if labelled.name in LABEL_BARS:
        named = themes.estimate(given, vectors, seed=1, k=5, phrase_vectors=encode)
        out["label_hits"] = {
            "massline": _hits(labelled, ours, {n: t.terms for n, t in enumerate(named.at(named.depth))}),
            "massline_without_phrase_vectors": _hits(
                labelled, ours, {n: t.terms for n, t in enumerate(fine)}
            ),
            "bertopic": theirs,
            "bar": LABEL_BARS[labelled.name],
        }
        out["quotes_in_majority_class"] = _quotes(labelled, named)
    return out


def _agreement(labelled: Labelled, found: Sequence[int]) -> dict[str, Any]:
    return {
        "themes": len(set(found) - {-1}),
        "v": round(v_measure_score(labelled.classes, found), 3),
        "ari": round(adjusted_rand_score(labelled.classes, found), 3),
    }


def _same_bytes(given: themes.ThemeInput, vectors: Vectors, wanted: bytes) -> bool:
    order = np.random.default_rng(3).permutation(len(given.ids)).tolist()
    moved = themes.ThemeInput(
        tuple(given.ids[row] for row in order),
        tuple(given.texts[row] for row in order),
        languages=tuple((given.languages or ())[row] for row in order),
    )
    return canonical_bytes(themes.document(themes.estimate(moved, vectors[order], seed=1, k=5))) == wanted


def _run_bertopic(labelled: Labelled, vectors: Vectors) -> dict[str, Any]:
    """BERTopic in its own environment, made under build/ when it is not there."""
    if not BERTOPIC.exists():
        subprocess.run(["uv", "venv", "-q", "--python", "3.11", str(BUILD / "bertopic")], check=True)
        install = ["uv", "pip", "install", "-q", "--python", str(BERTOPIC)]
        subprocess.run([*install, "--no-deps", "bertopic==0.17.4"], check=True)
        subprocess.run([*install, *BERTOPIC_NEEDS], check=True)
    source, target = BUILD / "bertopic-in.npz", BUILD / "bertopic-out.json"
    np.savez(source, vectors=vectors, texts=np.array(labelled.texts))
    script = Path(__file__).with_name("bertopic_baseline.py")
    env = {**os.environ, "PYTHONPATH": "", "NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    subprocess.run(
        [str(BERTOPIC), "-W", "ignore", str(script), str(source), str(target)], check=True, env=env
    )
    answer = json.loads(target.read_text())
    topics = answer["topics"]
    return {
        "as_it_comes": _agreement(labelled, topics),
        "outliers_refilled": _agreement(labelled, answer["filled"]),
        "left_without_a_theme": round(topics.count(-1) / len(topics), 3),
        "cpu_s": round(answer["cpu_s"], 1),
        "label_hits": _hits(
            labelled, topics, {int(topic): words for topic, words in answer["words"].items()}
        ),
    }


def _hits(labelled: Labelled, found: Sequence[int], terms: dict[int, Sequence[str]]) -> float:
    """Share of themes whose terms hold a word of the name of the class that most of their texts have.

    Classes whose names hold no word that names anything ("how old are you") are passed over.
    """
    hits = []
    for theme, phrases in terms.items():
        classes = Counter(
            label for label, theme_found in zip(labelled.classes, found, strict=True) if theme_found == theme
        )
        wanted = _stems(classes.most_common(1)[0][0])
        if wanted:
            hits.append(bool(wanted & _stems(" ".join(phrases))))
    return round(float(np.mean(hits)), 3) if hits else 0.0


def _stems(text: str) -> set[str]:
    return {
        stem_word(word, "en")[:5]
        for word in re.findall(r"[a-z]+", text.lower())
        if word not in LANGUAGES["en"].stop_words
    }


def _quotes(labelled: Labelled, found: themes.Themes) -> float:
    of = dict(zip(labelled.ids, labelled.classes, strict=True))
    right = []
    for theme in found.at(found.depth):
        most = Counter(of[voice] for voice in theme.voices).most_common(1)[0][0]
        right += [of[voice] == most for voice in theme.quotes]
    return round(float(np.mean(right)), 3)


def _run_alone(code: str) -> str:
    """Run a line of this module in a fresh process, so that memory is its own."""
    command = f"import json; from bench.themes import measure_large; {code}"
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    root = Path(__file__).parents[1]
    return subprocess.run(
        [sys.executable, "-c", command], check=True, cwd=root, env=env, capture_output=True, text=True
    ).stdout


def measure_large(count: int = 200_000) -> dict[str, Any]:
    """Speed and memory on `count` texts: the labelled ones, and mixtures of two of one class and language."""
    from bench.theme_large_corpus import mix_texts

    texts, languages, classes, vectors = mix_texts(count, CachedEmbedder(E5(), BUILD / "bench-vectors.db"))
    given = themes.ThemeInput(tuple(f"v{n:06d}" for n in range(count)), texts, languages=languages)
    start = time.process_time()
    found = themes.estimate(given, vectors, seed=1, k=5)
    seconds = time.process_time() - start
    of = {voice: number for number, theme in enumerate(found.at(found.depth)) for voice in theme.voices}
    return {
        "texts": count,
        "cpu_s": round(seconds, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "themes": [len(found.at(level)) for level in range(found.depth, 0, -1)],
        "v": round(v_measure_score(classes, [of[voice] for voice in given.ids]), 3),
    }


if __name__ == "__main__":
    run()
