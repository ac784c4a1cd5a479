"""Numbers of a claim held against the data it cites: what is supported, and what would be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.db.models import Count
from django.utils.translation import gettext as _

from massline.core.disclosure import threshold
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.coverage import Heard, Spoken, coverage, spoken_to
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.sumup.claims.citations import Snapshot, snapshot_from
from massline.desk.sumup.claims.models import Citation, Claim
from massline.desk.sumup.claims.number_parser import Number, numbers_in
from massline.desk.sumup.claims.report_back import resting
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.masking.personal_data import Places
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Conversation, OpinionSnapshot, Statement
from massline.square.reports.actions import RestsOn

ROUND_ENOUGH = 0.1
FRACTION_ENOUGH = 0.05


@dataclass(frozen=True)
class Part:
    """So many of so many, and what it is: 56 of 80 agree with statement 3. Without a whole it is a plain count."""

    part: int
    whole: int
    label: str

    @property
    def share(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        if not self.whole:
            return _("%(n)d %(what)s") % {"n": self.part, "what": self.label}
        return _("%(what)s: %(part)d of %(whole)d (%(share).0f %%)") % {
            "what": self.label,
            "part": self.part,
            "whole": self.whole,
            "share": 100 * self.share,
        }


@dataclass(frozen=True)
class Unsupported:
    """A number that the cited data do not show, and the nearest that they do."""

    number: Number
    right: tuple[Part, ...]

    def __str__(self) -> str:
        told = "; ".join(str(one) for one in self.right) or _("the cited words hold no number")
        return _("“%(number)s” is not what the cited data show. They show: %(right)s.") % {
            "number": self.number.words,
            "right": told,
        }


class Evidence:
    """What one round shows, asked of the databases once for all its claims."""

    def __init__(self, round_: ListeningRound) -> None:
        self.round = round_

    @cached_property
    def general(self) -> list[Part]:
        """What any claim of the round may speak of."""
        rests = self.rests
        heard = [one for one in self.heard if self.threshold.shows(one.heard)]
        return [
            Part(rests.people, 0, _("people spoken to")),
            Part(rests.voices, 0, _("voices written down")),
            Part(rests.participants, 0, _("people in the conversation")),
            Part(rests.votes, 0, _("votes")),
            Part(rests.sections, rests.sections_of, _("sections heard")),
            *(Part(one.heard, one.section.headcount, one.section.name) for one in heard),
            *(Part(group["size"], rests.participants, _("one opinion group")) for group in self._groups),
            *self._themes,
        ]

    @cached_property
    def threshold(self) -> Threshold:
        return threshold(self.round.organisation)

    @cached_property
    def places(self) -> Places:
        return Places()

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
    def spoken(self) -> Spoken:
        """People by section and mood."""
        return spoken_to(self.round)

    @cached_property
    def heard(self) -> list[Heard]:
        return coverage(self.round, spoken=self.spoken)

    @cached_property
    def voices_by_section(self) -> list[tuple[int | None, str | None, int]]:
        """Key and name of each section with how many voices are from there."""
        rows = Voice.objects.filter(report__round=self.round).order_by()
        counted = rows.values_list("report__section", "report__section__name").annotate(n=Count("pk"))
        return sorted(counted, key=lambda row: row[1] or "")

    @cached_property
    def rests(self) -> RestsOn:
        return resting(
            voices=sum(n for _pk, _name, n in self.voices_by_section),
            people=self.spoken.total(),
            heard=self.heard,
            snapshot=self._map,
        )

    @cached_property
    def _map(self) -> Snapshot:
        return snapshot_from(self.opinion)

    @cached_property
    def _groups(self) -> Sequence[dict[str, int]]:
        groups: Sequence[dict[str, int]] = self._map.result.get("groups", ())
        return groups if self.threshold.shows_all(*(group["size"] for group in groups)) else ()

    @cached_property
    def _themes(self) -> list[Part]:
        snapshot = self.themes
        if snapshot is None:
            return []
        themes = [one for one in snapshot.result["themes"] if self.threshold.shows(one["people"])]
        return [Part(one["size"], snapshot.seen, one["label"] or _("a theme")) for one in themes]

    @cached_property
    def _numbers_of_statements(self) -> dict[str, int]:
        cited = Citation.objects.filter(claim__sum_up__round=self.round).exclude(statement=None)
        uuids = [uuid for uuid in cited.values_list("statement", flat=True) if uuid]
        rows = Statement.objects.filter(uuid__in=uuids).values_list("uuid", "number")
        return {str(uuid): number for uuid, number in rows}

    def of(self, claim: Claim) -> list[Part]:
        """What the words show that this claim cites; what it says of its own quotes comes last."""
        citations = list(claim.citations.all())
        voices = [one for one in citations if one.voice_id]
        sections = {one.voice.report.section_id for one in voices if one.voice is not None}
        return [
            *chain.from_iterable(self._votes(one) for one in citations if one.statement),
            Part(len(citations), 0, _("quotes under this claim")),
            Part(len(voices), 0, _("voices under this claim")),
            Part(len(sections), 0, _("sections of these voices")),
        ]

    def _votes(self, citation: Citation) -> Iterable[Part]:
        number = self._numbers_of_statements.get(str(citation.statement))
        row = self._map.rows.get(number) if number is not None else None
        if row is None or not self.threshold.shows(row["seen"]):
            return
        name = {"n": number}
        yield Part(row["agree"], row["seen"], _("agree with statement %(n)d") % name)
        yield Part(row["disagree"], row["seen"], _("disagree with statement %(n)d") % name)
        yield Part(row["pass"], row["seen"], _("pass on statement %(n)d") % name)
        groups = row["by_group"]
        if self.threshold.shows_all(*(group["seen"] for group in groups)):
            for group in groups:
                yield Part(group["agree"], group["seen"], _("agree with statement %(n)d in one group") % name)


def unsupported(claim: Claim, evidence: Evidence) -> list[Unsupported]:
    """The numbers of a claim that nothing it cites, and nothing the round counted, shows."""
    said = numbers_in(claim.text)
    if not said:
        return []
    quoted = [number for one in claim.citations.all() for number in numbers_in(one.text)]
    own, general = evidence.of(claim), evidence.general
    return [
        Unsupported(number, _nearest(number, own, general))
        for number in said
        if not any(_same(number, one) for one in quoted)
        and not any(shows(part, number) for part in [*own, *_also(number, own, general)])
    ]


def _also(number: Number, own: Sequence[Part], general: Sequence[Part]) -> Sequence[Part]:
    """What else may show it. A share of a claim that cites votes is a share of those votes and of nothing else."""
    return () if number.kind != "count" and any(part.whole for part in own) else general


def _same(number: Number, quoted: Number) -> bool:
    return (number.kind, number.value, number.whole) == (quoted.kind, quoted.value, quoted.whole)


def shows(part: Part, number: Number) -> bool:
    """Whether a count or share of the data is what the sentence says, to the precision it is said in.

    >>> shows(Part(56, 80, ""), Number(0, "70 %", "share", 0.7)), shows(Part(56, 80, ""), Number(0, "56", "count", 56))
    (True, True)
    >>> shows(Part(56, 80, ""), Number(0, "nine in ten", "ratio", 9, 10))
    False
    """
    if number.kind == "count":
        return any(_near(number, count) for count in (part.part, part.whole) if count)
    if not part.whole:
        return False
    if number.kind == "share":
        enough = FRACTION_ENOUGH if number.rough else 0.005
        return abs(part.share - number.value) <= enough + 1e-9
    if (part.part, part.whole) == (number.value, number.whole):
        return True
    return number.whole <= 10 and abs(part.share - number.value / number.whole) <= 0.5 / number.whole


def _near(number: Number, count: int) -> bool:
    return abs(count - number.value) <= (ROUND_ENOUGH * count if number.rough else 0)


def _nearest(number: Number, own: Sequence[Part], general: Sequence[Part]) -> tuple[Part, ...]:
    """What would be right: the nearest of what the claim cites, else of what the round counted."""
    shares = number.kind != "count"
    wanted = number.value / number.whole if number.whole else number.value

    def distance(part: Part) -> float:
        if shares:
            return abs(part.share - wanted)
        return min(abs(n - wanted) / max(wanted, 1) for n in (part.part, part.whole or part.part))

    for parts in (own, general):
        fit = [one for one in parts if one.whole or not shares]
        if fit:
            return tuple(sorted(fit, key=distance)[:3])
    return ()
