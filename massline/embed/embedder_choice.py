"""Pick an embedder by name; without a name, the best that works on this machine."""

from massline.embed.character_hashing import LetterEmbedder
from massline.embed.e5.model import E5
from massline.embed.e5.weights import WeightsMissing
from massline.embed.embedder_interface import Embedder
from massline.embed.static_vectors import StaticEmbedder

NAMES = ("e5", "fast", "letters")


def choose_embedder(name: str | None = None, *, threads: int = 1) -> Embedder:
    """An embedder that keeps every text on this machine.

    Parameters
    ----------
    name : "e5" (about a hundred languages), "fast" (hundreds of thousands of texts), "letters" (no model at all), or
        None for e5 where it is installed and letters where it is not.
    threads : how many threads e5 may use.

    Raises
    ------
    WeightsMissing : an embedder was named that is not installed.
    ValueError : there is no embedder of that name.
    """
    if name == "letters":
        return LetterEmbedder()
    if name == "fast":
        return StaticEmbedder()
    if name == "e5":
        return E5(threads=threads)
    if name is not None:
        raise ValueError(f"There is no embedder {name!r}; there are {', '.join(NAMES)}.")
    try:
        return E5(threads=threads)
    except WeightsMissing:
        return LetterEmbedder()
