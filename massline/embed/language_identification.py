"""Language identification by py3langid, with the collection itself as the prior.

Short texts are guessed badly one by one. A first pass says which languages the collection speaks; the second reads
each text in that light, so that a stray four-word sentence is not alone in Breton among a thousand Spanish ones.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

UNDETERMINED = "und"
_ROUNDS = 4
_LEAST_SHARE = 1e-4


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _has_letters(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 2


def detect_languages(texts: Sequence[str]) -> list[str]:
    """ISO 639 codes, one a text; `und` where a text has no letters to judge by.

    The result depends on which texts are in the collection, not on their order.

    Examples
    --------
    >>> detect_languages(["Die Miete ist zu hoch und steigt weiter.", "The rent is too high and still rising.", "123"])
    ['de', 'en', 'und']
    """
    distinct = sorted({text for text in texts if _has_letters(text)})
    if not distinct:
        return [UNDETERMINED] * len(texts)
    languages, likelihood = _likelihoods(distinct)
    posterior = _with_shared_prior(likelihood)
    best = dict(zip(distinct, posterior.argmax(axis=1).tolist(), strict=True))
    return [languages[best[text]] if text in best else UNDETERMINED for text in texts]


def _likelihoods(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.float32]]:
    identifier = _identifier()
    languages = sorted(set(identifier.labels))
    column = {language: number for number, language in enumerate(languages)}
    out = np.zeros((len(texts), len(languages)), np.float32)
    for row, text in enumerate(texts):
        for language, probability in identifier.rank(text):
            out[row, column[language]] = probability
    return languages, out


def _with_shared_prior(likelihood: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Expectation–maximisation over the shares of the languages."""
    posterior = likelihood
    for _ in range(_ROUNDS):
        prior = np.maximum(posterior.mean(axis=0, dtype=np.float64), _LEAST_SHARE)
        posterior = likelihood * prior.astype(np.float32)
        posterior /= posterior.sum(axis=1, keepdims=True)
    return posterior
