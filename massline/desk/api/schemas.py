"""What is read and written through the API. No schema holds a name of a person or a way to reach one."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema


class Page(Schema):
    """Which part of a list is wanted."""

    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class CallOut(Schema):
    id: UUID
    slogan: str
    what: str
    ask: str
    why: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    language: str
    state: str


class EventOut(Schema):
    id: UUID
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    access: str
    cancelled: bool
    headcount: int | None = Field(description="counted by eye; null where fewer than the smallest cell")


class ReportOut(Schema):
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
    kind: Literal["structure test", "listening round"]
    title: str
    day: date
    total: int | None
    sections: list[SectionOut]


class VoiceIn(Schema):
    text: str = Field(
        min_length=1, max_length=2000, description="their words, to the byte; no name, no door number"
    )
    kind: Literal["said", "question", "need", "offer"] = "said"
    language: str = Field("", max_length=12)


class FieldReportIn(Schema):
    id: UUID = Field(description="drawn by you; sent twice, kept once")
    round: int
    section: str = Field("", description="its name; empty where none is known")
    channel: Literal["door", "stall", "meeting", "phone", "paper"] = "door"
    mood: Literal[1, 2, 3, 4, 5] | None = None
    people: int = Field(1, ge=1, le=1000)
    day: date | None = None
    voices: list[VoiceIn] = Field(min_length=1, max_length=50)


class FieldReportOut(Schema):
    id: UUID
    voices: int
