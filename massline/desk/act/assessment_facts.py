"""Facts about our own strength for “Is it time?”: who came, who stayed, who holds a role, structure tests, and what is missing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.act.attendance.stayed_counts import count_stayed
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.events.models import Event
from massline.desk.act.events.next_mass_meeting import next_mass_meeting
from massline.desk.act.legal_support.actions import untaken_hotline_slots
from massline.desk.act.structure_tests.models import StructureTest
from massline.desk.decide.assessments.models import Criterion, Leaning
from massline.desk.decide.assessments.prefilled_facts import Fact, register_fact_source
from massline.desk.people.mandate_models import Holding
from massline.desk.people.models import Contact, Organisation
from massline.web.templatetags.massline import on_day


@register_fact_source
def strength_facts(organisation: Organisation) -> Iterator[Fact]:
    last = Event.objects.of(organisation).past().filter(cancelled=False).order_by("-starts_at").first()
    if last is not None:
        yield _turnout(organisation, last)
        stayed = count_stayed([last]).get(last.pk)
        if stayed is not None:
            yield Fact(
                "strength:stayed",
                Criterion.STRENGTH,
                ngettext(
                    "%(n)d of those who came to “%(event)s” has come again or holds a role.",
                    "%(n)d of those who came to “%(event)s” have come again or hold a role.",
                    stayed,
                )
                % {"n": stayed, "event": last.title},
                reverse("learn:momentum", args=[organisation.slug]),
                value=float(stayed),
                label=_("People of the last event who stayed"),
            )
    roles = Holding.objects.filter(mandate__organisation=organisation, mandate__closed_on=None, until=None)
    held = roles.count()
    yield Fact(
        "strength:roles",
        Criterion.STRENGTH,
        ngettext("%(n)d role is held.", "%(n)d roles are held.", held) % {"n": held},
        reverse("people:mandates", args=[organisation.slug]),
        value=float(held),
        label=_("Roles that somebody holds"),
    )
    yield from _structure(organisation)


def _turnout(organisation: Organisation, event: Event) -> Fact:
    numbers = count_turnout([event])[event.pk]
    came = event.headcount or numbers.came
    expected = event.forecast
    text = _("%(n)d came to “%(event)s” on %(day)s.") % {
        "n": came,
        "event": event.title,
        "day": on_day(event.starts_at.astimezone(organisation.zone).date()),
    }
    if expected:
        text += " " + _("We had expected %(n)d.") % {"n": expected}
    leaning = Leaning.OPEN
    if expected:
        leaning = Leaning.FOR if came >= expected else Leaning.AGAINST
    return Fact(
        "strength:turnout",
        Criterion.STRENGTH,
        text,
        reverse("act:event", args=[organisation.slug, event.pk]),
        leaning,
        value=float(came),
        label=_("People at the last event"),
    )


def _structure(organisation: Organisation) -> Iterator[Fact]:
    begun = [test for test in StructureTest.objects.filter(organisation=organisation) if test.has_begun]
    counts = list(begun[0].counts.select_related("test")) if begun else []
    if not counts:
        return
    test, strong = begun[0], sum(count.is_strong for count in counts)
    did, people = sum(count.did for count in counts), sum(count.headcount for count in counts)
    yield Fact(
        "strength:structure",
        Criterion.STRENGTH,
        _("“%(deed)s”: %(did)d of %(people)d did it; strong in %(strong)d of %(all)d sections.")
        % {"deed": test.deed, "did": did, "people": people, "strong": strong, "all": len(counts)},
        reverse("structure:test", args=[organisation.slug, test.pk]),
        Leaning.FOR if 2 * strong > len(counts) else Leaning.AGAINST,
        value=float(strong),
        label=_("Sections that are strong in the last structure test"),
    )


@register_fact_source
def obstacle_facts(organisation: Organisation) -> Iterator[Fact]:
    """What stands in the way: no date, hours without a hotline, people nobody has called."""
    if next_mass_meeting(organisation) is None:
        yield Fact(
            "obstacle:meeting",
            Criterion.OBSTACLES,
            _("No mass meeting has a date."),
            reverse("act:plan", args=[organisation.slug]),
            Leaning.AGAINST,
        )
    if untaken_hotline_slots(organisation):
        yield Fact(
            "obstacle:hotline",
            Criterion.OBSTACLES,
            _("Nobody is on the hotline for some hours of the next three days."),
            reverse("legal:desk", args=[organisation.slug]),
            Leaning.AGAINST,
        )
    lost = Contact.objects.of(organisation).without_next_step().count()
    if lost:
        yield Fact(
            "obstacle:next-step",
            Criterion.OBSTACLES,
            ngettext("%(n)d person has no next step.", "%(n)d people have no next step.", lost) % {"n": lost},
            reverse("people:people", args=[organisation.slug]),
            value=float(lost),
        )
