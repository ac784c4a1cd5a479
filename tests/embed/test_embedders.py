"""The other sources of vectors, the choice among them, and the cache."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from massline import embed
from massline.embed.character_hashing import LetterEmbedder
from massline.embed.e5.weights import WeightsMissing
from massline.embed.embedder_interface import Vectors, normalise_rows
from massline.embed.fastembed_model import FastembedModel
from massline.embed.remote_embedder import RemoteEmbedder, RemoteFailed
from massline.embed.vector_cache import CachedEmbedder


class Counting:
    """An embedder that remembers what it was asked."""

    dim = 3
    local = True

    def __init__(self, id: str = "counting/1") -> None:
        self.id = id
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return normalise_rows([[len(text), 1.0, float(self.id[-1])] for text in texts])


def test_letters_alone_bring_like_words_together() -> None:
    miete, mieten, lift, nothing = LetterEmbedder().encode(
        ["die Miete steigt", "steigende Mieten", "the lift is stuck", "…"]
    )
    assert miete @ mieten > miete @ lift + 0.1
    assert not nothing.any()
    assert LetterEmbedder().encode([]).shape == (0, 512)


def test_without_a_name_the_best_that_works_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert embed.choose_embedder().id.startswith("multilingual-e5-small")
    assert embed.choose_embedder("letters").id == LetterEmbedder.id

    def absent(**_: object) -> None:
        raise WeightsMissing("not installed")

    monkeypatch.setattr("massline.embed.embedder_choice.E5", absent)
    assert embed.choose_embedder().id == LetterEmbedder.id
    with pytest.raises(WeightsMissing):
        embed.choose_embedder("e5")
    with pytest.raises(ValueError, match="e5, fast, letters"):
        embed.choose_embedder("oracle")


def test_a_text_seen_before_costs_nothing_and_ids_never_mix(tmp_path: Path) -> None:
    one, other = Counting(), Counting("counting/2")
    first = CachedEmbedder(one, tmp_path / "vectors.db")
    before = first.encode(["rent", "lift", "rent"])
    again = CachedEmbedder(one, tmp_path / "vectors.db").encode(["lift", "rent", "heat"])
    assert one.asked == ["lift", "rent", "heat"]
    assert np.array_equal(again[1], before[0])
    assert np.array_equal(again[0], before[1])
    mixed = CachedEmbedder(other, tmp_path / "vectors.db").encode(["rent"])
    assert other.asked == ["rent"]
    assert not np.array_equal(mixed[0], before[0])
    assert (first.id, first.dim, first.local) == ("counting/1", 3, True)
    assert first.encode([]).shape == (0, 3)


def test_what_is_forgotten_is_made_anew_and_is_no_longer_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "vectors.db"
    counting = Counting()
    cached = CachedEmbedder(counting, path)
    cached.encode(["rent", "lift"])
    assert cached.forget(["rent", "never seen"]) == 1
    cached.encode(["rent", "lift"])
    assert counting.asked == ["lift", "rent", "rent"]
    assert cached.forget([]) == 0


@contextmanager
def _server(answer: Any, status: int = 200) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server on this machine that answers every request with what `answer` makes of it."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "key": self.headers["Authorization"], **body})
            reply = answer(body) if callable(answer) else answer
            self.send_response(status)
            if status == 307:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(reply if isinstance(reply, bytes) else json.dumps(reply).encode())

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _backwards(body: dict[str, Any]) -> dict[str, Any]:
    rows = [{"index": i, "embedding": [len(text), 0.0]} for i, text in enumerate(body["input"])]
    return {"data": rows[::-1]}


def test_an_endpoint_is_asked_in_its_own_protocol_and_its_order_is_put_right() -> None:
    with _server(_backwards) as (address, asked):
        endpoint = RemoteEmbedder(address, "small", dim=2, key="sesame")
        vectors = endpoint.encode(["rent"] * 70)
    assert vectors.tolist() == [[1.0, 0.0]] * 70
    assert [len(request["input"]) for request in asked] == [64, 6]
    assert asked[0]["path"] == "/v1/embeddings"
    assert (asked[0]["model"], asked[0]["key"]) == ("small", "Bearer sesame")
    assert endpoint.local
    assert "sesame" not in endpoint.id


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (b"", 429, "answered 429"),
        (b"", 500, "answered 500"),
        (b"", 307, "answered 307"),
        (b'{"data": [{"ind', 200, "something else"),
        ({"data": "none"}, 200, "something else"),
        ({"data": [{"index": 0, "embedding": [1.0, 2.0, 3.0]}]}, 200, "Wanted 1 vectors of 2"),
        ({"data": [{"index": 4, "embedding": [1.0, 2.0]}]}, 200, "Wanted 1 vectors of 2"),
        (b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}', 200, "not a finite number"),
    ],
)
def test_an_endpoint_that_misbehaves_is_told_in_a_sentence(answer: Any, status: int, says: str) -> None:
    with _server(answer, status) as (address, _), pytest.raises(RemoteFailed, match=says):
        RemoteEmbedder(address, "small", dim=2).encode(["rent"])


def test_an_endpoint_that_is_not_there_is_told_in_a_sentence() -> None:
    with _server({}) as (address, _):
        gone = RemoteEmbedder(address, "small", dim=2)
    with pytest.raises(RemoteFailed, match="did not answer"):
        gone.encode(["rent"])


def test_texts_never_leave_this_machine_unencrypted() -> None:
    with pytest.raises(ValueError, match="https only"):
        RemoteEmbedder("http://vectors.example/v1", "small", dim=2)
    with pytest.raises(ValueError, match="not an http"):
        RemoteEmbedder("ftp://localhost/v1", "small", dim=2)
    assert not RemoteEmbedder("https://key@vectors.example/v1", "small", dim=2).local
    assert "key" not in RemoteEmbedder("https://key@vectors.example/v1", "small", dim=2).id


def test_a_model_of_ones_own_needs_its_folder_and_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WeightsMissing, match="no model folder"):
        FastembedModel("some/model", tmp_path / "absent", dim=3)
    monkeypatch.setitem(__import__("sys").modules, "fastembed", None)
    with pytest.raises(WeightsMissing, match="fastembed is not installed"):
        FastembedModel("some/model", tmp_path, dim=3)
