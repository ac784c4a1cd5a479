"""Everything a round heard, laid side by side: statements, the map, voices, the mood, open questions."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.listen.actions import conversation_of
from massline.desk.listen.models import ListeningRound, Mood, Voice, VoiceKind
from massline.desk.sumup.mood import SectionMood, moods
from massline.square.conversations.answered import Answered
from massline.square.conversations.models import Conversation, Statement
from massline.square.conversations.results import Results
from massline.web.charts import VoteWords, vote_bar

MOST_VOICES = 1000
FEW = 30


@dataclass(frozen=True)
class OnSquare:
    """One statement and, where enough have voted, how it was answered."""

    statement: Statement
    answered: Answered | None

    @property
    def enough(self) -> bool:
        return self.answered is not None and self.answered.enough

    @property
    def sentence(self) -> str:
        """The answers in words; the bar beside shows the same."""
        if self.answered is None or not self.answered.enough:
            return ""
        found = self.answered.found
        return _("%(agree)d agree, %(passed)d pass, %(disagree)d disagree") % {
            "agree": found["agree"],
            "passed": found["pass"],
            "disagree": found["disagree"],
        }

    @property
    def bar(self) -> str:
        if self.answered is None or not self.answered.enough:
            return ""
        found = self.answered.found
        low, high = found["agree_interval"]
        return vote_bar(
            found["agree"],
            found["pass"],
            found["disagree"],
            low=low,
            high=high,
            label=ngettext("%(n)d person answered", "%(n)d people answered", found["seen"])
            % {"n": found["seen"]},
            id=f"statement-{self.statement.number}",
            answers=VoteWords(_("agree"), _("pass"), _("disagree"), _("nobody has answered yet")),
        )


@dataclass(frozen=True)
class InSection:
    """The voices of one section, newest first; open where they are few or one of them is cited."""

    name: str
    voices: list[Voice]
    is_open: bool


class Bench:
    """One round's words and numbers; nothing is asked of a database before a page reads it."""

    def __init__(self, round_: ListeningRound, *, ticked: Collection[str] = (), find: str = "") -> None:
        self.round = round_
        self.ticked = ticked
        self.find = find.strip()

    @cached_property
    def conversation(self) -> Conversation | None:
        return conversation_of(self.round)

    @cached_property
    def results(self) -> Results | None:
        snapshot = self.conversation.latest_snapshot() if self.conversation else None
        return Results(self.conversation, snapshot) if self.conversation and snapshot else None

    @cached_property
    def picture(self) -> str:
        return self.results.picture() if self.results else ""

    @cached_property
    def statements(self) -> list[OnSquare]:
        """Those agreed on most broadly first, those not on the map yet last."""
        mapped = self.results.by_agreement if self.results else []
        seen = {row.statement.pk for row in mapped}
        rest = self.conversation.statements.shown() if self.conversation else ()
        rows = [OnSquare(row.statement, row) for row in mapped]
        return rows + [OnSquare(one, None) for one in rest if one.pk not in seen]

    @cached_property
    def voices(self) -> list[Voice]:
        """The newest, or those with the words one looks for; and always those that are ticked."""
        asked = Voice.objects.of_round(self.round).filter(text__icontains=self.find)
        newest = list(asked[:MOST_VOICES])
        shown = {voice.pk for voice in newest}
        ticked = Voice.objects.of_round(self.round).filter(pk__in=self.ticked) if self.ticked else ()
        return newest + [voice for voice in ticked if voice.pk not in shown]

    @cached_property
    def voices_count(self) -> int:
        return Voice.objects.of_round(self.round).count()

    @property
    def is_long(self) -> bool:
        return self.voices_count > 2 * FEW

    @cached_property
    def by_section(self) -> list[InSection]:
        def name(voice: Voice) -> str:
            section = voice.report.section
            return section.name if section else _("No section")

        ordered = sorted(self.voices, key=name)
        grouped = [(section, list(said)) for section, said in groupby(ordered, key=name)]
        return [InSection(section, said, self._is_open(said)) for section, said in grouped]

    def _is_open(self, said: list[Voice]) -> bool:
        return (
            bool(self.find) or len(self.voices) <= FEW or any(str(voice.pk) in self.ticked for voice in said)
        )

    @cached_property
    def questions(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.kind == VoiceKind.QUESTION]

    @cached_property
    def moods(self) -> list[SectionMood]:
        return moods(self.round)

    @property
    def ladder(self) -> list[str]:
        return [str(label) for label in Mood.labels]
