"""Lessons as files that say who wrote them: `massline.lesson/1`, JSON signed with Ed25519 (RFC 8032).

The key is derived from the organisation's private key, so only an open vault can sign, and changes when the lock
is changed. What is signed is the document without its signature: keys in order, no spaces, UTF-8.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from massline.desk.guard.keys.vault import Vault
from massline.desk.learn.lessons.models import Confidence, Lesson
from massline.engine.documents import canonical

SCHEMA = "massline.lesson/1"
MOST_CHARACTERS = 20_000


class NotGenuine(ValueError):
    """Why a file is not taken in, for whoever brought it. Nothing of it was kept."""


@dataclass(frozen=True)
class SignedLesson:
    """A lesson whose signature holds. Whether the key is theirs, the file alone cannot say."""

    uuid: UUID
    claim: str
    context: str
    evidence: str
    confidence: str
    kind: str
    size: int | None
    held: int
    did_not: int
    learnt_on: date
    sender: str
    public_key: str


def derive_public_key(vault: Vault) -> str:
    return bytes(_key(vault).verify_key).hex()


def format_fingerprint(public_key: str) -> str:
    """Write a key so that two people can read it to each other: sixteen groups of four."""
    return " ".join(public_key[start : start + 4] for start in range(0, 64, 4))


def sign_lesson(lesson: Lesson, vault: Vault, *, held: int, did_not: int) -> str:
    """Write a lesson of ours down and sign it."""
    event = lesson.review.event
    size = lesson.review.numbers.get("headcount") or lesson.review.numbers.get("came")
    document = {
        "schema": SCHEMA,
        "lesson": {
            "id": str(lesson.uuid),
            "claim": lesson.claim,
            "context": lesson.context,
            "evidence": lesson.evidence,
            "confidence": lesson.confidence,
            "kind": event.kind,
            "size": size,
            "learnt_on": lesson.shared_on.isoformat(),
        },
        "tried": {"held": held, "did_not": did_not},
        "from": {"name": event.organisation.name, "key": derive_public_key(vault)},
    }
    signature = _key(vault).sign(canonical(document)).signature.hex()
    return json.dumps({**document, "signature": signature}, ensure_ascii=False, indent=1)


def read_signed_lesson(text: str) -> SignedLesson:
    """Check a file before anything of it is kept. Raises NotGenuine where it was changed or is none of ours."""
    try:
        if len(text) > MOST_CHARACTERS:
            raise ValueError("too long")
        document: dict[str, Any] = json.loads(text)
        if document["schema"] != SCHEMA:
            raise ValueError("another schema")
        signature = bytes.fromhex(document.pop("signature"))
        key = document["from"]["key"]
        VerifyKey(bytes.fromhex(key)).verify(canonical(document), signature)
        return _signed(document)
    except BadSignatureError as problem:
        raise NotGenuine(
            _("Nothing was taken in: this file was changed after it was signed. Ask for it again.")
        ) from problem
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise NotGenuine(_("Nothing was taken in: this is no signed lesson.")) from problem


def _signed(document: dict[str, Any]) -> SignedLesson:
    lesson, tried = document["lesson"], document["tried"]
    size = lesson["size"]
    return SignedLesson(
        uuid=UUID(lesson["id"]),
        claim=_words(lesson["claim"], 240),
        context=_words(lesson["context"], 240),
        evidence=_words(lesson["evidence"], 240),
        confidence=Confidence(lesson["confidence"]),
        kind=_words(lesson["kind"], 14),
        size=None if size is None else _count(size),
        held=_count(tried["held"]),
        did_not=_count(tried["did_not"]),
        learnt_on=date.fromisoformat(lesson["learnt_on"]),
        sender=_words(document["from"]["name"], 120),
        public_key=str(document["from"]["key"]).lower(),
    )


def _words(value: object, most: int) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= most:
        raise ValueError("no words")
    return value.strip()


def _count(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= 10_000_000:
        raise ValueError("no count")
    return value


def _key(vault: Vault) -> SigningKey:
    return SigningKey(vault.signing_seed())
