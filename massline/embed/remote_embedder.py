"""Vectors from any server that speaks the OpenAI embeddings protocol. Off unless asked for; texts go to that server."""

import ipaddress
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException
from urllib.parse import urlsplit

import numpy as np

from massline.core.connections.http import ResponseTooLarge, send_request
from massline.embed.embedder_interface import Vectors, normalise_rows

_TEXTS_AT_ONCE = 64
_LARGEST_ANSWER = 64 * 2**20


class RemoteFailed(RuntimeError):
    """The server did not answer, refused, or gave something that is not vectors."""


class RemoteEmbedder:
    """POST {base_url}/embeddings, as in https://platform.openai.com/docs/api-reference/embeddings.

    Parameters
    ----------
    base_url : up to and including "/v1". Plain http is only taken to this machine itself.
    model : the server's name for it.
    dim : length of its vectors; another length is refused.
    key : sent as a bearer token when given.
    seconds : how long one request may take.

    Attributes
    ----------
    local : True only where the server is this machine; anything else sees every text.
    """

    def __init__(
        self, base_url: str, model: str, *, dim: int, key: str | None = None, seconds: float = 60
    ) -> None:
        parts = urlsplit(base_url)
        self.local = _is_this_machine(parts.hostname or "")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{base_url} is not an http or https address.")
        if parts.scheme == "http" and not self.local:
            raise ValueError("Texts go to another machine over https only.")
        self.dim = dim
        self.id = f"endpoint/{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}/{model}/{dim}"
        self._address = base_url.rstrip("/") + "/embeddings"
        self._model, self._key, self._seconds = model, key, seconds

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dim) of length one.

        Raises
        ------
        RemoteFailed : with a sentence that says what the server did.
        """
        out = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            part = list(texts[start : start + _TEXTS_AT_ONCE])
            out[start : start + len(part)] = self._asked(part)
        return normalise_rows(out)

    def _asked(self, texts: list[str]) -> Vectors:
        body = json.dumps({"model": self._model, "input": texts, "encoding_format": "float"}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(self._address, data=body, headers=headers, method="POST")
        try:
            answer = send_request(request, seconds=self._seconds, most_bytes=_LARGEST_ANSWER, inner=True)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise RemoteFailed(f"The server of the vectors answered {refusal.code}.") from refusal
        except ResponseTooLarge as problem:
            raise RemoteFailed("The server of the vectors answered with something else.") from problem
        except (OSError, HTTPException) as failure:
            raise RemoteFailed(f"The server of the vectors did not answer: {failure}.") from failure
        return self._read(answer.body, len(texts))

    def _read(self, answer: bytes, count: int) -> Vectors:
        try:
            rows = sorted(json.loads(answer)["data"], key=lambda row: int(row["index"]))
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (ValueError, KeyError, TypeError, RecursionError) as broken:
            raise RemoteFailed("The server of the vectors answered with something else.") from broken
        if [row["index"] for row in rows] != list(range(count)) or vectors.shape != (count, self.dim):
            raise RemoteFailed(f"Wanted {count} vectors of {self.dim} numbers, got {vectors.shape}.")
        if not np.isfinite(vectors).all():
            raise RemoteFailed("The server of the vectors sent a value that is not a finite number.")
        return vectors


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
