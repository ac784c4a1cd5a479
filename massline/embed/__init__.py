"""Sentence vectors, personal-data flags and language identification: beside the engine, may touch the disk."""

from massline.embed.e5.weights import WeightsMissing
from massline.embed.embedder_choice import NAMES, choose_embedder
from massline.embed.embedder_interface import Embedder, Vectors
from massline.embed.language_identification import detect_languages
from massline.embed.pii.flags import Flag, find_flags
from massline.embed.vector_cache import CachedEmbedder

__all__ = [
    "NAMES",
    "CachedEmbedder",
    "Embedder",
    "Flag",
    "Vectors",
    "WeightsMissing",
    "choose_embedder",
    "detect_languages",
    "find_flags",
]

import os

# onnxruntime keeps a device id and sends telemetry from its import on, unless it is told not to before.
os.environ.update(ORT_DISABLE_TELEMETRY="1")
