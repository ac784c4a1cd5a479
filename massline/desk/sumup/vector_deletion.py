"""Deletion of a voice's vector together with the voice."""

from typing import Any

from django.db import transaction

from massline.desk.listen.rounds.models import Voice
from massline.desk.sumup.estimates.vector_cache import forget_vectors


def forget_vector(sender: type[Voice], *, instance: Voice, using: str, **_: Any) -> None:
    transaction.on_commit(lambda: forget_vectors([instance.text]), using=using)
