"""multilingual-e5-small in plain 32-bit numpy, one text at a time: what the fast engine is held against."""

import numpy as np
import numpy.typing as npt
from scipy.special import erf, softmax

from massline.embed.e5.model import PREFIX
from massline.embed.e5.tokenizer import SentencePieceTokenizer
from massline.embed.e5.weights import WeightsFile, unpack_weights

Floats = npt.NDArray[np.float32]


def _linear(carrier: WeightsFile, x: Floats, name: str, rows: int) -> Floats:
    weights = unpack_weights(carrier.blocks(f"{name}.w", rows))
    return np.asarray(x @ weights.T + carrier.floats(f"{name}.b", rows))


def _norm(carrier: WeightsFile, x: Floats, name: str) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + carrier.epsilon)
    width = carrier.width
    return np.asarray(scaled * carrier.floats(f"{name}.w", width) + carrier.floats(f"{name}.b", width))


def _attended(carrier: WeightsFile, x: Floats, name: str) -> Floats:
    length, width = x.shape
    query, key, value = (
        _linear(carrier, x, f"{name}.{part}", width).reshape(length, carrier.heads, -1).transpose(1, 0, 2)
        for part in "qkv"
    )
    weights = softmax(query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1]), axis=-1)
    return np.asarray((weights @ value).transpose(1, 0, 2).reshape(length, width))


def vector(carrier: WeightsFile, text: str) -> Floats:
    """The vector of one text, of length one."""
    ids = np.array(SentencePieceTokenizer.of(carrier).encode(PREFIX + text, limit=256))
    x = unpack_weights(carrier.blocks("emb.word", carrier.vocabulary)[ids])
    x = x + carrier.floats("emb.pos", carrier.positions, carrier.width)[: len(ids)]
    x = _norm(carrier, x + carrier.floats("emb.type", carrier.types, carrier.width)[0], "emb.ln")
    for layer in range(carrier.layers):
        name = f"l{layer}"
        attended = _linear(carrier, _attended(carrier, x, name), f"{name}.ao", carrier.width)
        x = _norm(carrier, attended + x, f"{name}.aln")
        hidden = _linear(carrier, x, f"{name}.fi", carrier.inner)
        hidden = np.asarray(hidden * 0.5 * (1 + erf(hidden / np.sqrt(2))), np.float32)
        x = _norm(carrier, _linear(carrier, hidden, f"{name}.fo", carrier.width) + x, f"{name}.oln")
    pooled = x.mean(axis=0)
    return np.asarray(pooled / np.linalg.norm(pooled), np.float32)
