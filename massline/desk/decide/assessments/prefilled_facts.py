"""Facts with which “Is it time?” fills itself: numbers of this house, each with the page it comes from.

Stages above this one add theirs by `register_fact_source`, since they may not be imported from here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.decide.assessments.models import Criterion, Leaning
from massline.desk.decide.forces.models import THEIRS, Force, Move, Stance
from massline.desk.decide.promises.models import Promise
from massline.desk.listen.rounds.models import Mood
from massline.desk.people.models import Organisation
from massline.desk.sumup.source_material.mood_board import MoodBoard, mood_label
from massline.desk.sumup.source_material.pulse_board import PulseBoard
from massline.engine.mood.document import SectionMood
from massline.engine.pulse.issue_status import BREAKING_OUT, GROWS
from massline.web.templatetags.massline import on_day

WILLING, WORRIED = float(Mood.WILLING), float(Mood.WORRIED)
MOVES = 3


@dataclass(frozen=True)
class Fact:
    """A number of today under one criterion.

    `key` names it from one day to the next; `value` is what a decision to wait can watch; `leaning` is what the
    number alone points to, for people to accept or to overrule.
    """

    key: str
    criterion: str
    text: str
    url: str
    leaning: str = Leaning.OPEN
    value: float | None = None
    label: str = ""


FactSource = Callable[[Organisation], Iterable[Fact]]
SOURCES: list[FactSource] = []


def register_fact_source(source: FactSource) -> FactSource:
    """Register a source of facts of a later stage."""
    SOURCES.append(source)
    return source


def gather_facts(organisation: Organisation) -> list[Fact]:
    """Return every fact, in the order of the criteria."""
    facts = [fact for source in SOURCES for fact in source(organisation)]
    order = list(Criterion.values)
    return sorted(facts, key=lambda fact: order.index(fact.criterion))


@register_fact_source
def pulse_facts(organisation: Organisation) -> Iterator[Fact]:
    pages = {
        watch.name: reverse("listen:watch", args=[organisation.slug, watch.pk])
        for watch in organisation.watches.all()
    }
    for trend in PulseBoard(organisation).watches:
        if trend.name not in pages:
            continue
        yield Fact(
            f"pulse:{trend.name}",
            Criterion.PULSE,
            " ".join(
                part for part in (f"{trend.name} {trend.status}.", trend.sentence, trend.countdown) if part
            ),
            pages[trend.name],
            Leaning.FOR if trend.is_alarming or trend.issue.status in {BREAKING_OUT, GROWS} else Leaning.OPEN,
            value=float(trend.last7),
            label=_("“%(issue)s”: events in seven days") % {"issue": trend.name},
        )


@register_fact_source
def mood_facts(organisation: Organisation) -> Iterator[Fact]:
    """The mood of each section that may be told, and who is ready to act."""
    page = reverse("listen:rounds", args=[organisation.slug])
    board = MoodBoard(organisation)
    for section in board.sections:
        now = _mood_now(section)
        if now is None:
            continue
        yield Fact(
            f"mood:{section.section}",
            Criterion.MOOD,
            _("%(section)s: “%(mood)s”, from %(n)d people heard.")
            % {"section": section.section, "mood": mood_label(now), "n": round(section.readings)},
            page,
            Leaning.FOR if now >= WILLING - 0.5 else Leaning.AGAINST if now < WORRIED + 0.5 else Leaning.OPEN,
            value=round(now, 1),
            label=_("Mood of %(section)s, from 1 (resigned) to 5 (ready to act)")
            % {"section": section.section},
        )


def _mood_now(section: SectionMood) -> float | None:
    return section.series[-1].mean if section.series else None


@register_fact_source
def force_facts(organisation: Organisation) -> Iterator[Fact]:
    """Where allies and opponents stand, their newest moves, and promises that are not kept."""
    page = reverse("decide:forces", args=[organisation.slug])
    forces = list(Force.objects.filter(organisation=organisation))
    if forces:
        allies = sum(force.stance >= Stance.PASSIVE_ALLY for force in forces)
        against = sum(force.stance <= Stance.PASSIVE_OPPOSITION for force in forces)
        yield Fact(
            "forces:allies",
            Criterion.FORCES,
            _("%(allies)d of %(all)d with us, %(against)d against us.")
            % {"allies": allies, "all": len(forces), "against": against},
            page,
            Leaning.FOR if allies > against else Leaning.AGAINST if against > allies else Leaning.OPEN,
            value=float(allies),
            label=_("Organisations and offices that are with us"),
        )
    theirs = Move.objects.filter(force__organisation=organisation, kind__in=THEIRS)
    for move in theirs.select_related("force")[:MOVES]:
        yield Fact(
            f"move:{move.pk}",
            Criterion.FORCES,
            f"{on_day(move.day)}: {move.force.name}: {move.what}",
            reverse("decide:force", args=[organisation.slug, move.force_id]),
        )
    late = Promise.objects.filter(organisation=organisation, state="broken").count()
    if late:
        yield Fact(
            "promises:broken",
            Criterion.FORCES,
            ngettext("%(n)d promise to us was broken.", "%(n)d promises to us were broken.", late)
            % {"n": late},
            reverse("decide:promises", args=[organisation.slug]),
            Leaning.FOR,
            value=float(late),
            label=_("Promises that were broken"),
        )
