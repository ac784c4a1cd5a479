"""The link to an online room, sealed to each sign-up that has a place, and opened by its manage link alone.

A pair of keys follows from the secret of the manage link. The square keeps the public half, so the worker seals the link
to it without knowing the secret; the private half exists only while somebody who has the secret reads their page.
"""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.db import models, transaction
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from massline.core.db.erasure import erase_after_commit
from massline.square.envelopes.models import Envelope, EnvelopeQuerySet
from massline.square.envelopes.sealing import open_contents, seal_contents

LINK = "join"
BATCH_SIZE = 200


def private_key_of(secret: str) -> bytes:
    """The private half, 32 bytes. The secret has 128 random bits, so nobody guesses it from the public half."""
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"massline-join").digest()


def public_key_of(secret: str) -> bytes:
    return bytes(PrivateKey(private_key_of(secret)).public_key)


def open_join_link(envelope: Envelope, secret: str) -> str:
    """The link of a sign-up that has a place; empty while there is none for it.

    A sign-up from before there were such keys gets one here, and the link at the worker's next look.
    """
    if not envelope.join_key and not envelope.on_paper:
        Envelope.objects.filter(pk=envelope.pk, join_key=None).update(join_key=public_key_of(secret))
    if envelope.sealed_link is None or envelope.is_cancelled or envelope.awaits_place:
        return ""
    try:
        opened = open_contents(bytes(envelope.sealed_link), private_key_of(secret), bound_to=envelope.binding)
    except (CryptoError, ValueError, AttributeError):
        return ""
    return opened.get(LINK, "")


def seal_join_link(about: UUID, link: str, version: int) -> int:
    """Seal a link to every sign-up that has a place and not this version of it yet; return to how many.

    Whoever cancelled or waits for a place has none any more. An empty link takes it from everybody.
    """
    rows = Envelope.objects.about(about)
    holders = rows.standing().filter(awaits_place=False).exclude(join_key=None)
    outdated = rows.exclude(sealed_link=None)
    if link:
        outdated = outdated.exclude(pk__in=holders.values("pk"))
    if outdated.exists():
        with transaction.atomic(using="square"):
            outdated.update(sealed_link=None, link_version=0)
            erase_after_commit("square")
    return sum(_seal_batch(batch, link, version) for batch in _batches(holders, version)) if link else 0


def _batches(holders: EnvelopeQuerySet, version: int) -> Iterator[list[Envelope]]:
    due = holders.filter(~models.Q(link_version=version) | models.Q(sealed_link=None)).order_by("pk")
    last = 0
    while batch := list(due.filter(pk__gt=last)[:BATCH_SIZE]):
        yield batch
        last = batch[-1].pk


def _seal_batch(batch: list[Envelope], link: str, version: int) -> int:
    """Seal to those who still have their place when it is written."""
    sealed = 0
    with transaction.atomic(using="square"):
        for envelope in batch:
            box = seal_contents({LINK: link}, bytes(envelope.join_key or b""), bound_to=envelope.binding)
            row = Envelope.objects.standing().filter(pk=envelope.pk, awaits_place=False)
            sealed += row.update(sealed_link=box, link_version=version)
        erase_after_commit("square")
    return sealed
