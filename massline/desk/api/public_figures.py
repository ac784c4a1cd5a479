"""What conversations and report-backs came to, for other programs: the same figures the public pages show, no more."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Max

from massline.core.disclosure import threshold
from massline.desk.api.schemas import AnsweredOut, ClaimOut, ConversationOut
from massline.desk.people.models import Organisation
from massline.desk.sumup.bench.resonance import count_answers
from massline.square.conversations.models import Conversation, OpinionSnapshot, Statement
from massline.square.conversations.results.map_results import Results
from massline.square.conversations.results.statement_result import StatementResult
from massline.square.reports.models import Claim
from massline.web.absolute_urls import public


def conversations(organisation: Organisation, *, offset: int, limit: int) -> list[ConversationOut]:
    """The newest first. Results that are sealed until the close, or not worked out yet, are null."""
    ours = Conversation.objects.filter(organisation__uuid=organisation.uuid).select_related("organisation")
    found = list(ours[offset : offset + limit])
    results = _results([one for one in found if one.shows_results()])
    return [_conversation(one, results.get(one.pk)) for one in found]


def _results(told: Sequence[Conversation]) -> dict[int, Results]:
    """The latest results of each, in three looks however many they are."""
    newest = OpinionSnapshot.objects.filter(conversation__in=told).values("conversation")
    rows = OpinionSnapshot.objects.filter(pk__in=newest.annotate(newest=Max("pk")).values("newest"))
    snapshots = {one.conversation_id: one for one in rows.prefetch_related("apart")}
    shown: defaultdict[int, list[Statement]] = defaultdict(list)
    for one in Statement.objects.shown().filter(conversation__in=snapshots):
        shown[one.conversation_id].append(one)
    mapped = [one for one in told if one.pk in snapshots]
    return {
        one.pk: Results(one, snapshots[one.pk], threshold=threshold(one.organisation), shown=shown[one.pk])
        for one in mapped
    }


def _conversation(one: Conversation, results: Results | None) -> ConversationOut:
    return ConversationOut(
        question=one.question,
        language=one.language,
        open=one.is_open(),
        people=results.rests_on.participants if results else None,
        votes=results.rests_on.votes if results else None,
        statements=[_answered(row) for row in results.by_agreement if row.enough] if results else None,
        url=public(one.get_results_url()),
    )


def _answered(row: StatementResult) -> AnsweredOut:
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


def claims(organisation: Organisation) -> Iterator[ClaimOut]:
    """Sentence by sentence, whether people found themselves heard; null below the smallest cell."""
    least = threshold(organisation)
    found = Claim.objects.filter(report__organisation__uuid=organisation.uuid).with_answers("")
    for one in found.select_related("report__organisation").order_by("-report__published_on", "order"):
        enough = least.shows(count_answers(one, "any"))
        yield ClaimOut(
            id=one.uuid,
            report_back=one.report.uuid,
            text=one.text,
            minority=one.minority,
            quotes=len(one.quotes),
            heard_right=count_answers(one, "yes") if enough else None,
            partly=count_answers(one, "partly") if enough else None,
            not_heard=count_answers(one, "no") if enough else None,
            url=f"{public(one.report.get_absolute_url())}#claim-{one.order}",
        )
