"""Where the organisations stand on a text: sentence by sentence, the widest text, and what moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.desk.decide.unity.models import Party, Position, Stand, UnitySentence, UnityText

CARRIED = {Stand.AGREE, Stand.LIVE_WITH}


@dataclass(frozen=True)
class PositionChange:
    """A party that stands elsewhere than before on the same sentence."""

    party: Party
    sentence: UnitySentence
    before: Position
    now: Position


@dataclass(frozen=True)
class SentencePositions:
    """One sentence and the latest position of each party on its present words."""

    sentence: UnitySentence
    positions: list[tuple[Party, Position | None]]

    @property
    def is_carried(self) -> bool:
        """Everybody here has weighed it and can at least live with it."""
        return bool(self.positions) and all(
            one is not None and one.stand in CARRIED for _party, one in self.positions
        )

    @property
    def waiting(self) -> list[Party]:
        return [party for party, one in self.positions if one is None]

    @property
    def instead(self) -> list[Position]:
        return [one for _party, one in self.positions if one is not None and one.instead]


@dataclass(frozen=True)
class TextPositions:
    """The whole text."""

    text: UnityText
    parties: list[Party]
    weighed: list[SentencePositions]
    moved: list[PositionChange]

    @property
    def widest(self) -> list[UnitySentence]:
        return [one.sentence for one in self.weighed if one.is_carried]


def read_positions(text: UnityText) -> TextPositions:
    """Read where everybody stands, with three questions to the database however long the text."""
    sentences = list(text.sentences.all())
    parties = [one for one in text.parties.all() if one.is_here]
    rows = list(Position.objects.filter(sentence__text=text).order_by("pk"))
    latest: dict[tuple[int, int], list[Position]] = {}
    for row in rows:
        latest.setdefault((row.sentence_id, row.party_id), []).append(row)
    weighed = [
        SentencePositions(
            sentence, [(party, _on(sentence, latest.get((sentence.pk, party.pk), ()))) for party in parties]
        )
        for sentence in sentences
    ]
    return TextPositions(text, parties, weighed, _moved(sentences, parties, latest))


def _on(sentence: UnitySentence, told: Sequence[Position]) -> Position | None:
    return told[-1] if told and told[-1].version == sentence.version else None


def _moved(
    sentences: Sequence[UnitySentence],
    parties: Sequence[Party],
    latest: dict[tuple[int, int], list[Position]],
) -> list[PositionChange]:
    found = []
    for sentence in sentences:
        for party in parties:
            told = latest.get((sentence.pk, party.pk), [])
            if len(told) > 1 and told[-1].stand != told[-2].stand:
                found.append(PositionChange(party, sentence, told[-2], told[-1]))
    return sorted(found, key=lambda one: -one.now.pk)
