"""Sentence vectors, personal-data flags and language identification: beside the engine, may touch the disk."""

from massline.embed.cache import Cached
from massline.embed.choice import NAMES, embedder
from massline.embed.e5.weights import CarrierMissing
from massline.embed.interface import Embedder, Vectors
from massline.embed.language import detect
from massline.embed.pii.flags import Flag, find

__all__ = ["NAMES", "Cached", "CarrierMissing", "Embedder", "Flag", "Vectors", "detect", "embedder", "find"]

import os

# onnxruntime keeps a device id and sends telemetry from its import on, unless it is told not to before.
os.environ.update(ORT_DISABLE_TELEMETRY="1")
