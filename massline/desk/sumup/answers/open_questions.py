"""What people asked and nobody has answered yet: the same words together, nearly the same side by side."""

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
from massline.desk.sumup.answers.models import AnsweredQuestion
from massline.desk.sumup.claims.number_check import Evidence
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.masking.personal_data import Places, looks, masked_text, public_text
from massline.engine.themes.inputs import same_wording
from massline.engine.themes.questions import is_question
from massline.square.conversations.models import Statement

NEAR = 5  # of those nearly the same, how many a list shows
MARKS = Q(text__contains="?") | Q(text__contains="؟") | Q(text__contains="？")


class InVoice(NamedTuple):
    """As much of a voice as it takes to rank what it asks: there may be thousands, of which a page shows a dozen."""

    pk: int
    uuid: UUID
    text: str
    day: date
    section: str | None


@dataclass(eq=False)
class Asked:
    """One wording of a question, and everybody who asked it so.

    Attributes
    ----------
    key : the name of the first who asked, by which a page speaks of it.
    ours : what our sections are called; such a name points at nobody.
    near : other wordings that differ by a few letters; together only where a person says so.
    """

    key: str
    ours: Places
    voices: list[InVoice] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    near: list["Asked"] = field(default_factory=list)

    @cached_property
    def first(self) -> Voice | None:
        """Who asked first, where somebody was heard asking; `worded` fetches those of many questions at once."""
        return _whole([self.voices[0].pk]).get(self.voices[0].pk) if self.voices else None

    @cached_property
    def text(self) -> str:
        """As the first who asked put it, without what may point at somebody."""
        if self.first is not None:
            return public_text(self.first, self.ours)
        # A voice that was taken away while the page was written is masked as any text is.
        return masked_text(self.voices[0].text) if self.voices else self.statements[0].text

    @property
    def times(self) -> int:
        return len(self.voices) + len(self.statements)

    @property
    def times_with_near(self) -> int:
        return self.times + sum(one.times for one in self.near)

    @property
    def first_on(self) -> date:
        return min([*(v.day for v in self.voices), *(s.made_on for s in self.statements)])

    @property
    def first_near(self) -> list["Asked"]:
        return self.near[:NEAR]

    @property
    def more_near(self) -> int:
        return len(self.near[NEAR:])

    @property
    def days(self) -> int:
        """For how long nobody has answered."""
        return (timezone.localdate() - self.first_on).days

    @property
    def places(self) -> list[str]:
        return sorted({voice.section for voice in self.voices if voice.section})

    @property
    def names(self) -> set[str]:
        return {f"v{one.uuid}" for one in self.voices} | {f"s{one.uuid}" for one in self.statements}


def open_questions(
    organisation: Organisation, *, round_: ListeningRound | None = None, evidence: Evidence | None = None
) -> list[Asked]:
    """Every question without an answer: those of most people first, then those that wait longest.

    Give the `evidence` of the round where it is at hand, so that its themes are not fetched again.
    """
    ours = evidence.places if evidence is not None else Places()
    found = _by_wording(_voices(organisation, round_), _statements(organisation, round_), ours)
    _lay_side_by_side(found, _near_copies(organisation, round_, evidence))
    return sorted(found, key=lambda one: (-one.times_with_near, one.first_on, one.key))


def _voices(organisation: Organisation, round_: ListeningRound | None) -> Iterable[InVoice]:
    rows = Voice.objects.filter(
        report__round__organisation=organisation, kind=VoiceKind.QUESTION, answered=None
    ).order_by("report__day", "pk")
    rows = rows.filter(report__round=round_) if round_ else rows
    found = rows.values_list("pk", "uuid", "text", "report__day", "report__section__name")
    return [InVoice(*row) for row in found]


def _whole(keys: Collection[int]) -> dict[int, Voice]:
    """The voices of these keys with every look somebody took at them."""
    return Voice.objects.select_related("report").prefetch_related(looks()).in_bulk(keys)


def _statements(organisation: Organisation, round_: ListeningRound | None) -> list[Statement]:
    answered = AnsweredQuestion.objects.filter(answer__organisation=organisation).exclude(statement=None)
    rows = Statement.objects.shown().filter(
        MARKS, seed=False, conversation__organisation__uuid=organisation.uuid
    )
    rows = rows.filter(conversation__slug=round_.conversation) if round_ else rows
    rows = rows.exclude(uuid__in=list(answered.values_list("statement", flat=True)))
    return [one for one in rows.order_by("made_on", "pk") if is_question(one.text, one.language)]


def _by_wording(voices: Iterable[InVoice], statements: Iterable[Statement], ours: Places) -> list[Asked]:
    """Questions in the same letters, whatever their case and marks, are one."""
    by_wording: dict[str, Asked] = {}
    for voice in voices:
        key = same_wording(voice.text)
        by_wording.setdefault(key, Asked(f"v{voice.uuid}", ours)).voices.append(voice)
    for statement in statements:
        key = same_wording(statement.text)
        by_wording.setdefault(key, Asked(f"s{statement.uuid}", ours)).statements.append(statement)
    return list(by_wording.values())


def _near_copies(
    organisation: Organisation, round_: ListeningRound | None, evidence: Evidence | None
) -> list[set[str]]:
    """Groups of nearly the same words, as the newest estimate of each round found them."""
    if evidence is not None:
        known = evidence.themes
        return [set(group) for group in known.result["near_copies"]] if known else []
    rows = ThemeSnapshot.objects.filter(round__organisation=organisation).order_by("round_id", "pk")
    rows = rows.filter(round=round_) if round_ else rows
    newest = {row.round_id: row for row in rows.defer("body")}
    newest_rows = ThemeSnapshot.objects.filter(pk__in=[row.pk for row in newest.values()])
    return [set(group) for row in newest_rows for group in row.result["near_copies"]]


def _lay_side_by_side(found: Sequence[Asked], groups: Sequence[set[str]]) -> None:
    of_name = {name: one for one in found for name in one.names}
    for group in groups:
        together = {id(of_name[name]): of_name[name] for name in group if name in of_name}
        for one in together.values():
            one.near += [other for other in together.values() if other is not one and other not in one.near]


def worded(shown: Sequence[Asked], *, near: int | None = None) -> Sequence[Asked]:
    """Fetch at once what it takes to word these, before a page does so one by one.

    With each come those nearly the same, or as many of them as a page shows.
    """
    together = [one for asked in shown for one in (asked, *asked.near[:near]) if one.voices]
    whole = _whole({one.voices[0].pk for one in together})
    for one in together:
        one.first = whole.get(one.voices[0].pk)
    return shown


def chosen(questions: Sequence[Asked], keys: Iterable[str]) -> list[Asked]:
    """The questions of these names, in the order of the page."""
    wanted = set(keys)
    return [one for one in questions if one.key in wanted]
