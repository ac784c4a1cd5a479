"""Batches of field reports: from a phone that was offline, or in a file saved on one.

Each report is accepted or refused on its own, with the reason.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from massline.desk.listen.field_reports import actions
from massline.desk.listen.field_reports.forms import STEPS, VOICES, FieldReportForm
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account

MOST_REPORTS = 500

SentReport = Mapping[str, object]
"""A report as it was sent: it has a uuid, and nothing else of it is checked."""


class UnreadableBatch(ValueError):
    """Content that is not a list of reports; the message says what to do."""


@dataclass
class BatchResult:
    """Uuids of the saved reports, and the reason for each refused one."""

    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def read_batch(sent: bytes) -> list[SentReport]:
    """Parse a batch of reports.

    Raises
    ------
    UnreadableBatch
        If the content is not the JSON that the field report page writes, or holds too many reports.
    """
    reports: list[SentReport] = []
    try:
        reports = json.loads(sent)["reports"]
        is_valid = isinstance(reports, list) and all(
            isinstance(report, dict) and "uuid" in report for report in reports
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        is_valid = False
    if not is_valid:
        raise UnreadableBatch(
            _("Nothing was imported: this is not a file of door reports. Save it again on the phone.")
        )
    if len(reports) > MOST_REPORTS:
        raise UnreadableBatch(_("Nothing was imported: too many reports at once. Send them in parts."))
    return reports


def save_batch(reports: Iterable[SentReport], *, round_: ListeningRound, by: Account) -> BatchResult:
    """Save every valid report; a report sent twice is saved once."""
    result = BatchResult()
    for report in reports:
        name = str(report["uuid"])
        form = FieldReportForm(_as_form(report), round_=round_)
        if form.is_valid():
            actions.write_field_report(round_=round_, by=by, **form.report())
            result.kept.append(name)
        else:
            result.refused[name] = " ".join(
                str(sentence) for sentences in form.errors.values() for sentence in sentences
            )
    return result


def _as_form(report: SentReport) -> dict[str, object]:
    plain = {
        name: report.get(name, "") for name in ("uuid", "section", "channel", "people", "mood", "day", *STEPS)
    }
    voices = report.get("voices")
    for n, voice in enumerate(voices[:VOICES] if isinstance(voices, list) else []):
        if isinstance(voice, dict):
            plain |= {f"text_{n}": voice.get("text", ""), f"kind_{n}": voice.get("kind", "")}
    return plain
