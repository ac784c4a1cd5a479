"""Demo of questions: one about tonight, one answered for the call under way, and one that took an analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from massline.desk.listen.field_reports import actions as field_report_actions
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound, VoiceKind
from massline.desk.people.models import Organisation
from massline.desk.sumup.analyses import actions as exposure_actions
from massline.desk.sumup.analyses.actions import SourcedPoint
from massline.desk.sumup.questions import actions as question_actions
from massline.desk.sumup.questions.open_questions import OpenQuestion, list_open_questions
from massline.square.calls.models import PublishedCall
from massline.square.conversations.actions import add_statement
from massline.square.conversations.moderation import show_statement

if TYPE_CHECKING:
    from massline.demo import DemoCast

TONIGHT = "Is the stairwell meeting tonight translated into Arabic?"
WHEELCHAIR = "Can I come with a wheelchair?"
WHO_HAS_DATES = "Who at the company decides which block gets a date?"
WHEELCHAIR_ANSWER = (
    "Yes. The office has a ramp on the yard side, and two of us wait there from a quarter to six."
)
POINTS = (
    SourcedPoint(
        "One person signs all repair orders: the technical director, not the housing office.",
        "Letter of the company to Block A, 14 November",
    ),
    SourcedPoint(
        "Orders above 20,000 euros need two signatures, so two boilers were put off to the new year.",
        "Annual report of the company, page 31",
    ),
    SourcedPoint(
        "The heating engineers had free days in every week of November.",
        "The engineers’ own booking page, read on three days",
    ),
)
REPLIES = (
    "My cousin works for the engineers. They were told in October to wait for the new year.",
    "We got the same letter in Block D, signed by the same person.",
)


def play_questions(cast: DemoCast) -> None:
    round_ = ListeningRound.objects.of(cast.union).earliest("-pk")
    _ask(cast, round_, "Block B", TONIGHT)
    _ask(cast, round_, "Block B", WHO_HAS_DATES)
    _ask(cast, round_, "Block C", WHO_HAS_DATES)
    _ask(cast, round_, "Block A", WHEELCHAIR)
    call = PublishedCall.objects.running().filter(organisation__uuid=cast.union.uuid).first()
    question_actions.answer_questions(
        organisation=cast.union,
        questions=[_asked(cast.union, WHEELCHAIR)],
        text=WHEELCHAIR_ANSWER,
        sources="We measured it on Monday",
        event=call.event.uuid if call else None,
        by=cast.bea,
    )
    _expose(cast)


def _ask(cast: DemoCast, round_: ListeningRound, section: str, words: str) -> None:
    field_report_actions.write_field_report(
        round_=round_,
        by=cast.chen,
        section=round_.sections.get(name=section),
        channel="door",
        mood=None,
        people=1,
        voices=[field_report_actions.VoiceText(words, VoiceKind.QUESTION)],
    )


def _asked(union: Organisation, words: str) -> OpenQuestion:
    return next(question for question in list_open_questions(union) if question.text == words)


def _expose(cast: DemoCast) -> None:
    exposure = exposure_actions.write_analysis(
        organisation=cast.union,
        questions=[_asked(cast.union, WHO_HAS_DATES)],
        title="Two boilers wait for a signature, not for engineers",
        lead="We read the company’s letters and its annual report, and asked the engineers. What holds the repairs "
        "up is one office, and it has a name and an address.",
        points=POINTS,
        unknown="Who told the engineers to wait, and when.",
        next_step="We bring this to the mass meeting and ask the technical director to come.",
        reply_question="What do you know about who decides on repairs?",
        by=cast.bea,
    )
    exposure_actions.publish_analysis(exposure=exposure, by=cast.amal)
    exposure.refresh_from_db()
    talk = conversation_of(exposure.round) if exposure.round else None
    assert talk is not None
    for number, words in enumerate(REPLIES):
        reply = add_statement(talk, text=words, token=f"reader {number}")
        if number == 0:
            show_statement(reply)
