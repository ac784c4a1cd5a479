"""Readers' replies to an analysis: what they wrote in its conversation and an organiser has let through."""

from massline.square.conversations.models import Statement
from massline.square.reports.models import ReportBack, ReportKind

SHOWN = 20


def approved_replies(report: ReportBack) -> list[Statement]:
    """Return the newest replies; none for a report of another kind."""
    if report.kind != ReportKind.EXPOSURE or report.conversation is None:
        return []
    written = report.conversation.statements.shown().filter(seed=False).order_by("-made_on", "-pk")
    return list(written[:SHOWN])
