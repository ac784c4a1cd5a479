"""Figures about a conversation's statements, small enough to draw the next one from in a request.

The worker writes it with each map; a request only reads it. It says nothing about anybody: of the model of votes the
statements' side is kept and, of people, how widely they differ.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import models
from numpy.typing import NDArray

from massline.core.expiry import NoOwnExpiry
from massline.core.sealed_columns import OpenColumn
from massline.engine.opinion import Predictor
from massline.engine.opinion.bayesian_logistic_model import LogisticModel, SideBelief


class Routing(models.Model):
    """The routing model of a conversation, as it stood at one snapshot."""

    lives = NoOwnExpiry("what is known of statements, and nothing of anybody")
    open_columns = (OpenColumn("body", "what is known of statements"),)

    conversation = models.OneToOneField(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="routing"
    )
    snapshot = models.ForeignKey("conversations.OpinionSnapshot", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(
        max_length=64, help_text="of the body; by it each process remembers what it read"
    )
    body = models.BinaryField(help_text="arrays as numpy writes them")

    def __str__(self) -> str:
        return self.digest[:8]


@dataclass(frozen=True, eq=False)
class StatementFigures:
    """Statements by number, how many answers each had, and the statements' side of a model of votes.

    Attributes
    ----------
    numbers, seen : (M,)
    model : of the first of them, those that the leading level answered; None where too few people did
    """

    numbers: NDArray[np.int64]
    seen: NDArray[np.int64]
    model: Predictor | None = None

    def pack(self) -> bytes:
        """Write it as bytes, the same for the same model."""
        arrays: dict[str, NDArray[Any]] = {"numbers": self.numbers, "seen": self.seen}
        if self.model is not None:
            agrees, takes = self.model.agrees, self.model.takes_side
            arrays |= {
                "mean": agrees.statements.mean.astype(np.float32),
                "doubt": agrees.statements.spread[:, 0, 0].astype(np.float32),
                "center": agrees.people.center,
                "width": agrees.people.width,
                "takes": takes.statements.mean[:, :1].astype(np.float32),
            }
        written = io.BytesIO()
        np.savez(written, allow_pickle=False, **arrays)
        return written.getvalue()


NOTHING = StatementFigures(np.zeros(0, np.int64), np.zeros(0, np.int64))


def unpack_figures(body: bytes) -> StatementFigures:
    """Read the bytes that `StatementFigures.pack` wrote."""
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        found = dict(arrays)
    model = None
    if "mean" in found:
        mean, takes = found["mean"].astype(float), found["takes"].astype(float)
        spread = np.zeros((len(mean), mean.shape[1], mean.shape[1]))
        spread[:, 0, 0] = found["doubt"]
        people = SideBelief(np.zeros((0, mean.shape[1])), spread[:0], found["center"], found["width"])
        agrees = LogisticModel(people, SideBelief(mean, spread, found["center"], found["width"]))
        model = Predictor(
            LogisticModel(people, SideBelief(takes, spread[:, :1, :1], found["center"], found["width"])),
            agrees,
        )
    return StatementFigures(found["numbers"], found["seen"], model)


def digest_of_statements(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def routing_figures(conversation: int, digest: str | None) -> StatementFigures:
    """Figures about a conversation's statements up to the one that `digest` names, read once a process."""
    return NOTHING if digest is None else _read(conversation, digest)


@lru_cache(maxsize=64)
def _read(conversation: int, digest: str) -> StatementFigures:
    """Under another digest it is another model, so nothing remembered is ever stale."""
    body = Routing.objects.filter(conversation=conversation).values_list("body", flat=True).first()
    return NOTHING if body is None else unpack_figures(bytes(body))
