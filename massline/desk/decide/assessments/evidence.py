"""Evidence for assessments, by kind: claims, lines, forces, moods and pulses of one organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.core.row_numbers import read_row_number
from massline.desk.decide.assessments.models import Evidence
from massline.desk.decide.forces.models import Force
from massline.desk.decide.line.models import Line
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim
from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot
from massline.web.templatetags.massline import when

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 40
KINDS: dict[str, "StrOrPromise"] = {
    "claim": gettext_lazy("What people said"),
    "mood": gettext_lazy("Mood over time"),
    "pulse": gettext_lazy("The trend"),
    "line": gettext_lazy("Comparison of demands"),
    "force": gettext_lazy("Allies and opponents"),
}


def list_citable_rows(organisation: Organisation) -> dict[str, "models.QuerySet[Any]"]:
    """Return the rows of each kind that may be cited, the newest first."""
    return {
        "claim": Claim.objects.of(organisation).signed().order_by("-pk"),
        "mood": MoodSnapshot.objects.filter(organisation=organisation).order_by("-pk"),
        "pulse": PulseSnapshot.objects.filter(organisation=organisation).order_by("-pk"),
        "line": Line.objects.filter(organisation=organisation),
        "force": Force.objects.filter(organisation=organisation),
    }


def list_choices(organisation: Organisation) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the options of one select, grouped by kind; each value is `kind:number`."""
    for kind, rows in list_citable_rows(organisation).items():
        options = [(f"{kind}:{row.pk}", source_label(kind, row)) for row in rows[:MOST]]
        if options:
            yield str(KINDS[kind]), options


def parse_choice(organisation: Organisation, value: str) -> tuple[str, models.Model] | None:
    """Return the kind and row that `kind:number` names; None where the organisation has no such row."""
    kind, _colon, number = value.partition(":")
    rows = list_citable_rows(organisation).get(kind)
    row = rows.filter(pk=read_row_number(number)).first() if rows is not None else None
    return (kind, row) if row is not None else None


def source_label(kind: str, row: Any) -> str:
    if kind in {"mood", "pulse", "line"}:
        return _("%(what)s of %(day)s") % {"what": KINDS[kind], "day": when(row.made_at)}
    return str(row.text) if kind == "claim" else str(row)


@dataclass(frozen=True)
class EvidenceLink:
    """A piece of evidence as a link; `address` is empty where it has no page of its own."""

    kind: str
    name: str
    address: str


def build_evidence_link(evidence: Evidence, org: str) -> EvidenceLink:
    kind = next(name for name in KINDS if getattr(evidence, f"{name}_id") is not None)
    row = getattr(evidence, kind)
    address = ""
    if kind == "claim":
        address = reverse("sumup:sum_up", args=[org, row.sum_up_id])
    elif kind == "line":
        address = reverse("decide:one_line", args=[org, row.pk])
    elif kind == "force":
        address = reverse("decide:force", args=[org, row.pk])
    return EvidenceLink(str(KINDS[kind]), source_label(kind, row), address)
