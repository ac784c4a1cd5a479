"""Figures that a claim may state: those of its citations, and those of its round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.db.models import Count
from django.utils.translation import gettext as _

from massline.core.disclosure_threshold import threshold
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.coverage import (
    RoundCounts,
    SectionCoverage,
    count_people_heard,
    section_coverage,
)
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.citations import MapSummary, summarise_map
from massline.desk.sumup.claims.models import Citation, Claim
from massline.desk.sumup.claims.report_back import report_basis_from_counts
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.masking.personal_data import SectionNames
from massline.engine.opinion.map_schema import OpinionGroup
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Conversation, OpinionSnapshot, Statement
from massline.square.reports.actions import ReportBasis


@dataclass(frozen=True)
class Figure:
    """A labelled share, such as 56 of 80 who agree with statement 3; a plain count if `whole` is 0."""

    part: int
    whole: int
    label: str

    @property
    def share(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        if not self.whole:
            return _("%(n)d %(what)s") % {"n": self.part, "what": self.label}
        return _("%(what)s: %(part)d of %(whole)d (%(share).0f%%)") % {
            "what": self.label,
            "part": self.part,
            "whole": self.whole,
            "share": 100 * self.share,
        }


class CitedData:
    """The data of one round, fetched once for all its claims."""

    def __init__(self, round_: ListeningRound) -> None:
        self.round = round_

    @cached_property
    def general(self) -> list[Figure]:
        """Figures of the round that any claim may use."""
        rests = self.rests
        heard = [row for row in self.heard if self.threshold.shows(row.heard)]
        return [
            Figure(rests.people, 0, _("people talked to")),
            Figure(rests.voices, 0, _("voices written down")),
            Figure(rests.imported, 0, _("entries imported from files")),
            Figure(rests.participants, 0, _("people who answered online")),
            Figure(rests.votes, 0, _("votes")),
            Figure(rests.sections, rests.sections_of, _("sections heard")),
            *(Figure(row.heard, row.section.headcount, row.section.name) for row in heard),
            *(Figure(group.size, rests.participants, _("one opinion group")) for group in self._groups),
            *self._themes,
        ]

    @cached_property
    def threshold(self) -> Threshold:
        return threshold(self.round.organisation)

    @cached_property
    def places(self) -> SectionNames:
        return SectionNames()

    @cached_property
    def conversation(self) -> Conversation | None:
        return conversation_of(self.round)

    @cached_property
    def opinion(self) -> OpinionSnapshot | None:
        return self.conversation.latest_snapshot() if self.conversation else None

    @cached_property
    def themes(self) -> ThemeSnapshot | None:
        return ThemeSnapshot.objects.filter(round=self.round).order_by("-pk").first()

    @cached_property
    def counts(self) -> RoundCounts:
        """People by section and mood."""
        return count_people_heard(self.round)

    @cached_property
    def heard(self) -> list[SectionCoverage]:
        return section_coverage(self.round, counts=self.counts)

    @cached_property
    def voices_by_section(self) -> list[tuple[int | None, str | None, int]]:
        """Key, name and number of voices of each section."""
        rows = Voice.objects.filter(report__round=self.round).order_by()
        counted = rows.values_list("report__section", "report__section__name").annotate(n=Count("pk"))
        return sorted(counted, key=lambda row: row[1] or "")

    @cached_property
    def rests(self) -> ReportBasis:
        return report_basis_from_counts(
            voices=sum(n for _pk, _name, n in self.voices_by_section),
            counts=self.counts,
            heard=self.heard,
            snapshot=self._map,
        )

    @cached_property
    def _map(self) -> MapSummary:
        return summarise_map(self.opinion)

    @cached_property
    def _groups(self) -> Sequence[OpinionGroup]:
        groups = self._map.groups
        return groups if self.threshold.shows_all(*(group.size for group in groups)) else ()

    @cached_property
    def _themes(self) -> list[Figure]:
        snapshot = self.themes
        if snapshot is None:
            return []
        rows = snapshot.estimate.result.themes
        themes = [theme for theme in rows if self.threshold.shows(theme.people)]
        return [Figure(theme.size, snapshot.seen, theme.label or _("a theme")) for theme in themes]

    @cached_property
    def _numbers_of_statements(self) -> dict[str, int]:
        cited = Citation.objects.filter(claim__sum_up__round=self.round).exclude(statement=None)
        uuids = [uuid for uuid in cited.values_list("statement", flat=True) if uuid]
        rows = Statement.objects.filter(uuid__in=uuids).values_list("uuid", "number")
        return {str(uuid): number for uuid, number in rows}

    def of(self, claim: Claim) -> list[Figure]:
        """Figures of the claim's citations; numbers of its quotes come last."""
        citations = list(claim.citations.all())
        voices = [citation for citation in citations if citation.voice_id]
        sections = {citation.voice.report.section_id for citation in voices if citation.voice is not None}
        return [
            *chain.from_iterable(self._votes(citation) for citation in citations if citation.statement),
            Figure(len(citations), 0, _("quotes under this finding")),
            Figure(len(voices), 0, _("voices under this finding")),
            Figure(len(sections), 0, _("sections of these voices")),
        ]

    def _votes(self, citation: Citation) -> Iterable[Figure]:
        number = self._numbers_of_statements.get(str(citation.statement))
        row = self._map.rows.get(number) if number is not None else None
        if number is None or row is None or not self.threshold.shows(row.seen):
            return
        name = {"n": number + 1}  # people count from 1
        yield Figure(row.agree, row.seen, _("agree with statement %(n)d") % name)
        yield Figure(row.disagree, row.seen, _("disagree with statement %(n)d") % name)
        yield Figure(row.passed, row.seen, _("pass on statement %(n)d") % name)
        groups = row.by_group
        if self.threshold.shows_all(*(group.seen for group in groups)):
            for group in groups:
                yield Figure(group.agree, group.seen, _("agree with statement %(n)d in one group") % name)
