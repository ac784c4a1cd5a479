"""Publish answers to open questions, with their sources."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.signing_readiness import AlreadyAnswered, NotReady, QuestionMayPointAtSomebody
from massline.desk.sumup.masking.personal_data import flags_of, masking_of
from massline.desk.sumup.questions.models import Answer, AnsweredQuestion
from massline.desk.sumup.questions.open_questions import OpenQuestion
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import actions as reports


def answer_questions(
    *,
    organisation: Organisation,
    questions: Sequence[OpenQuestion],
    text: str,
    sources: str = "",
    as_shown: bool = False,
    event: UUID | None = None,
    by: Account,
) -> Answer:
    """Answer questions that ask the same; the first is published in its own words, and on the page of its event.

    If it may identify somebody, the flagged passages are masked, and a person must have read it so (`as_shown`). The
    square is written before the desk commits, under a uuid known beforehand. Raises NotReady with the reasons.
    """
    first = questions[0]
    with transaction.atomic(using="desk"):
        _refuse(questions, as_shown=as_shown)
        made = Answer.objects.create(
            organisation=organisation,
            uuid=uuid5(organisation.uuid, f"answer to {first.key}"),
            question=first.text,
            text=text,
            sources=sources,
            event=event,
            asked_on=min(question.first_on for question in questions),
            by=by,
        )
        AnsweredQuestion.objects.bulk_create(
            [
                AnsweredQuestion(answer=made, voice_id=voice.pk)
                for question in questions
                for voice in question.voices
            ]
            + [
                AnsweredQuestion(answer=made, statement=statement.uuid)
                for question in questions
                for statement in question.statements
            ]
        )
        chain.append_line(organisation, by, "answered a question", made)
        face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
        if face is not None:
            reports.publish_answer(
                organisation=face,
                uuid=made.uuid,
                question=made.question,
                text=text,
                sources=sources,
                asked_on=made.asked_on,
                event=event,
            )
    return made


def _refuse(questions: Sequence[OpenQuestion], *, as_shown: bool) -> None:
    voices = [voice.pk for question in questions for voice in question.voices]
    statements = [statement.uuid for question in questions for statement in question.statements]
    if (
        AnsweredQuestion.objects.filter(voice__in=voices).exists()
        or AnsweredQuestion.objects.filter(statement__in=statements).exists()
    ):
        raise NotReady([AlreadyAnswered()])
    first = questions[0].first
    if not as_shown and first is not None and masking_of(first) is None and flags_of(first):
        raise NotReady([QuestionMayPointAtSomebody(questions[0].text)])
