"""Lessons as signed files: `massline.lesson/1`, JSON signed with Ed25519 (RFC 8032).

The key is derived from the organisation's private key, so signing needs an open vault, and a new private key means
a new signing key. Signed is the document without its signature: keys in order, no spaces, UTF-8.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from massline.core.invisible_characters import strip_control_characters
from massline.core.refusal import CodedError
from massline.desk.guard.keys.vault import Vault
from massline.desk.learn.lessons.models import Confidence, Lesson
from massline.engine.result_documents import canonical_bytes

SCHEMA = "massline.lesson/1"
MOST_CHARACTERS = 20_000


class NotGenuine(CodedError):
    """A file was rejected and nothing of it stored; the message is worded for whoever pasted it."""


@dataclass(frozen=True)
class SignedLesson:
    """A lesson with a valid signature; whether the key is the sender's, the file alone cannot prove."""

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
    """Return a key as sixteen groups of four, for two people to read to each other."""
    return " ".join(public_key[start : start + 4] for start in range(0, 64, 4))


def sign_lesson(lesson: Lesson, vault: Vault, *, held: int, did_not: int) -> str:
    """Return a lesson of the organisation as a signed JSON file."""
    event = lesson.review.event
    document = {
        "schema": SCHEMA,
        "lesson": {
            "id": str(lesson.uuid),
            "claim": lesson.claim,
            "context": lesson.context,
            "evidence": lesson.evidence,
            "confidence": lesson.confidence,
            "kind": event.kind,
            "size": lesson.review.turnout,
            "learnt_on": lesson.shared_on.isoformat(),
        },
        "tried": {"held": held, "did_not": did_not},
        "from": {"name": event.organisation.name, "key": derive_public_key(vault)},
    }
    signature = _key(vault).sign(canonical_bytes(document)).signature.hex()
    return json.dumps({**document, "signature": signature}, ensure_ascii=False, indent=1)


def read_signed_lesson(text: str) -> SignedLesson:
    """Check a file before anything of it is stored. Raises NotGenuine where it was changed or is not valid."""
    try:
        if len(text) > MOST_CHARACTERS:
            raise ValueError("too long")
        document = json.loads(text)
        if document["schema"] != SCHEMA:
            raise ValueError("another schema")
        signature = bytes.fromhex(document.pop("signature"))
        key = document["from"]["key"]
        VerifyKey(bytes.fromhex(key)).verify(canonical_bytes(document), signature)
        return _parse(document)
    except BadSignatureError as problem:
        raise NotGenuine(
            _("Nothing was imported: the file was changed after it was signed. Ask for it again."),
            code="changed-after-signing",
        ) from problem
    except (ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise NotGenuine(
            _("Nothing was imported: this is not a signed lesson."), code="no-signed-lesson"
        ) from problem


def _parse(document: Any) -> SignedLesson:
    lesson, tried = document["lesson"], document["tried"]
    size = lesson["size"]
    return SignedLesson(
        uuid=UUID(lesson["id"]),
        claim=_words(lesson["claim"], 240),
        context=_words(lesson["context"], 240),
        evidence=_words(lesson["evidence"], 240),
        confidence=Confidence(lesson["confidence"]),
        kind=_words(lesson["kind"], 14),
        size=None if size is None else _number(size),
        held=_number(tried["held"]),
        did_not=_number(tried["did_not"]),
        learnt_on=date.fromisoformat(lesson["learnt_on"]),
        sender=_words(document["from"]["name"], 120),
        public_key=str(document["from"]["key"]).lower(),
    )


def _words(value: object, most: int) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= most:
        raise ValueError("no words")
    if strip_control_characters(value) != value:
        raise ValueError("signs that no database keeps")
    return value.strip()


def _number(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= 10_000_000:
        raise ValueError("no count")
    return value


def _key(vault: Vault) -> SigningKey:
    return SigningKey(vault.signing_seed())
