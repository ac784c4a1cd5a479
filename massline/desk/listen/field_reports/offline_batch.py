"""Reports that come many at once: from a phone that was offline, or in a file that was handed over.

Each report is taken or refused by itself; what is refused stays where it is, with the reason.
"""

import json
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.translation import gettext as _

from massline.desk.listen.field_reports import actions
from massline.desk.listen.field_reports.forms import STEPS, VOICES, FieldReportForm
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account

MOST_REPORTS = 500


class Unreadable(ValueError):
    """What came is no list of reports; the message says what to do."""


@dataclass
class Arrived:
    """Names of the reports that are kept now, and why the others are not."""

    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def read(sent: bytes) -> list[dict[str, Any]]:
    """Give the reports as they came.

    Raises
    ------
    Unreadable
        Where it is not JSON as the page for field reports writes it, or holds too many reports.
    """
    try:
        reports = json.loads(sent)["reports"]
        fine = isinstance(reports, list) and all(isinstance(one, dict) and "uuid" in one for one in reports)
    except (ValueError, KeyError, TypeError):
        fine = False
    if not fine:
        raise Unreadable(
            _("Nothing was taken: this is no file of field reports. Save it again on the phone.")
        )
    if len(reports) > MOST_REPORTS:
        raise Unreadable(_("Nothing was taken: these are too many reports at once. Send them in parts."))
    return cast(list[dict[str, Any]], reports)


def take_in(reports: list[dict[str, Any]], *, round_: ListeningRound, by: Account) -> Arrived:
    """Keep every report that can be kept; a report sent twice is kept once."""
    arrived = Arrived()
    for report in reports:
        name = str(report["uuid"])
        form = FieldReportForm(_as_form(report), round_=round_)
        if form.is_valid():
            actions.write_field_report(round_=round_, by=by, **form.report())
            arrived.kept.append(name)
        else:
            arrived.refused[name] = " ".join(
                str(sentence) for sentences in form.errors.values() for sentence in sentences
            )
    return arrived


def _as_form(report: dict[str, Any]) -> dict[str, Any]:
    plain = {
        name: report.get(name, "") for name in ("uuid", "section", "channel", "people", "mood", "day", *STEPS)
    }
    voices = report.get("voices")
    for n, voice in enumerate(voices[:VOICES] if isinstance(voices, list) else []):
        if isinstance(voice, dict):
            plain |= {f"text_{n}": voice.get("text", ""), f"kind_{n}": voice.get("kind", "")}
    return plain
