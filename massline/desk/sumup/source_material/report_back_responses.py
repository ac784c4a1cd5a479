"""Responses to the last report-back, shown before the next sum-up is written."""

from collections.abc import Sequence

from massline.core.disclosure_threshold import threshold
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.sumup.claims.models import SumUp, SumUpState
from massline.square.reports.models import Claim, ReportBack


class LastReportBack:
    """The newest report-back before a sum-up, with the claims that enough people responded to."""

    def __init__(self, report: ReportBack, claims: Sequence[Claim]) -> None:
        self.report = report
        self.claims = claims

    @property
    def misheard(self) -> list[Claim]:
        """Claims that fewer than half of the respondents agreed with."""
        return [
            claim for claim in self.claims if 2 * count_answers(claim, "yes") < count_answers(claim, "any")
        ]


def last_report_back(round_: ListeningRound, *, but: SumUp) -> LastReportBack | None:
    """Responses to the organisation's last report-back; None if there is none."""
    before = (
        SumUp.objects.filter(round__organisation=round_.organisation, state=SumUpState.PUBLISHED)
        .exclude(pk=but.pk)
        .select_related("round__organisation")
        .first()
    )
    if before is None:
        return None
    report = ReportBack.objects.select_related("organisation").filter(uuid=before.report_uuid).first()
    if report is None:
        return None
    claims = report.claims.with_answers("")
    least = threshold(round_.organisation)
    return LastReportBack(report, [claim for claim in claims if least.shows(count_answers(claim, "any"))])


def count_answers(claim: Claim, what: str) -> int:
    """Number of people who gave this answer, as counted by `with_answers`."""
    return int(getattr(claim, f"said_{what}", 0))
