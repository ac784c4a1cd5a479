"""People who agree with nothing that a sum-up cites: how many, in which sections and opinion parts, never who.

Every count is rounded at random to a multiple of the threshold, by a draw that is fixed for the edition and the list, so
that two lists do not give away the one answer they differ by (`massline.engine.privacy.random_rounding`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.claims.models import Claim
from massline.desk.sumup.representation.edition_answers import Edition, load_edition
from massline.engine.line import BestCoverage, Underrepresented, find_best_coverage, find_underrepresented
from massline.engine.line.ballots import Ballots, gather_ballots
from massline.engine.line.proposed_findings import ProposedFindings, propose_findings
from massline.engine.privacy.random_rounding import fixed_draw, round_randomly
from massline.square.conversations.models import OpinionSnapshot, Statement
from massline.square.conversations.results.statement_result import group_name


@dataclass(frozen=True)
class PartLeftOut:
    """A section or an opinion part: people in it, and how many of them agree with nothing, both rounded."""

    name: str
    people: int
    left_out: int


class Representation:
    """A sum-up's citations held against the present edition of its conversation."""

    def __init__(self, claims: Sequence[Claim], evidence: CitedData, snapshot: OpinionSnapshot) -> None:
        self.claims = claims
        self.evidence = evidence
        self.snapshot = snapshot
        self.k = evidence.threshold.k

    @cached_property
    def edition(self) -> Edition:
        return load_edition(self.snapshot)

    @cached_property
    def statements(self) -> dict[int, Statement]:
        """Statements of the conversation that the edition tells of, by number."""
        conversation = self.evidence.conversation
        rows = conversation.statements.shown() if conversation else ()
        known = set(self.edition.table.statements.tolist())
        return {row.number: row for row in rows if row.number in known}

    @cached_property
    def ballots(self) -> Ballots:
        return gather_ballots(self.edition.table, sorted(self.statements))

    @cached_property
    def cited(self) -> tuple[int, ...]:
        """Positions of the cited statements among those of the ballots."""
        cited = {citation.statement for claim in self.claims for citation in claim.citations.all()}
        numbers = [number for number, row in self.statements.items() if row.uuid in cited]
        return tuple(self.ballots.demands.index(number) for number in sorted(numbers))

    @property
    def size(self) -> int:
        return len(self.cited)

    @property
    def enough(self) -> bool:
        """True if so many people answered that anything may be said of them."""
        return self.evidence.threshold.leads(self.ballots.voters)

    @cached_property
    def best(self) -> BestCoverage:
        return find_best_coverage(self.ballots, max(1, self.size))

    @cached_property
    def reached(self) -> NDArray[np.bool_]:
        """Per person, whether they agree with something cited."""
        table = self.edition.table
        wanted = np.isin(table.statements, [self.ballots.demands[place] for place in self.cited])
        agreeing = (table.value == 1) & wanted[table.statement]
        return np.bincount(table.voter, weights=agreeing, minlength=table.shape[0]) > 0

    @cached_property
    def voters(self) -> int:
        return self._rounded(self.ballots.voters, "voters")

    @cached_property
    def left_out(self) -> int:
        return min(self.voters, self._rounded_for_list(int((~self.reached).sum()), "everybody"))

    @cached_property
    def fewest_left_out(self) -> int:
        """How few the best list found of that length leaves out, never more than are left out here."""
        return min(self.left_out, self._rounded_for_list(self.ballots.voters - self.best.people, "best"))

    @property
    def is_best(self) -> bool:
        return self.fewest_left_out >= self.left_out

    @cached_property
    def underrepresented(self) -> tuple[Underrepresented, ...]:
        return find_underrepresented(self.ballots, self.cited)

    @property
    def owed(self) -> list[Statement]:
        """Statements that enough people want who have less in the list than their number is due."""
        return [
            self.statements[int(short.demand)]
            for short in self.underrepresented
            if self.evidence.threshold.shows(short.people)
        ]

    @cached_property
    def by_section(self) -> list[PartLeftOut]:
        table = self.edition.table
        return self._parts([(name, table.section == place) for place, name in enumerate(table.sections)])

    @cached_property
    def by_opinion(self) -> list[PartLeftOut]:
        groups = self.snapshot.estimate.result.groups
        if groups:
            names = [(group.id, group_name(group.id)) for group in groups]
        else:
            names = [(0, _("Left of the picture")), (1, _("Middle")), (2, _("Right of the picture"))]
        return self._parts([(name, self.edition.part == number) for number, name in names])

    def _parts(self, parts: Sequence[tuple[str, NDArray[np.bool_]]]) -> list[PartLeftOut]:
        """Parts that enough people belong to."""
        rows = []
        for name, members in parts:
            if self.evidence.threshold.shows(int(members.sum())):
                people = self._rounded(int(members.sum()), name)
                left_out = self._rounded_for_list(int((members & ~self.reached).sum()), name)
                rows.append(PartLeftOut(name, people, min(people, left_out)))
        return rows

    def _rounded(self, count: int, what: str) -> int:
        return round_randomly(count, self.k, fixed_draw(settings.SECRET_KEY, self.edition.digest, what))

    def _rounded_for_list(self, count: int, what: str) -> int:
        about = (self.edition.digest, self.cited, what)
        return round_randomly(count, self.k, fixed_draw(settings.SECRET_KEY, *about))

    @cached_property
    def proposed(self) -> ProposedFindings:
        return propose_findings(self.edition.table, k=self.k)

    @property
    def proposed_common(self) -> list[Statement]:
        return [self.statements[int(number)] for number in self.proposed.common if number in self.statements]

    @property
    def proposed_minority(self) -> list[Statement]:
        numbers = [int(view.statement) for view in self.proposed.minority]
        return [self.statements[number] for number in numbers if number in self.statements]

    @cached_property
    def cited_numbers(self) -> set[int]:
        return {int(self.ballots.demands[place]) for place in self.cited}

    @cached_property
    def unquoted_sections(self) -> list[str]:
        """Sections with enough people spoken to of whom no finding quotes a voice."""
        quoted = {
            citation.voice.report.section_id
            for claim in self.claims
            for citation in claim.citations.all()
            if citation.voice is not None
        }
        return [
            row.section.name
            for row in self.evidence.heard
            if self.evidence.threshold.shows(row.heard) and row.section.pk not in quoted
        ]

    @cached_property
    def unheard_sections(self) -> list[str]:
        return [row.section.name for row in self.evidence.heard if not row.heard]


def find_unrepresented_people(claims: Sequence[Claim], evidence: CitedData) -> Representation | None:
    """Hold the claims of a sum-up against its conversation; None where it has none or no edition yet."""
    snapshot = evidence.opinion
    return Representation(claims, evidence, snapshot) if evidence.conversation and snapshot else None
