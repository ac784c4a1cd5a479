"""What conversations and report-backs came to, for other programs: the same figures the public pages show, no more."""

from collections.abc import Iterator

from django.conf import settings

from massline.desk.api.schemas import AnsweredOut, ClaimOut, ConversationOut
from massline.desk.people.models import Organisation
from massline.desk.sumup.boards.resonance import said
from massline.square.conversations.answered import Answered
from massline.square.conversations.models import Conversation
from massline.square.conversations.results import Results
from massline.square.reports.models import Claim
from massline.web.addresses import public


def conversations(organisation: Organisation) -> Iterator[ConversationOut]:
    """The newest first. Results that are sealed until the close, or not worked out yet, are null."""
    found = Conversation.objects.filter(organisation__uuid=organisation.uuid).select_related("organisation")
    for one in found:
        snapshot = one.latest_snapshot() if one.shows_results() else None
        results = Results(one, snapshot) if snapshot else None
        yield ConversationOut(
            question=one.question,
            language=one.language,
            open=one.is_open(),
            people=results.rests_on["participants"] if results else None,
            votes=results.rests_on["votes"] if results else None,
            statements=[_answered(row) for row in results.by_agreement if row.enough] if results else None,
            url=public(one.get_results_url()),
        )


def _answered(row: Answered) -> AnsweredOut:
    low, high = row.found["agree_interval"]
    return AnsweredOut(
        number=row.statement.number,
        text=row.statement.text,
        language=row.statement.language,
        agree=row.found["agree"],
        disagree=row.found["disagree"],
        passed=row.found["pass"],
        likely_agree=(round(low, 3), round(high, 3)),
        unites=row.unites,
    )


def claims(organisation: Organisation) -> Iterator[ClaimOut]:
    """Sentence by sentence, whether people found themselves heard; null below the smallest cell."""
    found = Claim.objects.filter(report__organisation__uuid=organisation.uuid).with_answers("")
    for one in found.select_related("report__organisation").order_by("-report__published_on", "order"):
        enough = said(one, "any") >= settings.SMALL_CELL
        yield ClaimOut(
            id=one.uuid,
            report_back=one.report.uuid,
            text=one.text,
            minority=one.minority,
            quotes=len(one.quotes),
            heard_right=said(one, "yes") if enough else None,
            partly=said(one, "partly") if enough else None,
            not_heard=said(one, "no") if enough else None,
            url=f"{public(one.report.get_absolute_url())}#claim-{one.order}",
        )
