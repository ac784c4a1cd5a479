"""Cut text into SentencePiece pieces: the most probable split under a unigram language model (Kudo 2018)."""

import math
from collections.abc import Mapping, Sequence

from massline.embed.e5.weights import WeightsFile

SPACE = "\u2581"
_LONGEST = 16
_UNKNOWN_PENALTY = 10.0
_CACHE_LIMIT = 200_000


class SentencePieceTokenizer:
    """A unigram vocabulary and the words it has cut so far.

    Parameters
    ----------
    pieces, scores : the vocabulary and its log-probabilities, by id.
    normalisation : what each code point becomes before cutting.
    begin, end, unknown : the ids of the markers. Markers are never matched inside text.
    """

    def __init__(
        self,
        pieces: Sequence[str],
        scores: Sequence[float],
        normalisation: Mapping[int, str],
        *,
        begin: int,
        end: int,
        unknown: int,
    ) -> None:
        markers = {begin, end, unknown}
        self._ids = {
            piece: number
            for number, piece in enumerate(pieces)
            if number not in markers
            and not (piece.startswith("<") and piece.endswith(">") and len(piece) > 2)
        }
        self._scores = list(scores)
        self._table = dict(normalisation)
        self._floor = min(scores) - _UNKNOWN_PENALTY
        self._begin, self._end, self._unknown = begin, end, unknown
        self._cut: dict[str, list[int]] = {}

    @classmethod
    def of(cls, carrier: WeightsFile) -> "SentencePieceTokenizer":
        """The vocabulary that a data file carries."""
        return cls(
            carrier.pieces,
            carrier.scores,
            carrier.normalisation,
            begin=carrier.begin,
            end=carrier.end,
            unknown=carrier.unknown,
        )

    def encode(self, text: str, *, limit: int) -> list[int]:
        """Ids of `text` between the begin and end markers, at most `limit` of them."""
        ids = [self._begin]
        for word in text.translate(self._table).split():
            ids += self._word(SPACE + word)
            if len(ids) >= limit:
                break
        return [*ids[: limit - 1], self._end]

    def _word(self, word: str) -> list[int]:
        known = self._cut.get(word)
        if known is None:
            known = self._best_split(word)
            if len(self._cut) >= _CACHE_LIMIT:
                self._cut.clear()
            self._cut[word] = known
        return known

    def _best_split(self, word: str) -> list[int]:
        size = len(word)
        best = [0.0] + [-math.inf] * size
        back: list[tuple[int, int]] = [(0, self._unknown)] * (size + 1)
        for start in range(size):
            reached = best[start]
            for stop in range(start + 1, min(size, start + _LONGEST) + 1):
                number = self._ids.get(word[start:stop])
                if number is None:
                    if stop > start + 1:
                        continue
                    number, gain = self._unknown, self._floor
                else:
                    gain = self._scores[number]
                if reached + gain > best[stop]:
                    best[stop], back[stop] = reached + gain, (start, number)
        return self._follow(back)

    def _follow(self, back: Sequence[tuple[int, int]]) -> list[int]:
        """Walk the best split from its end; neighbouring unknown characters count as one."""
        ids: list[int] = []
        at = len(back) - 1
        while at > 0:
            at, number = back[at]
            if number != self._unknown or not ids or ids[-1] != self._unknown:
                ids.append(number)
        return ids[::-1]
