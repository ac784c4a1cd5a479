"""Snapshots of a conversation's opinion map, and the tallies of other trust levels beside them."""

import json
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db import models

from massline.core.expiry import NoOwnExpiry
from massline.core.json_shapes import (
    ShapedField,
    map_of,
    number,
    or_lost,
    record,
    string,
    tuple_of,
    whole_list_of,
    whole_map_of,
    whole_number,
)
from massline.core.sealed_columns import OpenColumn
from massline.core.time_zones import start_of_today
from massline.engine.opinion.map_schema import MapDocument, restore_map
from massline.engine.opinion.robustness_schema import RobustnessResult, restore_robustness
from massline.engine.opinion.statement_arrays import StatementArrays
from massline.engine.result_documents import canonical_bytes, to_json
from massline.square.conversations.trust_levels import Level

SECTIONS_OF_STATEMENT = record(
    counts=whole_map_of(tuple_of(whole_number, whole_number)),
    cells=whole_list_of(record(section=string, seen=whole_number, agree=number, bound=string)),
)


def nothing_known() -> None:
    """A memory of what was shown that cannot be read any more; not an empty one, after which all may be shown."""


def stored_parts(document: MapDocument) -> dict[str, bytes]:
    """The columns that hold a map: its head as JSON, and its statements, of which a page reads a few."""
    columns = StatementArrays.of(document.result.statements)
    head = replace(document, result=replace(document.result, statements=()))
    return {"body": canonical_bytes(head), "statements": columns.pack()}


class StoredMap(models.Model):
    """A map in two parts. Maps stored before are whole in `body`."""

    body = models.BinaryField(help_text="the canonical JSON document of the estimate")
    statements = models.BinaryField(
        null=True, help_text="its statements as columns; null where they are in the document"
    )

    class Meta:
        abstract = True

    @cached_property
    def estimate(self) -> MapDocument:
        """The map that pages read."""
        document = restore_map(json.loads(bytes(self.body)))
        rows = document.result.statements
        columns = StatementArrays.of(rows)
        if not rows and self.statements:
            columns = StatementArrays.unpack(bytes(self.statements))
        return replace(document, result=replace(document.result, statements=columns))

    @property
    def document(self) -> dict[str, Any]:
        """The whole document as its JSON reads."""
        return to_json(self.estimate)


class OpinionSnapshot(StoredMap):
    """The present edition of the results: the opinion map of so many votes, until the next edition takes its place."""

    lives = NoOwnExpiry("an estimate over many")
    open_columns = (
        OpenColumn("body", "an estimate over many"),
        OpenColumn("statements", "an estimate over many"),
        OpenColumn("robustness", "an estimate over many"),
    )

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="snapshots"
    )
    made_at = models.DateTimeField(default=start_of_today, help_text="the day")
    votes_seen = models.PositiveIntegerField()
    votes_digest = models.CharField(max_length=64, help_text="of the votes it was made from")
    engine_version = models.CharField(max_length=12)
    seed = models.PositiveIntegerField()
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.OPEN)
    robustness = models.BinaryField(
        null=True, help_text="the canonical JSON document of how robust the map is, once worked out"
    )
    sections = ShapedField(
        map_of(or_lost(map_of(or_lost(SECTIONS_OF_STATEMENT)))),
        default=dict,
        lost=nothing_known,
        help_text="by level and statement, the counts of sections when they were last shown",
    )
    ways = ShapedField(
        map_of(or_lost(whole_number)),
        default=dict,
        lost=nothing_known,
        help_text="how many came in by each invitation, as this edition says",
    )

    def __str__(self) -> str:
        return f"{self.conversation} after {self.votes_seen} votes"

    @cached_property
    def robust(self) -> RobustnessResult:
        """Robustness of the map; empty until the worker has computed it."""
        if not self.robustness:
            return RobustnessResult()
        return restore_robustness(json.loads(bytes(self.robustness))).result


class LevelTally(StoredMap):
    """Answers of one trust level, counted like the leading snapshot's and never added to it."""

    lives = NoOwnExpiry("an estimate over many")
    open_columns = (
        OpenColumn("body", "an estimate over many"),
        OpenColumn("statements", "an estimate over many"),
    )

    snapshot = models.ForeignKey(OpinionSnapshot, on_delete=models.CASCADE, related_name="apart")
    level = models.CharField(max_length=10, choices=Level.choices)
    votes_seen = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "level"], name="one_tally_per_level")]

    def __str__(self) -> str:
        return f"{self.snapshot}, {self.level}"
