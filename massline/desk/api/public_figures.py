"""Figures of conversations and report-backs for the API: exactly those that the public pages show."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Max

from massline.core.disclosure_threshold import threshold
from massline.desk.api.pagination import PaginatedRows
from massline.desk.api.schemas import AnsweredOut, ClaimOut, ConversationOut
from massline.desk.people.models import Organisation
from massline.desk.sumup.source_material.report_back_responses import count_answers
from massline.engine.privacy.threshold import Threshold
from massline.square.conversations.models import Conversation, OpinionSnapshot, Statement
from massline.square.conversations.results.map_results import MapResults
from massline.square.conversations.results.statement_result import StatementResult
from massline.square.reports.models import Claim
from massline.web.absolute_urls import public_url


def list_conversations(organisation: Organisation) -> PaginatedRows[ConversationOut]:
    """List conversations, newest first. Results hidden until the close, or not computed yet, are null."""
    ours = Conversation.objects.talks().filter(organisation__uuid=organisation.uuid)
    return PaginatedRows(ours.select_related("organisation"), _write_conversations)


def _write_conversations(page: Sequence[Conversation]) -> list[ConversationOut]:
    results = _latest_results([conversation for conversation in page if conversation.shows_results()])
    return [_conversation_out(conversation, results.get(conversation.pk)) for conversation in page]


def _latest_results(conversations: Sequence[Conversation]) -> dict[int, MapResults]:
    """Fetch the latest results of each conversation with three queries in all."""
    newest = OpinionSnapshot.objects.filter(conversation__in=conversations).values("conversation")
    rows = OpinionSnapshot.objects.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))
    snapshots = {snapshot.conversation_id: snapshot for snapshot in rows.prefetch_related("apart")}
    shown: defaultdict[int, list[Statement]] = defaultdict(list)
    for statement in Statement.objects.shown().filter(conversation__in=snapshots):
        shown[statement.conversation_id].append(statement)
    mapped = [conversation for conversation in conversations if conversation.pk in snapshots]
    return {
        conversation.pk: MapResults(
            conversation,
            snapshots[conversation.pk],
            threshold=threshold(conversation.organisation),
            shown=shown[conversation.pk],
        )
        for conversation in mapped
    }


def _conversation_out(conversation: Conversation, results: MapResults | None) -> ConversationOut:
    return ConversationOut(
        question=conversation.question,
        language=conversation.language,
        open=conversation.is_open(),
        people=results.rests_on.participants if results else None,
        votes=results.rests_on.votes if results else None,
        statements=[_statement_out(row) for row in results.by_agreement if row.enough] if results else None,
        url=public_url(conversation.get_results_url()),
    )


def _statement_out(row: StatementResult) -> AnsweredOut:
    low, high = row.answers.agree_interval
    return AnsweredOut(
        number=row.statement.number,
        text=row.statement.text,
        language=row.statement.language,
        agree=row.answers.agree,
        disagree=row.answers.disagree,
        passed=row.answers.passed,
        likely_agree=(round(low, 3), round(high, 3)),
        unites=row.unites,
    )


def list_claims(organisation: Organisation) -> PaginatedRows[ClaimOut]:
    """List findings with the number of readers who felt heard; null below the threshold."""
    least = threshold(organisation)
    rows = Claim.objects.filter(report__organisation__uuid=organisation.uuid).with_answers("")
    ordered = rows.select_related("report__organisation").order_by("-report__published_on", "report", "order")
    return PaginatedRows(ordered, lambda page: [_claim_out(claim, least) for claim in page])


def _claim_out(claim: Claim, least: Threshold) -> ClaimOut:
    enough = least.shows(count_answers(claim, "any"))
    return ClaimOut(
        id=claim.uuid,
        report_back=claim.report.uuid,
        text=claim.text,
        minority=claim.minority,
        quotes=len(claim.quotes),
        heard_right=count_answers(claim, "yes") if enough else None,
        partly=count_answers(claim, "partly") if enough else None,
        not_heard=count_answers(claim, "no") if enough else None,
        url=f"{public_url(claim.report.get_absolute_url())}#claim-{claim.order}",
    )
