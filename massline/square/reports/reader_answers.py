"""Readers' answers to "did we hear you right?": kept at once, counted in steps that give nobody's away."""

from django.db import transaction
from django.db.models import F

from massline.core.disclosure_threshold import threshold
from massline.square.conversations.results.editions import EditionChange, choose_releasable_changes
from massline.square.reports.models import (
    Claim,
    HeardAnswer,
    ReportBack,
    Resonance,
)


def record_answer(claim: Claim, *, token: str, value: HeardAnswer, section: str = "") -> None:
    """Keep what a reader said to a claim; the last answer counts, once enough others may be told with it.

    A section that the conversation does not name is not kept.
    """
    known = section if section in sections_of(claim.report) else ""
    with transaction.atomic(using="square"):
        Resonance.objects.update_or_create(
            claim=claim,
            key=claim.report.pseudonym(token),
            defaults={"value": value, "section": known},
        )
        release_reader_answers(claim)
        release_sections(claim)


def has_answered(report: ReportBack, token: str) -> bool:
    """True if this reader has answered a claim of the report before."""
    return Resonance.objects.filter(claim__report=report, key=report.pseudonym(token)).exists()


def sections_of(report: ReportBack) -> list[str]:
    """The sections a reader may say they belong to: those of the conversation that the report is about."""
    return list(report.conversation.sections) if report.conversation else []


def release_reader_answers(claim: Claim) -> None:
    """Count in what readers said since, by the rule of the editions of a conversation."""
    least = threshold(claim.report.organisation).k
    untold = claim.answers.exclude(shown_value=F("value")).values_list("pk", "shown_value", "value")
    changes = [
        EditionChange(pk, claim.pk, None if shown is None else ("", shown), ("", value))
        for pk, shown, value in untold
    ]
    votes = [change.vote for change in choose_releasable_changes(changes, k=least)]
    claim.answers.filter(pk__in=votes).update(shown_value=F("value"))


def release_sections(claim: Claim) -> None:
    """Count in by section what the whole counts already; each section changes by the same rule, on its own."""
    least = threshold(claim.report.organisation).k
    rows = claim.answers.filter(shown_value__isnull=False).exclude(section="", section_value=None)
    changes = []
    for pk, shown, section, before_section, before in rows.values_list(
        "pk", "shown_value", "section", "shown_section", "section_value"
    ):
        counted = None if before is None else (before_section, before)
        now = (section, shown) if section and shown is not None else None
        if counted != now:
            changes.append(EditionChange(pk, claim.pk, counted, now))
    for change in choose_releasable_changes(changes, k=least):
        name, value = change.after or ("", None)
        claim.answers.filter(pk=change.vote).update(shown_section=name, section_value=value)
