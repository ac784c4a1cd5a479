"""What those who spoke said of our last report-back: it comes before the next sum-up is written."""

from collections.abc import Sequence

from massline.core.disclosure import threshold
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.sumup.claims.models import SumUp, SumUpState
from massline.square.reports.models import Claim, ReportBack


class LastTime:
    """The newest report-back before a sum-up, and the claims of it that enough people answered."""

    def __init__(self, report: ReportBack, claims: Sequence[Claim]) -> None:
        self.report = report
        self.claims = claims

    @property
    def misheard(self) -> list[Claim]:
        """Claims that fewer than half of those who answered found right."""
        return [one for one in self.claims if 2 * said(one, "yes") < said(one, "any")]


def last_time(round_: ListeningRound, *, but: SumUp) -> LastTime | None:
    """What came back to the last report-back of the organisation; None where nothing is out yet."""
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
    return LastTime(report, [one for one in claims if least.shows(said(one, "any"))])


def said(claim: Claim, what: str) -> int:
    """How many gave this answer: with_answers has counted them beside the claim."""
    return int(getattr(claim, f"said_{what}", 0))
