"""BERTopic as it comes, on given vectors: run by its own Python, beside which Massline is not installed.

usage: bertopic_baseline.py IN.npz OUT.json
"""

import json
import sys
import time
from typing import Any

import numpy as np
import numpy.typing as npt
from bertopic import BERTopic  # type: ignore[import-not-found]
from bertopic.backend import BaseEmbedder  # type: ignore[import-not-found]


def main(source: str, target: str) -> None:
    data = np.load(source, allow_pickle=False)
    vectors, texts = data["vectors"], data["texts"].tolist()
    _themes_of(texts[:300], vectors[:300])  # numba compiles on the first run; that is not counted
    with open(target, "w") as file:
        json.dump(_themes_of(texts, vectors), file)


def _themes_of(texts: list[str], vectors: npt.NDArray[np.float32]) -> dict[str, Any]:
    start = time.process_time()
    model = BERTopic(embedding_model=BaseEmbedder())
    topics, _ = model.fit_transform(texts, embeddings=vectors)
    seconds = time.process_time() - start
    filled = topics
    if -1 in topics and len(set(topics)) > 1:
        filled = model.reduce_outliers(texts, topics, strategy="embeddings", embeddings=vectors)
    words = {
        str(topic): [word for word, _ in model.get_topic(topic)[:3]] for topic in set(topics) if topic >= 0
    }
    return {
        "topics": [int(topic) for topic in topics],
        "filled": [int(topic) for topic in filled],
        "words": words,
        "cpu_s": seconds,
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
