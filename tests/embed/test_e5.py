"""The default embedder: the right model, read by our own reader, the same for a text whatever travels with it."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from massline.embed.e5 import weights as carriers
from massline.embed.e5.model import E5
from massline.embed.e5.tokenizer import SentencePieceTokenizer
from massline.embed.e5.weights import WeightsFile, WeightsMissing
from massline.embed.embedder_interface import Embedder
from massline.embed.static_vectors import StaticEmbedder
from tests.embed.reference_e5 import vector

TEXTS = [
    "The rent is too high.",
    "Die Miete ist zu hoch.",
    "房租太高了。",
    "إيجار الشقة مرتفع جدا",
    "Kodi ya nyumba iko juu sana.",
    "The lift has been broken for six weeks.",
    "Der Aufzug ist seit sechs Wochen kaputt.",
]


@pytest.fixture(scope="module")
def e5() -> E5:
    return E5()


def test_vectors_are_those_of_the_model_worked_out_in_plain_numpy(e5: E5) -> None:
    carrier = WeightsFile()
    plain = np.array([vector(carrier, text) for text in TEXTS])
    cosines = (plain * e5.encode(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.999


def test_a_text_gets_the_same_vector_alone_and_in_company(e5: E5) -> None:
    together = e5.encode(TEXTS)
    alone = np.vstack([e5.encode([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-6
    assert np.abs(e5.encode(TEXTS[::-1])[::-1] - together).max() < 1e-6


def test_the_same_thing_in_two_languages_is_nearer_than_two_things_in_one(e5: E5) -> None:
    rent, miete, _, _, kodi, lift, aufzug = e5.encode(TEXTS)
    assert rent @ miete > rent @ lift
    assert lift @ aufzug > rent @ lift
    assert rent @ kodi > lift @ kodi


def test_vectors_have_length_one_and_the_shape_that_was_promised(e5: E5) -> None:
    vectors = e5.encode([*TEXTS, "", "word " * 2000])
    assert vectors.shape == (len(TEXTS) + 2, e5.dim)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert e5.encode([]).shape == (0, e5.dim)


def test_two_threads_give_what_one_gives(e5: E5) -> None:
    assert np.abs(E5(threads=2).encode(TEXTS) - e5.encode(TEXTS)).max() < 1e-6
    with pytest.raises(ValueError, match="threads"):
        E5(threads=0)


def test_a_data_file_that_is_not_the_known_one_is_refused(tmp_path: Path) -> None:
    other = tmp_path / carriers.DATA_NAME
    other.write_bytes(b"E5S1" + b"\0" * 100)
    with pytest.raises(WeightsMissing, match="sha256"):
        WeightsFile(other)
    with pytest.raises(WeightsMissing, match="is not at"):
        WeightsFile(tmp_path / "nowhere.bin")


def test_markers_written_into_a_text_are_only_letters(e5: E5) -> None:
    pieces = SentencePieceTokenizer.of(WeightsFile())
    ids = pieces.encode("</s> <s> <mask> rent", limit=50)
    assert (ids[0], ids[-1]) == (0, 2)
    assert not {0, 1, 2, 250001} & set(ids[1:-1])


def test_pieces_are_the_most_probable_split_and_unknown_signs_count_once() -> None:
    pieces = SentencePieceTokenizer(
        ["<s>", "</s>", "<unk>", "▁re", "nt", "▁rent", "s", "▁"],
        [0.0, 0.0, 0.0, -2.0, -2.0, -3.0, -1.0, -4.0],
        {ord("\n"): " "},
        begin=0,
        end=1,
        unknown=2,
    )
    assert pieces.encode("rents\nrent", limit=10) == [0, 5, 6, 5, 1]
    assert pieces.encode("☂☂s", limit=10) == [0, 7, 2, 6, 1]
    assert pieces.encode("rents rents rents", limit=4) == [0, 5, 6, 1]


def test_the_fast_embedder_knows_words_without_running_the_encoder() -> None:
    fast: Embedder = StaticEmbedder()
    rent, rents, lift, nothing = fast.encode(["the rent is high", "high rents", "a broken lift", ""])
    assert rent @ rents > rent @ lift
    assert not nothing.any()
    assert fast.id != E5.id


def test_the_runtime_writes_nothing_home_and_keeps_no_device_id(tmp_path: Path) -> None:
    known = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    words = "from massline.embed.e5.model import E5; E5().encode(['The lift stands still.'])"
    subprocess.run([sys.executable, "-c", words], check=True, env={**known, "HOME": str(tmp_path)})
    assert list(tmp_path.rglob("*")) == []
