"""Everything heard in a round, for the page that writes its sum-up: statements, map, voices, mood, questions."""

from collections.abc import Collection, Sequence
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from massline.desk.listen.rounds.models import ListeningRound, Mood, Voice
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.masking.personal_data import flags_of
from massline.desk.sumup.questions.open_questions import (
    NEAR,
    OpenQuestion,
    list_open_questions,
    load_wordings,
)
from massline.desk.sumup.source_material.material_selection import Selection
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.mood_counts import SectionMood, section_moods
from massline.desk.sumup.source_material.pulse_board import PulseBoard
from massline.desk.sumup.source_material.section_voices import SectionVoices, list_section_voices
from massline.desk.sumup.source_material.statements import BenchStatement
from massline.desk.sumup.source_material.theme_board import ThemeBoard
from massline.square.conversations.models import Conversation, Statement
from massline.square.conversations.results.map_results import MapResults

# First a few of each; whoever asks for more gets as many as one can read at once. What is ticked and typed stays.
FEW_VOICES = 5
FEW_STATEMENTS = 6
PAGE = 40
STATEMENTS = 20
QUESTIONS = 12


class Bench:
    """A round's words and numbers, fetched lazily when a template reads them."""

    def __init__(
        self,
        round_: ListeningRound,
        *,
        ticked: Collection[str] = (),
        ticked_statements: Collection[str] = (),
        look: Selection | None = None,
        evidence: CitedData | None = None,
    ) -> None:
        self.round = round_
        self.evidence = evidence or CitedData(round_)
        self.ticked = ticked
        self.ticked_on_square = ticked_statements
        self.look = look or Selection()

    @property
    def conversation(self) -> Conversation | None:
        return self.evidence.conversation

    @cached_property
    def results(self) -> MapResults | None:
        snapshot = self.evidence.opinion
        if not self.conversation or not snapshot:
            return None
        return MapResults(
            self.conversation, snapshot, threshold=self.evidence.threshold, shown=self._on_square
        )

    @cached_property
    def _on_square(self) -> list[Statement]:
        return list(self.conversation.statements.shown()) if self.conversation else []

    @cached_property
    def picture(self) -> str:
        return self.results.picture() if self.results else ""

    @cached_property
    def every_statement(self) -> list[BenchStatement]:
        """Shown statements, the most broadly agreed first, those not on the map yet last."""
        mapped = self.results.by_agreement if self.results else []
        seen = {row.statement.pk for row in mapped}
        rows = [BenchStatement(row.statement, row) for row in mapped]
        return rows + [
            BenchStatement(statement, None) for statement in self._on_square if statement.pk not in seen
        ]

    @cached_property
    def _found_statements(self) -> list[BenchStatement]:
        find = self.look.find.casefold()
        return [row for row in self.every_statement if find in row.statement.text.casefold()]

    @cached_property
    def ticked_statements(self) -> list[BenchStatement]:
        """Statements ticked for the claim being written, independent of the selection."""
        return [row for row in self.every_statement if str(row.statement.pk) in self.ticked_on_square]

    @cached_property
    def statements_below(self) -> list[BenchStatement]:
        """As many others as the selection asks for. Each checkbox must occur once."""
        kept = {row.statement.pk for row in self.ticked_statements}
        shown = self._found_statements[: self._statements_asked_for]
        return [row for row in shown if row.statement.pk not in kept]

    @property
    def statements(self) -> list[BenchStatement]:
        return self.ticked_statements + self.statements_below

    @property
    def _statements_asked_for(self) -> int:
        return FEW_STATEMENTS + STATEMENTS * (self.look.statements - 1)

    @property
    def statements_count(self) -> int:
        return len(self._found_statements)

    @property
    def more_statements(self) -> str:
        """The selection that shows more statements; empty if all are shown."""
        more = self.statements_count > self._statements_asked_for
        return self.look.to(statements=self.look.statements + 1) if more else ""

    @cached_property
    def _asked_for(self) -> "QuerySet[Voice]":
        asked = Voice.objects.of_round(self.round)
        if self.look.find:
            asked = asked.filter(text__icontains=self.look.find)
        if self.look.section:
            none = not self.look.section.isdecimal()
            asked = asked.filter(report__section=None if none else int(self.look.section))
        if self.look.theme:
            names = self.themes.names_of(self.look.theme)
            asked = asked.filter(uuid__in=[UUID(name[1:]) for name in names if name[0] == "v"])
        return asked

    @cached_property
    def voices(self) -> list[Voice]:
        """A page of the selected voices, newest first; the first page holds only a few."""
        return list(self._asked_for[self._start : FEW_VOICES + PAGE * (self.look.page - 1)])

    @property
    def _start(self) -> int:
        return FEW_VOICES + PAGE * (self.look.page - 2) if self.look.page > 1 else 0

    @property
    def voices_below(self) -> list[Voice]:
        """The page without ticked voices. Each checkbox must occur once, or unticking one would have no effect."""
        ticked = {voice.pk for voice in self.ticked_voices}
        return [voice for voice in self.voices if voice.pk not in ticked]

    @cached_property
    def flagged(self) -> set[int]:
        """Keys of the voices on the page with possible personal data."""
        return self.flags([*self.ticked_voices, *self.voices])

    def flags(self, voices: Sequence[Voice]) -> set[int]:
        """Keys of those voices that may point to somebody."""
        return {voice.pk for voice in voices if flags_of(voice, self.evidence.places)}

    @cached_property
    def ticked_voices(self) -> list[Voice]:
        """Voices ticked for the claim being written, independent of the selection."""
        return list(Voice.objects.of_round(self.round).filter(pk__in=self.ticked)) if self.ticked else []

    @cached_property
    def voices_found(self) -> int:
        part = self.look.section or self.look.theme or self.look.find
        return self._asked_for.count() if part else self.voices_count

    @property
    def voices_count(self) -> int:
        return self.evidence.rests.voices

    @property
    def first_shown(self) -> int:
        return self._start + 1 if self.voices else 0

    @property
    def last_shown(self) -> int:
        return self._start + len(self.voices)

    @property
    def newer(self) -> str:
        return self.look.to(page=self.look.page - 1) if self.look.page > 1 else ""

    @property
    def older(self) -> str:
        return self.look.to(page=self.look.page + 1) if self.voices_found > self.last_shown else ""

    @property
    def whole(self) -> str:
        """The selection that shows everything again; empty if nothing is filtered."""
        part = self.look.section or self.look.theme or self.look.find
        return self.look.to(find="", section="", theme="", page=1) if part else ""

    @property
    def is_long(self) -> bool:
        return self.voices_count > FEW_VOICES or len(self.every_statement) > FEW_STATEMENTS

    @cached_property
    def by_section(self) -> list[SectionVoices]:
        return list_section_voices(self.evidence, self.look)

    @property
    def theme_here(self) -> str:
        return self.themes.label_of(self.look.theme) if self.look.theme else ""

    @cached_property
    def themes(self) -> ThemeBoard:
        return ThemeBoard(self.round, evidence=self.evidence)

    @cached_property
    def themes_to_pick(self) -> ThemeBoard:
        """The themes, with a checkbox at each quote that has none elsewhere on the page."""
        board = self.themes
        board.placed_voices = {voice.pk for voice in [*self.ticked_voices, *self.voices]}
        board.placed_statements = {row.statement.pk for row in self.statements}
        return board

    @cached_property
    def mood(self) -> MoodBoard:
        return MoodBoard(self.round.organisation)

    @cached_property
    def pulse(self) -> PulseBoard:
        return PulseBoard(self.round.organisation)

    @cached_property
    def questions(self) -> list[OpenQuestion]:
        return list_open_questions(self.round.organisation, round_=self.round, evidence=self.evidence)

    @property
    def first_questions(self) -> Sequence[OpenQuestion]:
        return load_wordings(self.questions[:QUESTIONS], near=NEAR)

    @cached_property
    def moods(self) -> list[SectionMood]:
        return section_moods(self.round, counts=self.evidence.counts)

    @property
    def ladder(self) -> list[str]:
        return [str(label) for label in Mood.labels]
