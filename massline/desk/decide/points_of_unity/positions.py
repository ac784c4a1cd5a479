"""Positions of the organisations on a text: sentence by sentence, the widest text, and changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.desk.decide.points_of_unity.models import Party, Position, Stand, UnitySentence, UnityText

CARRIED = {Stand.AGREE, Stand.LIVE_WITH}
History = dict[tuple[int, int], list[Position]]


@dataclass(frozen=True)
class PositionChange:
    """A party's change of position on one sentence."""

    party: Party
    sentence: UnitySentence
    before: Position
    now: Position


@dataclass(frozen=True)
class SentencePositions:
    """A sentence and the latest position of each party on its present words."""

    sentence: UnitySentence
    positions: list[tuple[Party, Position | None]]

    @property
    def is_carried(self) -> bool:
        """True if every party has weighed the sentence and can at least live with it."""
        return bool(self.positions) and all(
            position is not None and position.stand in CARRIED for _party, position in self.positions
        )

    def position_of(self, party: Party | None) -> Position | None:
        return next((position for other, position in self.positions if other == party), None)


@dataclass(frozen=True)
class TextPositions:
    """The parties that are here, their positions on every sentence, and the latest changes."""

    text: UnityText
    parties: list[Party]
    sentences: list[SentencePositions]
    moved: list[PositionChange]

    @property
    def widest(self) -> list[UnitySentence]:
        """Sentences that every party can at least live with."""
        return [row.sentence for row in self.sentences if row.is_carried]


def read_positions(text: UnityText) -> TextPositions:
    """Read the positions of all parties, in three queries for a text of any length."""
    sentences = list(text.sentences.all())
    parties = [party for party in text.parties.all() if party.is_here]
    history: History = {}
    for position in Position.objects.filter(sentence__text=text).order_by("pk"):
        history.setdefault((position.sentence_id, position.party_id), []).append(position)
    rows = [
        SentencePositions(sentence, [(party, _present(sentence, party, history)) for party in parties])
        for sentence in sentences
    ]
    return TextPositions(text, parties, rows, _changes(sentences, parties, history))


def _present(sentence: UnitySentence, party: Party, history: History) -> Position | None:
    """Return the last position, if it was taken on the present words."""
    positions = history.get((sentence.pk, party.pk), [])
    return positions[-1] if positions and positions[-1].version == sentence.version else None


def _changes(
    sentences: Sequence[UnitySentence], parties: Sequence[Party], history: History
) -> list[PositionChange]:
    changes = []
    for sentence in sentences:
        for party in parties:
            positions = history.get((sentence.pk, party.pk), [])
            if len(positions) > 1 and positions[-1].stand != positions[-2].stand:
                changes.append(PositionChange(party, sentence, positions[-2], positions[-1]))
    return sorted(changes, key=lambda change: -change.now.pk)
