"""Points of unity as a file, for organisations of other installations: text and positions, nothing else."""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Refused
from massline.desk.decide.unity import rules
from massline.desk.decide.unity.models import Party, Position, Stand, UnitySentence, UnityText
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation

SCHEMA = "massline.unity/1"
MOST_SENTENCES, MOST_CHARACTERS, MOST_PARTIES = 100, 200_000, 200


def export_text(text: UnityText) -> dict[str, Any]:
    """Write the text down with every present position of those who are here."""
    sentences = list(text.sentences.all())
    latest: dict[tuple[int, int], Position] = {}
    for row in Position.objects.filter(sentence__text=text, party__left_on=None).select_related(
        "party", "sentence"
    ):
        latest[row.sentence_id, row.party_id] = row
    return {
        "schema": SCHEMA,
        "text": str(text.uuid),
        "title": text.title,
        "host": text.host,
        "sentences": [
            {"id": str(one.uuid), "words": one.words, "before": one.before, "version": one.version}
            for one in sentences
        ],
        "positions": [
            {
                "party": row.party.name,
                "sentence": str(row.sentence.uuid),
                "version": row.version,
                "stand": row.stand,
                "instead": row.instead,
            }
            for row in latest.values()
        ],
    }


def read_file(pasted: str) -> dict[str, Any]:
    """Check a pasted file before anything of it is kept; raises Refused where it is none of ours."""
    try:
        if len(pasted) > MOST_CHARACTERS:
            raise ValueError("too long")
        found: dict[str, Any] = json.loads(pasted)
        if found["schema"] != SCHEMA or len(found["sentences"]) > MOST_SENTENCES:
            raise ValueError("not this schema")
        UUID(found["text"])
        for one in found["sentences"]:
            UUID(one["id"])
            if not (
                str(one["words"]).strip() and len(str(one["words"])) <= 400 and 0 < int(one["version"]) < 1000
            ):
                raise ValueError("a sentence")
        for one in found["positions"]:
            UUID(one["sentence"])
            Stand(one["stand"])
            int(one["version"])
            if not 0 < len(str(one["party"]).strip()) <= 120 or len(str(one["instead"])) > 400:
                raise ValueError("a position")
        if len({str(one["party"]) for one in found["positions"]}) > MOST_PARTIES:
            raise ValueError("too many")
        if not 0 < len(str(found["title"])) <= 120 or not 0 < len(str(found["host"])) <= 120:
            raise ValueError("a title")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused([rules.NotOurFile()]) from error
    return found


def import_text(*, organisation: Organisation, pasted: str, by: Account) -> UnityText:
    """Take in a file: a text we do not know becomes a copy in which we have a place; of one we know, the positions.

    Nobody speaks for a party that has its own place here: positions under such a name are left out.
    """
    found = read_file(pasted)
    with transaction.atomic(using="desk"):
        text = UnityText.objects.filter(organisation=organisation, uuid=UUID(found["text"])).first()
        if text is None:
            text = UnityText.objects.create(
                organisation=organisation,
                uuid=UUID(found["text"]),
                title=found["title"],
                host=found["host"],
                is_copy=True,
            )
            Party.objects.create(
                text=text, organisation=organisation, name=organisation.name, joined_on=timezone.localdate()
            )
        if text.is_copy:
            _sentences(text, found["sentences"])
        _positions(text, found["positions"])
        chain.write(organisation, by, "took in points of unity", text)
    return text


def _sentences(text: UnityText, rows: list[dict[str, Any]]) -> None:
    ours = {one.uuid: one for one in text.sentences.all()}
    for order, row in enumerate(rows, 1):
        one = ours.pop(UUID(row["id"]), None) or UnitySentence(text=text, uuid=UUID(row["id"]), order=order)
        one.order, one.words, one.before = order, str(row["words"]), str(row.get("before", ""))[:400]
        one.version = int(row["version"])
        one.save()
    for gone in ours.values():
        gone.delete()


def _positions(text: UnityText, rows: list[dict[str, Any]]) -> None:
    parties = {one.name: one for one in text.parties.all()}
    sentences = {one.uuid: one for one in text.sentences.all()}
    for row in rows:
        name = str(row["party"]).strip()
        party = parties.get(name)
        sentence = sentences.get(UUID(row["sentence"]))
        if sentence is None or (party is not None and party.organisation_id is not None):
            continue
        if party is None:
            party = Party.objects.create(text=text, name=name, joined_on=timezone.localdate())
            parties[name] = party
        told = {"version": int(row["version"]), "stand": row["stand"], "instead": str(row["instead"])}
        last = Position.objects.filter(sentence=sentence, party=party).order_by("-pk").first()
        if last is None or (last.version, last.stand, last.instead) != tuple(told.values()):
            Position.objects.create(sentence=sentence, party=party, **told)
