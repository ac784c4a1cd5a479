"""Schemas of everything that is read and written through the API. None holds a person's name or a way to reach a person."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any, Literal, TypeVar, get_type_hints
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict, create_model

from massline.desk.api import schema_examples
from massline.desk.call.call_draft import CallDraft
from massline.square.calls.facts import EventFacts, Facts, names_of

S = TypeVar("S", bound=Schema)


def with_example(example: schema_examples.Example) -> ConfigDict:
    """Put an example beside a schema in the description."""
    return ConfigDict(json_schema_extra={"examples": [example]})


class Page(Schema):
    """The part of a list that is wanted."""

    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


def with_facts(kind: type[Facts]) -> Callable[[type[S]], type[S]]:
    """Add a required field for each fact to a schema."""
    hints = get_type_hints(kind)
    required: dict[str, Any] = {name: (hints[name], ...) for name in names_of(kind)}
    return lambda schema: create_model(schema.__name__, __base__=schema, __doc__=schema.__doc__, **required)


@with_facts(CallDraft)
class CallOut(Schema):
    model_config = with_example(schema_examples.CALL)

    id: UUID
    state: str
    url: str | None = Field(description="its public page; null where it has none")


@with_facts(EventFacts)
class EventOut(Schema):
    model_config = with_example(schema_examples.EVENT)

    id: UUID
    cancelled: bool
    headcount: int | None = Field(description="counted by eye; null where fewer than the smallest cell")
    url: str | None = Field(description="its public page; null where it has none")


class ReportOut(Schema):
    model_config = with_example(schema_examples.REPORT)

    id: UUID
    title: str
    kind: str
    heard: str
    unknown: str
    next_step: str
    rests_on: dict[str, object]
    published_on: date
    url: str


class DecisionOut(Schema):
    model_config = with_example(schema_examples.DECISION)

    id: int
    title: str
    why: str
    dissent: str
    forecast: str
    in_favour: int | None
    against: int | None
    abstained: int | None
    decided_on: date
    review_on: date


class LessonOut(Schema):
    model_config = with_example(schema_examples.LESSON)

    id: UUID
    claim: str
    context: str
    evidence: str
    confidence: str


class SectionOut(Schema):
    section: str
    count: int | None = Field(description="null where it is hidden, so that few cannot be known")
    of: int | None


class ResultOut(Schema):
    model_config = with_example(schema_examples.RESULT)

    kind: Literal["structure test", "listening round"]
    title: str
    day: date
    total: int | None
    imported: int | None = Field(
        default=0, description="entries of a listening round that came from files; they are not in the total"
    )
    sections: list[SectionOut]


class VoiceIn(Schema):
    text: str = Field(
        min_length=1, max_length=2000, description="their words, to the byte; no name, no door number"
    )
    kind: Literal["said", "question", "need", "offer"] = "said"
    language: str = Field("", max_length=12)


class FieldReportIn(Schema):
    model_config = with_example(schema_examples.FIELD_REPORT)

    id: UUID = Field(description="drawn by you; sent twice, kept once; with something else in it, refused")
    round: int
    section: str = Field("", description="its name; empty where none is known")
    channel: Literal["door", "stall", "meeting", "phone", "paper"] = "door"
    mood: Literal[1, 2, 3, 4, 5] | None = None
    people: int = Field(1, ge=1, le=1000)
    steps: list[int] | None = Field(
        None,
        min_length=5,
        max_length=5,
        description="of a group, people at each step of the mood, lowest first; together at most `people`",
    )
    day: date | None = None
    voices: list[VoiceIn] = Field(min_length=1, max_length=50)


def digest_of_report(report: FieldReportIn) -> str:
    """16 bits by which a report that is sent again is told from one with something else in it.

    What a later version may ask besides counts only where it is given, so that the digest of a report stays.
    """
    said = json.dumps(report.model_dump(mode="json", exclude_defaults=True), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:4]


class FieldReportOut(Schema):
    model_config = with_example(schema_examples.FIELD_REPORT_KEPT)

    id: UUID
    voices: int


class AnsweredOut(Schema):
    """A statement that enough people answered to be shown."""

    number: int
    text: str
    language: str
    agree: int
    disagree: int
    passed: int
    likely_agree: tuple[float, float] = Field(description="the 95 % interval of the share that agrees")
    unites: bool = Field(description="surely most of every group agree")


class ConversationOut(Schema):
    model_config = with_example(schema_examples.CONVERSATION)

    question: str
    language: str
    open: bool
    people: int | None = Field(
        description="how many answered; null while results are sealed or not drawn yet"
    )
    votes: int | None
    statements: list[AnsweredOut] | None = Field(description="what unites most comes first")
    url: str


class ClaimOut(Schema):
    model_config = with_example(schema_examples.CLAIM)

    id: UUID
    report_back: UUID
    text: str
    minority: bool
    quotes: int = Field(description="how many quotes it rests on; they stand at the url")
    heard_right: int | None = Field(description="readers who said so; null below the smallest cell")
    partly: int | None
    not_heard: int | None
    url: str


class Problem(Schema):
    """A refusal with its reason; where a body did not fit, each place of it that did not."""

    model_config = with_example(schema_examples.PROBLEM)

    detail: str | list[dict[str, object]]


class TooOftenOut(Schema):
    model_config = with_example(schema_examples.TOO_OFTEN)

    detail: str
    seconds: int = Field(description="as in the header Retry-After")
