"""The trend of each tracked issue: daily counts, alarm, forecast for a week, and length of past waves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from massline.desk.people.models import Organisation
from massline.desk.sumup.estimates.models import PulseSnapshot
from massline.web.charts import Band, Fan, PulseWords, draw_pulse_chart
from massline.web.templatetags.massline import on_day

Row = Mapping[str, Any]
AHEAD = 7
RANK = ("breaking out", "growing", "uncertain", "fading", "quiet", "not enough yet")


@dataclass(frozen=True)
class WatchPulse:
    """The estimate of one tracked issue, in words and charts."""

    row: Row
    number: int

    @property
    def name(self) -> str:
        return str(self.row["issue"])

    @property
    def status(self) -> str:
        phrases: dict[str, str] = {
            "breaking out": _("is breaking out"),
            "growing": _("is growing"),
            "uncertain": _("may go either way"),
            "fading": _("is fading"),
            "quiet": _("is quiet"),
            "not enough yet": _("cannot be told yet"),
        }
        return phrases[self.row["status"]]

    @property
    def is_awake(self) -> bool:
        return self.row["status"] in RANK[:3]

    @property
    def sentence(self) -> str:
        if "next7" not in self.row:
            short = self.row["not_enough"]
            return str(_("%(have)d of %(need)d days watched.") % short)
        seven = self.row["next7"]
        return _(
            "%(last).0f in the last seven days, %(low).0f to %(high).0f likely in the next; "
            "the chance of more is %(p).0f %%."
        ) % {
            "last": self.row["last7"],
            "low": seven["low90"],
            "high": seven["high90"],
            "p": 100 * self.row["p_growing"],
        }

    @property
    def window(self) -> str:
        """Length of past waves in words, if a wave is under way."""
        days: dict[str, float] | None = self.row.get("window_days")
        if not days:
            return ""
        return (
            _(
                "Such waves had halved after %(median).0f days; eight in ten took %(low80).0f to %(high80).0f days "
                "(%(past_waves)d past waves)."
            )
            % days
        )

    @property
    def alarm(self) -> str:
        since = self.row.get("alarm_since")
        return on_day(date.fromisoformat(since)) if since else ""

    @property
    def wide(self) -> str:
        return self._drawn(narrow=False)

    @property
    def narrow(self) -> str:
        return self._drawn(narrow=True)

    def _drawn(self, *, narrow: bool) -> str:
        counts = self.row.get("counts", [])
        if not counts:
            return ""
        first = date.fromisoformat(self.row["first_day"])
        since = self.row.get("alarm_since")
        at = (date.fromisoformat(since) - first).days if since else None
        return draw_pulse_chart(
            counts,
            _fan(self.row),
            words=PulseWords(
                on_day(first),
                on_day(date.fromisoformat(self.row["last_day"])),
                alarm=_("alarm since %(day)s") % {"day": self.alarm},
                ahead=_("next seven days, each"),
            ),
            title=f"{self.name} {self.status}",
            desc=self.sentence,
            id=f"pulse-{self.number}{'-narrow' if narrow else ''}",
            alarm_at=at if at is not None and at >= 0 else None,
            announced=[i for i, n in enumerate(self.row["announced"]) if n > 0],
            narrow=narrow,
        )


def _fan(row: Row) -> Fan | None:
    """The week's forecast spread evenly over its days, since it is an estimate for the week, not for a day."""
    if "next7" not in row:
        return None
    day = {key: value / AHEAD for key, value in row["next7"].items() if key != "method"}

    def band(low: str, high: str) -> Band:
        return Band([day[low]] * AHEAD, [day[high]] * AHEAD)

    return Fan([day["median"]] * AHEAD, [band("low90", "high90"), band("low50", "high50")])


class PulseBoard:
    """The newest trends of an organisation's tracked issues, growing ones first."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    @cached_property
    def snapshot(self) -> PulseSnapshot | None:
        return PulseSnapshot.objects.filter(organisation=self.organisation).order_by("-pk").first()

    @property
    def watches(self) -> list[WatchPulse]:
        rows: Sequence[Row] = self.snapshot.result.get("issues", ()) if self.snapshot else ()
        ranked = sorted(rows, key=lambda r: (RANK.index(r["status"]), -r.get("last7", 0.0), r["issue"]))
        return [WatchPulse(row, number) for number, row in enumerate(ranked)]
