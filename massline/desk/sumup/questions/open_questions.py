"""Unanswered questions: the same wording grouped, similar wordings linked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from massline.desk.listen.rounds.models import ListeningRound, Voice, VoiceKind
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.masking.personal_data import (
    SectionNames,
    masked_text,
    prefetch_maskings,
    public_text,
)
from massline.desk.sumup.questions.models import AnsweredQuestion
from massline.desk.sumup.questions.urgency import LATELY, Urgency, judge_urgency, near_events
from massline.engine.themes.inputs import wording_key
from massline.engine.themes.questions import is_question
from massline.square.conversations.models import Statement

NEAR = 5  # of those nearly the same, how many a list shows
MARKS = Q(text__contains="?") | Q(text__contains="؟") | Q(text__contains="？")


class VoiceQuestion(NamedTuple):
    """The columns of a voice needed for ranking; there may be thousands, of which a page shows a dozen."""

    pk: int
    uuid: UUID
    text: str
    day: date
    section: str | None


@dataclass(eq=False)
class OpenQuestion:
    """A wording of a question, with all voices and statements that ask it.

    Attributes
    ----------
    key : name of the first voice or statement; it identifies the question in URLs and forms.
    ours : names of our sections, which are not flagged as personal data.
    near : similar wordings; they are answered together only if a person says so.
    urgency : why it cannot wait, if it was asked lately and is about the next hours.
    """

    key: str
    ours: SectionNames
    voices: list[VoiceQuestion] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    near: list["OpenQuestion"] = field(default_factory=list)
    urgency: Urgency | None = None

    @cached_property
    def first(self) -> Voice | None:
        """The first voice that asked, if any; `load_wordings` fetches it for many questions at once."""
        return _fetch_voices([self.voices[0].pk]).get(self.voices[0].pk) if self.voices else None

    @cached_property
    def text(self) -> str:
        """The first wording, without flagged passages."""
        if self.first is not None:
            return public_text(self.first, self.ours)
        # A voice that was deleted meanwhile is masked like any text.
        return masked_text(self.voices[0].text) if self.voices else self.statements[0].text

    @property
    def times(self) -> int:
        return len(self.voices) + len(self.statements)

    @property
    def times_with_near(self) -> int:
        return self.times + sum(question.times for question in self.near)

    @property
    def days_asked(self) -> list[date]:
        return [*(voice.day for voice in self.voices), *(row.made_on for row in self.statements)]

    @property
    def first_on(self) -> date:
        return min(self.days_asked)

    @property
    def asked_lately(self) -> int:
        """How many people asked it since yesterday; only the day is kept of anything people say."""
        since = timezone.localdate() - LATELY
        return sum(day >= since for day in self.days_asked)

    @property
    def first_near(self) -> list["OpenQuestion"]:
        return self.near[:NEAR]

    @property
    def more_near(self) -> int:
        return len(self.near[NEAR:])

    @property
    def days(self) -> int:
        """Days since it was first asked."""
        return (timezone.localdate() - self.first_on).days

    @property
    def places(self) -> list[str]:
        return sorted({voice.section for voice in self.voices if voice.section})

    @property
    def names(self) -> set[str]:
        return {f"v{voice.uuid}" for voice in self.voices} | {
            f"s{statement.uuid}" for statement in self.statements
        }


def list_open_questions(
    organisation: Organisation, *, round_: ListeningRound | None = None, evidence: CitedData | None = None
) -> list[OpenQuestion]:
    """Unanswered questions: those about the next hours, then those asked most often, then the oldest.

    Pass the round's `evidence` if it is at hand, so that its themes are not fetched twice.
    """
    ours = evidence.places if evidence is not None else SectionNames()
    questions = _by_wording(_voices(organisation, round_), _statements(organisation, round_), ours)
    _link_near_copies(questions, _near_copies(organisation, round_, evidence))
    _mark_urgent(organisation, questions)
    return sorted(questions, key=_rank)


def _rank(question: OpenQuestion) -> tuple[bool, int, date, str]:
    return question.urgency is None, -question.times_with_near, question.first_on, question.key


def _mark_urgent(organisation: Organisation, questions: Sequence[OpenQuestion]) -> None:
    lately = [question for question in questions if question.asked_lately]
    events = near_events(organisation) if lately else []
    for question in lately:
        words = question.voices[-1].text if question.voices else question.statements[-1].text
        question.urgency = judge_urgency(words, events)


def list_recent_questions(questions: Sequence[OpenQuestion]) -> list[OpenQuestion]:
    """Questions of today and yesterday: those about the next hours first, then those most often asked."""
    lately = [question for question in questions if question.asked_lately]
    return sorted(lately, key=lambda question: (question.urgency is None, -question.asked_lately))


def _voices(organisation: Organisation, round_: ListeningRound | None) -> Iterable[VoiceQuestion]:
    rows = Voice.objects.filter(
        report__round__organisation=organisation, kind=VoiceKind.QUESTION, answered=None
    ).order_by("report__day", "pk")
    rows = rows.filter(report__round=round_) if round_ else rows
    values = rows.values_list("pk", "uuid", "text", "report__day", "report__section__name")
    return [VoiceQuestion(*row) for row in values]


def _fetch_voices(keys: Collection[int]) -> dict[int, Voice]:
    """Voices by key, with their maskings."""
    return Voice.objects.select_related("report").prefetch_related(prefetch_maskings()).in_bulk(keys)


def _statements(organisation: Organisation, round_: ListeningRound | None) -> list[Statement]:
    answered = AnsweredQuestion.objects.filter(answer__organisation=organisation).exclude(statement=None)
    rows = Statement.objects.shown().filter(
        MARKS, seed=False, conversation__organisation__uuid=organisation.uuid
    )
    rows = rows.filter(conversation__slug=round_.conversation) if round_ else rows
    rows = rows.exclude(uuid__in=list(answered.values_list("statement", flat=True)))
    return [
        statement
        for statement in rows.order_by("made_on", "pk")
        if is_question(statement.text, statement.language)
    ]


def _by_wording(
    voices: Iterable[VoiceQuestion], statements: Iterable[Statement], ours: SectionNames
) -> list[OpenQuestion]:
    """Group questions with the same letters, ignoring case and punctuation."""
    by_wording: dict[str, OpenQuestion] = {}
    for voice in voices:
        key = wording_key(voice.text)
        by_wording.setdefault(key, OpenQuestion(f"v{voice.uuid}", ours)).voices.append(voice)
    for statement in statements:
        key = wording_key(statement.text)
        by_wording.setdefault(key, OpenQuestion(f"s{statement.uuid}", ours)).statements.append(statement)
    return list(by_wording.values())


def _near_copies(
    organisation: Organisation, round_: ListeningRound | None, evidence: CitedData | None
) -> list[set[str]]:
    """Groups of similar texts from the newest theme estimate of each round."""
    if evidence is not None:
        known = evidence.themes
        return [set(group) for group in known.estimate.result.near_copies] if known else []
    rows = ThemeSnapshot.objects.filter(round__organisation=organisation).order_by("round_id", "pk")
    rows = rows.filter(round=round_) if round_ else rows
    newest = {row.round_id: row for row in rows.defer("body")}
    newest_rows = ThemeSnapshot.objects.filter(pk__in=[row.pk for row in newest.values()])
    return [set(group) for row in newest_rows for group in row.estimate.result.near_copies]


def _link_near_copies(questions: Sequence[OpenQuestion], groups: Sequence[set[str]]) -> None:
    of_name = {name: question for question in questions for name in question.names}
    for group in groups:
        together = {id(of_name[name]): of_name[name] for name in group if name in of_name}
        for question in together.values():
            question.near += [
                other for other in together.values() if other is not question and other not in question.near
            ]


def load_wordings(shown: Sequence[OpenQuestion], *, near: int | None = None) -> Sequence[OpenQuestion]:
    """Fetch the first voices of these questions and their `near` ones in one query, and return the questions."""
    together = [question for asked in shown for question in (asked, *asked.near[:near]) if question.voices]
    whole = _fetch_voices({question.voices[0].pk for question in together})
    for question in together:
        question.first = whole.get(question.voices[0].pk)
    return shown


def select_questions(questions: Sequence[OpenQuestion], keys: Iterable[str]) -> list[OpenQuestion]:
    """The questions with these keys, in their order."""
    wanted = set(keys)
    return [question for question in questions if question.key in wanted]
