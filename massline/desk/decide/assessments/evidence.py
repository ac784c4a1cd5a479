"""What may be cited in an assessment, by kind: claims, lines, forces, moods and pulses of one organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.desk.decide.assessments.models import Evidence
from massline.desk.decide.forces.models import Force
from massline.desk.decide.line.models import Line
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim
from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot
from massline.web.templatetags.massline import when

MOST = 40
KINDS: dict[str, Any] = {
    "claim": gettext_lazy("What people said"),
    "mood": gettext_lazy("Mood over time"),
    "pulse": gettext_lazy("The pulse"),
    "line": gettext_lazy("The line"),
    "force": gettext_lazy("Forces"),
}


def citable(organisation: Organisation) -> dict[str, "models.QuerySet[Any]"]:
    """The newest of each kind."""
    return {
        "claim": Claim.objects.of(organisation).signed().order_by("-pk"),
        "mood": MoodSnapshot.objects.filter(organisation=organisation).order_by("-pk"),
        "pulse": PulseSnapshot.objects.filter(organisation=organisation).order_by("-pk"),
        "line": Line.objects.filter(organisation=organisation),
        "force": Force.objects.filter(organisation=organisation),
    }


def choices(organisation: Organisation) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Options of one select, grouped by kind; each value is `kind:number`."""
    for kind, rows in citable(organisation).items():
        found = [(f"{kind}:{row.pk}", name_of(kind, row)) for row in rows[:MOST]]
        if found:
            yield str(KINDS[kind]), found


def chosen(organisation: Organisation, value: str) -> tuple[str, models.Model] | None:
    """Turn `kind:number` into a row of this organisation, or nothing."""
    kind, _colon, number = value.partition(":")
    rows = citable(organisation).get(kind)
    row = rows.filter(pk=number).first() if rows is not None and number.isdecimal() else None
    return (kind, row) if row is not None else None


def name_of(kind: str, row: Any) -> str:
    if kind in {"mood", "pulse", "line"}:
        return _("%(what)s of %(day)s") % {"what": KINDS[kind], "day": when(row.made_at)}
    return str(row.text) if kind == "claim" else str(row)


@dataclass(frozen=True)
class Shown:
    """One piece of evidence: what it is, and where it can be opened ("" where it has no page of its own here)."""

    kind: str
    name: str
    address: str


def shown(one: Evidence, org: str) -> Shown:
    kind = next(name for name in KINDS if getattr(one, f"{name}_id") is not None)
    row = getattr(one, kind)
    address = ""
    if kind == "claim":
        address = reverse("sumup:sum_up", args=[org, row.sum_up_id])
    elif kind == "line":
        address = reverse("decide:one_line", args=[org, row.pk])
    elif kind == "force":
        address = reverse("decide:force", args=[org, row.pk])
    return Shown(str(KINDS[kind]), name_of(kind, row), address)
