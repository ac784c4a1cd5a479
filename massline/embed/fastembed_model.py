"""Embedder for any model that the optional `fastembed` package can run from a local folder; nothing is downloaded."""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from massline.embed.e5.weights import WeightsMissing
from massline.embed.embedder_interface import Vectors, normalise_rows


class FastembedModel:
    """Opt-in: a model of your own choice.

    Parameters
    ----------
    name : fastembed's name of the model. folder : where its files lie; required, since without it fastembed asks the
        network even when told to be offline (qdrant/fastembed#615).
    dim : length of its vectors; another length is refused. threads : how many it may use.
    prefix : put before each text, as the model was trained with.

    Raises
    ------
    WeightsMissing : fastembed is not installed or the folder is not there.
    """

    local = True

    def __init__(self, name: str, folder: Path, *, dim: int, threads: int = 1, prefix: str = "") -> None:
        if not folder.is_dir():
            raise WeightsMissing(f"There is no model folder at {folder}.")
        try:
            fastembed: Any = importlib.import_module("fastembed")
        except ImportError as missing:
            raise WeightsMissing("fastembed is not installed: pip install fastembed.") from missing
        self.dim = dim
        self.id = f"fastembed/{name}/{folder.name}/{prefix}"
        self._prefix = prefix
        self._model = fastembed.TextEmbedding(
            model_name=name, specific_model_path=str(folder), local_files_only=True, threads=threads
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dim) of length one."""
        rows = list(self._model.embed([self._prefix + text for text in texts]))
        vectors = (
            np.array(rows, dtype=np.float32).reshape(len(texts), -1) if rows else np.zeros((0, self.dim))
        )
        if vectors.shape[1] != self.dim:
            raise ValueError(f"The model gives {vectors.shape[1]} numbers, not {self.dim}.")
        return normalise_rows(vectors)
