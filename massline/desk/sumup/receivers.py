"""What goes with a voice that is deleted: the vector that was made of its words."""

from typing import Any

from django.db import transaction

from massline.desk.listen.rounds.models import Voice
from massline.desk.sumup.estimates.vector_cache import forget


def forget_vector(sender: type[Voice], *, instance: Voice, using: str, **_: Any) -> None:
    transaction.on_commit(lambda: forget([instance.text]), using=using)
