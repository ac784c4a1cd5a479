"""Where organisations and offices stood at the end of each of the last months, from their moves and their stance today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.decide.forces.models import Force, Stance
from massline.desk.people.models import Organisation
from massline.web.charts.allies_over_time import AlliesColumn, draw_allies_over_time

MONTHS = 6
WITH_US = (Stance.PASSIVE_ALLY, Stance.ACTIVE_ALLY)


@dataclass(frozen=True)
class Month:
    """The last day that counts, and how many forces stood where on it; `unknown` are those without a stance then."""

    day: date
    counts: dict[int, int]
    unknown: int

    @property
    def name(self) -> str:
        return formats.date_format(self.day, "M")

    @property
    def cells(self) -> list[int]:
        return [self.counts.get(stance, 0) for stance in Stance]

    @property
    def named(self) -> list[tuple[str, int]]:
        return [(str(stance.label), self.counts.get(stance, 0)) for stance in Stance]


def stance_on(force: Force, moves: Sequence[tuple[date, int]], day: date) -> int | None:
    """Return where a force stood on a day, by its moves with a stance, oldest first; None before the first of them.

    A force without such a move stood where it stands today, as far as we know. Where it stands today it says itself.
    """
    if not moves or day >= timezone.localdate():
        return force.stance
    earlier = [stance for moved_on, stance in moves if moved_on <= day]
    return earlier[-1] if earlier else None


class AlliesOverTime:
    """The spectrum of allies at the end of each of the last six months, the present one as it is today."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    @cached_property
    def months(self) -> list[Month]:
        forces = list(Force.objects.filter(organisation=self.organisation).prefetch_related("moves"))
        if not forces:
            return []
        moves = {
            force.pk: [
                (move.day, move.stance)
                for move in sorted(force.moves.all(), key=lambda move: (move.day, move.pk))
                if move.stance is not None
            ]
            for force in forces
        }
        return [
            _count_month(day, [stance_on(force, moves[force.pk], day) for force in forces])
            for day in last_days_of_months(timezone.localdate())
        ]

    @property
    def standings(self) -> list[str]:
        return [str(stance.label) for stance in Stance]

    @property
    def title(self) -> str:
        """What is to be seen: how many more or fewer stand with us than in the first month, if we knew of all then."""
        first, last = (_with_us(month) for month in (self.months[0], self.months[-1]))
        if self.months[0].unknown:
            return ngettext("%(n)d stands with us today", "%(n)d stand with us today", last) % {"n": last}
        if last > first:
            sentence = ngettext(
                "%(n)d more stands with us than in %(month)s",
                "%(n)d more stand with us than in %(month)s",
                last - first,
            )
        elif last < first:
            sentence = ngettext(
                "%(n)d fewer stands with us than in %(month)s",
                "%(n)d fewer stand with us than in %(month)s",
                first - last,
            )
        else:
            return _("As many stand with us as in %(month)s") % {"month": _month_name(self.months[0].day)}
        return sentence % {"n": abs(last - first), "month": _month_name(self.months[0].day)}

    @property
    def wide(self) -> str:
        return self._draw("allies-time", narrow=False)

    @property
    def narrow(self) -> str:
        return self._draw("allies-time-narrow", narrow=True)

    def _draw(self, id: str, *, narrow: bool) -> str:
        columns = [AlliesColumn(month.name, month.cells, month.unknown) for month in self.months]
        desc = _(
            "One column a month: opponents at the foot, allies at the top; dashed where we did not know."
        )
        return draw_allies_over_time(
            columns, self.standings, title=self.title, desc=desc, id=id, narrow=narrow
        )


def last_days_of_months(today: date) -> list[date]:
    """Return the last day of each of the months before this one, and today."""
    days, first = [today], today.replace(day=1)
    while len(days) < MONTHS:
        days.append(first - timedelta(days=1))
        first = days[-1].replace(day=1)
    return days[::-1]


def _count_month(day: date, stances: Sequence[int | None]) -> Month:
    known = Counter(stance for stance in stances if stance is not None)
    return Month(day, dict(known), sum(1 for stance in stances if stance is None))


def _with_us(month: Month) -> int:
    return sum(month.counts.get(stance, 0) for stance in WITH_US)


def _month_name(day: date) -> str:
    return formats.date_format(day, "F")
