"""Points of unity as a file, for organisations of other installations: text and positions, nothing else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.core.invisible_characters import strip_control_characters
from massline.core.refusal import Refused
from massline.desk.decide.points_of_unity import refusal_reasons
from massline.desk.decide.points_of_unity.models import Party, Position, Stand, UnitySentence, UnityText
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation

SCHEMA = "massline.unity/1"
MOST_SENTENCES, MOST_CHARACTERS, MOST_PARTIES = 100, 200_000, 200


@dataclass(frozen=True)
class SentenceInFile:
    """A checked sentence of a file."""

    uuid: UUID
    words: str
    before: str
    version: int


@dataclass(frozen=True)
class PositionInFile:
    """A checked position of a party in a file."""

    party: str
    sentence: UUID
    version: int
    stand: Stand
    instead: str


@dataclass(frozen=True)
class TextInFile:
    """A checked file, whole."""

    uuid: UUID
    title: str
    host: str
    sentences: tuple[SentenceInFile, ...]
    positions: tuple[PositionInFile, ...]


def export_text(text: UnityText) -> dict[str, object]:
    """Return the text as a JSON document, with every present position of the parties that are here."""
    positions = Position.objects.filter(sentence__text=text, party__left_on=None)
    latest: dict[tuple[int, int], Position] = {}
    for position in positions.select_related("party", "sentence"):
        latest[position.sentence_id, position.party_id] = position
    return {
        "schema": SCHEMA,
        "text": str(text.uuid),
        "title": text.title,
        "host": text.host,
        "sentences": [
            {
                "id": str(sentence.uuid),
                "words": sentence.words,
                "before": sentence.before,
                "version": sentence.version,
            }
            for sentence in text.sentences.all()
        ],
        "positions": [
            {
                "party": position.party.name,
                "sentence": str(position.sentence.uuid),
                "version": position.version,
                "stand": position.stand,
                "instead": position.instead,
            }
            for position in latest.values()
        ],
    }


def parse_text_file(pasted: str) -> TextInFile:
    """Check a pasted file before anything of it is stored. Raises Refused where it is not valid."""
    try:
        if len(pasted) > MOST_CHARACTERS:
            raise ValueError("too long")
        document = json.loads(pasted)
        if document["schema"] != SCHEMA or len(document["sentences"]) > MOST_SENTENCES:
            raise ValueError("another schema, or too many sentences")
        text = TextInFile(
            uuid=UUID(document["text"]),
            title=_words(document["title"], 120),
            host=_words(document["host"], 120),
            sentences=tuple(_sentence(row) for row in document["sentences"]),
            positions=tuple(_position(row) for row in document["positions"]),
        )
        if len({position.party for position in text.positions}) > MOST_PARTIES:
            raise ValueError("too many parties")
    except (ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused([refusal_reasons.NotOurFile()]) from error
    return text


def _sentence(row: Any) -> SentenceInFile:
    return SentenceInFile(
        uuid=UUID(row["id"]),
        words=_words(row["words"], 400),
        before=_words(str(row.get("before", ""))[:400], 400, may_be_empty=True),
        version=_version(row),
    )


def _position(row: Any) -> PositionInFile:
    return PositionInFile(
        party=_words(str(row["party"]).strip(), 120),
        sentence=UUID(row["sentence"]),
        version=_version(row),
        stand=Stand(row["stand"]),
        instead=_words(row["instead"], 400, may_be_empty=True),
    )


def _version(row: Any) -> int:
    version = int(row["version"])
    if not 0 < version < 1000:
        raise ValueError("version of a sentence")
    return version


def _words(value: object, most: int, *, may_be_empty: bool = False) -> str:
    """Words as they stand in the file; JSON can hold signs that no database keeps, and no file of ours has them."""
    words = str(value)
    if len(words) > most or not (words.strip() or may_be_empty) or strip_control_characters(words) != words:
        raise ValueError("words")
    return words


def import_text(*, organisation: Organisation, pasted: str, by: Account) -> UnityText:
    """Store a file: an unknown text becomes a copy in which the organisation has a place; of a known one, the positions.

    A file cannot speak for a party that has its own place here: positions under its name are left out.
    """
    text_in_file = parse_text_file(pasted)
    with transaction.atomic(using="desk"):
        text = UnityText.objects.filter(organisation=organisation, uuid=text_in_file.uuid).first()
        if text is None:
            text = UnityText.objects.create(
                organisation=organisation,
                uuid=text_in_file.uuid,
                title=text_in_file.title,
                host=text_in_file.host,
                is_copy=True,
            )
            Party.objects.create(
                text=text, organisation=organisation, name=organisation.name, joined_on=timezone.localdate()
            )
        if text.is_copy:
            _store_sentences(text, text_in_file.sentences)
        _store_positions(text, text_in_file.positions)
        chain.append_line(organisation, by, "took in points of unity", text)
    return text


def _store_sentences(text: UnityText, rows: Sequence[SentenceInFile]) -> None:
    stored = {sentence.uuid: sentence for sentence in text.sentences.all()}
    for order, row in enumerate(rows, 1):
        sentence = stored.pop(row.uuid, None) or UnitySentence(text=text, uuid=row.uuid)
        sentence.order, sentence.words, sentence.before = order, row.words, row.before
        sentence.version = row.version
        sentence.save()
    for sentence in stored.values():
        sentence.delete()


def _store_positions(text: UnityText, rows: Sequence[PositionInFile]) -> None:
    parties = {party.name: party for party in text.parties.all()}
    sentences = {sentence.uuid: sentence for sentence in text.sentences.all()}
    for row in rows:
        party, sentence = parties.get(row.party), sentences.get(row.sentence)
        if sentence is None or (party is not None and party.organisation_id is not None):
            continue
        if party is None:
            party = Party.objects.create(text=text, name=row.party, joined_on=timezone.localdate())
            parties[row.party] = party
        last = Position.objects.filter(sentence=sentence, party=party).order_by("-pk").first()
        if last is None or not last.is_same(row.version, row.stand, row.instead):
            Position.objects.create(
                sentence=sentence, party=party, version=row.version, stand=row.stand, instead=row.instead
            )
