"""Citations of voices and statements: making them, and comparing them with their sources."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.core.date_formats import format_day
from massline.core.disclosure_threshold import threshold
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound, Voice, digest_of_voice
from massline.desk.sumup.claims.models import Citation
from massline.desk.sumup.masking.personal_data import masking_of
from massline.engine.opinion.map_schema import OpinionGroup, StatementAnswers
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import OpinionSnapshot, Statement, StatementState
from massline.web.language_choice import in_language


@dataclass(frozen=True)
class MapSummary:
    """The latest map of a round's conversation, by statement number; empty if there is none yet."""

    votes: int
    participants: int
    rows: dict[int, StatementAnswers]
    groups: tuple[OpinionGroup, ...]


NO_MAP = MapSummary(votes=0, participants=0, rows={}, groups=())


def map_summary_of(round_: ListeningRound) -> MapSummary:
    conversation = conversation_of(round_)
    return summarise_map(conversation.latest_snapshot() if conversation else None)


def summarise_map(latest: OpinionSnapshot | None) -> MapSummary:
    """The map in the form that citations need."""
    if latest is None:
        return NO_MAP
    rests_on, result = latest.estimate.rests_on, latest.estimate.result
    rows = {int(answers.id): answers for answers in result.statements}
    return MapSummary(rests_on.votes, rests_on.participants, rows, result.groups)


def cite_voice(voice: Voice) -> Citation:
    """Cite a voice byte for byte, or in its masked form if somebody masked it."""
    masking = masking_of(voice)
    text = masking.text if masking else voice.text
    return Citation(
        voice=voice,
        masking=masking,
        text=text,
        digest=digest_of_voice(text),
        origin=_origin(describe_voice_place(voice), voice),
    )


def describe_voice_place(voice: Voice, *, name_section: bool = True) -> str:
    """The place a voice was heard: “Block C, at the door”; without the section if too few were heard there."""
    section = voice.report.section
    channel = voice.report.get_channel_display()
    return f"{section.name}, {channel}" if section and name_section else str(channel)


def _origin(place: str, voice: Voice) -> str:
    return f"{place}, {format_day(voice.report.day)}"


def cite_statement(statement: Statement, snapshot: MapSummary, threshold: Threshold) -> Citation:
    return Citation(
        statement=statement.uuid,
        text=statement.text,
        digest=digest_of_voice(statement.text),
        origin=describe_statement_result(statement.number, snapshot, threshold),
    )


def describe_statement_result(number: int, snapshot: MapSummary, threshold: Threshold) -> str:
    """The result of a statement: “statement 7, 63 of 80 agree”, or that too few have voted. People count from 1."""
    answers = snapshot.rows.get(number)
    if answers is None or not threshold.shows(answers.seen):
        return _("statement %(number)d, fewer than %(least)d votes") % {
            "number": number + 1,
            "least": threshold.k,
        }
    counted = {"number": number + 1, "agree": answers.agree, "seen": answers.seen}
    people = answers.overturned_by.get("unites")
    if not people:
        return _("statement %(number)d, %(agree)d of %(seen)d agree") % counted
    return ngettext(
        "statement %(number)d, %(agree)d of %(seen)d agree; %(people)d more person could overturn this",
        "statement %(number)d, %(agree)d of %(seen)d agree; %(people)d more people together could overturn this",
        people,
    ) % (counted | {"people": people})


def with_number_from_one(origin: str, statement: Statement) -> str:
    """The origin of a cited statement with its number as people read it; earlier ones were written down from 0.

    The number comes first in every language.
    """
    first = re.search(r"\d+", origin)
    if first is None or int(first[0]) != statement.number:
        return origin
    return f"{origin[: first.start()]}{statement.shown_number}{origin[first.end() :]}"


def cite_words(
    round_: ListeningRound, voices: Iterable[Voice], statements: Iterable[Statement]
) -> list[Citation]:
    """Make the citations of one claim, in the organisation's language."""
    snapshot, least = map_summary_of(round_), threshold(round_.organisation)
    with in_language(round_.organisation.language):
        spoken = [cite_voice(voice) for voice in voices]
        return spoken + [cite_statement(statement, snapshot, least) for statement in statements]


@dataclass(frozen=True)
class Source:
    """The present text of a cited voice or statement; `open` if it may be shown."""

    text: str
    open: bool


def cited_statements(citations: Iterable[Citation]) -> dict[UUID, Statement]:
    """The cited statements by uuid, in one query."""
    wanted = [row.statement for row in citations if row.statement is not None]
    return {row.uuid: row for row in Statement.objects.filter(uuid__in=wanted)} if wanted else {}


def find_current_source(citation: Citation, statements: dict[UUID, Statement]) -> Source | None:
    if citation.voice is not None:
        masking = citation.masking
        if masking is None:
            return Source(citation.voice.text, open=True)
        return Source(masking.text if masking.holds else "", open=True)
    statement = statements.get(citation.statement) if citation.statement else None
    return Source(statement.text, open=statement.state == StatementState.SHOWN) if statement else None


def is_verbatim(citation: Citation, source: Source) -> bool:
    """True if quote and source are equal byte for byte and match the digest of the citation."""
    return source.text == citation.text and digest_of_voice(source.text) == citation.digest
